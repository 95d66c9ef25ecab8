"""What a study is compared with: another library, a Selection of this one, or a file of counts by class."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.live.library import open_live
from api.live.snapshot import LiveSnapshot
from api.studies.compare import side_of
from api.studies.study import study_of
from directions.counting import Counting
from directions.reference import CountReference, read_counts
from directions.study import Study
from patents.errors import InputError
from patents.messages import N_

#: The text that says so when nothing is named.
NO_REFERENCE = N_("reference-missing")
_TABLES = (".xlsx", ".xls", ".csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReference:
    """A reference while it is open.

    Attributes:
        title: as printed.
        live: the snapshot that holds its patents; None for counts.
        study: its patents; None for counts.
        counts: by class and year; None for patents.
    """

    title: str
    live: LiveSnapshot | None = None
    study: Study | None = None
    counts: CountReference | None = None


@contextmanager
def opened_reference(
    live: LiveSnapshot, named: str = "", *, counting: Counting | None = None
) -> Iterator[OpenReference | None]:
    """Open what a study is compared with.

    Args:
        live: the library of the study.
        named: folder of another library, a file of counts, a 检索式, or a region or industry of this library;
            the library's setting when empty.
        counting: 口径, the same on both sides.

    Yields:
        None when nothing is named.

    Raises:
        LibraryError: the other library cannot be opened.
        QueryError: it is a wrong 检索式.
        NotFoundError: it is neither folder nor file, no 检索式, region or industry.
        MappingError: the file of counts is wrong.
    """
    wanted = named.strip() or live.library.settings["reference"].strip()
    if not wanted:
        yield None
        return
    path = _path(live, wanted)
    if path is None:
        side = side_of(live, wanted)
        if side.period is not None:
            raise InputError("reference-is-a-period", value=wanted)
        study = study_of(live, side.query, title=side.title, counting=counting)
        yield OpenReference(title=side.title, live=live, study=study)
    elif path.is_dir():
        with open_live(path) as other:
            study = study_of(other, counting=counting)
            yield OpenReference(title=study.title, live=other, study=study)
    else:
        yield OpenReference(title=path.stem, counts=read_counts(path))


def from_outside(named: str) -> str:
    """A reference as a request may name it: a 检索式, never a path on this machine.

    Raises:
        InputError: it is neither empty nor a 检索式 with a field.
    """
    if named.strip() and "=" not in named and named.strip() != "*":
        raise InputError("reference-not-a-query", value=named)
    return named


def _path(live: LiveSnapshot, wanted: str) -> Path | None:
    """The folder or file that is named, seen from here or from the library; None for a 检索式."""
    if "=" in wanted or wanted == "*":
        return None
    # A province and a city, 广东省/东莞市, look like a path too.
    for path in (Path(wanted).expanduser(), live.library.path / wanted):
        if path.exists():
            return path
    return Path(wanted) if Path(wanted).suffix.lower() in _TABLES else None
