"""Schemes by name or file, and the schemes of a library."""

from __future__ import annotations

from pathlib import Path

from patents.errors import NotFoundError
from selection.industries.concordance import read_concordance
from selection.industries.model import Scheme
from selection.industries.official import gb4754_scheme, sei_scheme, wipo_scheme
from selection.industries.scheme_file import read_scheme

SHIPPED = Path(__file__).resolve().parent.parent / "schemes"
OFFICIAL = ("gb4754", "sei", "wipo")
_SUFFIXES = (".xlsx", ".xls", ".csv")


def load_scheme(path_or_name: str | Path, *, folder: Path | None = None) -> Scheme:
    """Load a scheme.

    Args:
        path_or_name: `gb4754`, `sei`, `wipo`, the name of a shipped scheme (`provincial`) or of one in
            the library's folder, or a YAML file.
        folder: of the library, whose `schemes/` come before the shipped ones.

    Raises:
        NotFoundError: there is no such scheme; the message names those there are.
        MappingError, UnreadableFileError: its file is wrong.
    """
    path = Path(path_or_name)
    if path.suffix in {".yaml", ".yml"}:
        return read_scheme(path)
    name = str(path_or_name)
    if file := _files(folder).get(name):
        return read_scheme(file)
    if name == "sei":
        return sei_scheme()
    if name == "wipo":
        return wipo_scheme()
    if name == "gb4754":
        table = concordance_file(folder)
        return gb4754_scheme(read_concordance(table) if table else None)
    names = ", ".join(sorted({*OFFICIAL, *_files(folder)}))
    raise NotFoundError("industry-scheme-not-found", scheme=name, names=names)


def library_schemes(folder: Path | None = None) -> tuple[Scheme, ...]:
    """Return every scheme of a library: its own and the shipped ones first, then the official ones."""
    own = [load_scheme(name, folder=folder) for name in sorted(_files(folder))]
    official = [load_scheme(name, folder=folder) for name in OFFICIAL if name not in _files(folder)]
    return (*own, *official)


def concordance_file(folder: Path | None) -> Path | None:
    """Return the library's copy of the concordance IPC ↔ GB/T 4754: schemes/gb4754.xlsx, .xls or .csv."""
    candidates = (folder / "schemes" / f"gb4754{suffix}" for suffix in _SUFFIXES) if folder else ()
    return next((path for path in candidates if path.is_file()), None)


def _files(folder: Path | None) -> dict[str, Path]:
    """Scheme files by name; a library's own file takes the place of a shipped one."""
    folders = [SHIPPED, *([folder / "schemes"] if folder else [])]
    return {path.stem: path for one in folders for path in sorted(one.glob("*.yaml"))}
