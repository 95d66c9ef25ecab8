"""What a library holds and what that makes possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from library.folder import Library
from patents.errors import DamagedStoreError

if TYPE_CHECKING:
    from library.coverage import Capability, ColumnCoverage
    from library.snapshot import Snapshot

# Facts of a manifest that `SearchFacts` are made of.
_OF_SEARCH = ("dense_index", "lexical_index")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFacts:
    """What a build chose for searches by meaning, and what it measured; how words are indexed.

    Attributes:
        kind: flat scores every passage; ivf looks into `probes` of `lists`.
        passages, dim: of the vectors.
        recall_at_10: share of the ten truly nearest that are found, on `sampled` queries; 1 for flat.
        reason: for the choice.
        documents: passages that words are indexed for, with those of patents that are gone.
    """

    kind: str
    passages: int
    dim: int
    lists: int
    probes: int
    recall_at_10: float
    sampled: int
    reason: str
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotFacts:
    """The live snapshot; `search` is None for one of an older Patlas."""

    number: int
    created: str
    count: int
    encoder: str
    revision: str
    dim: int
    themes: int
    search: SearchFacts | None
    facts: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A library as `patlas info` prints it; `up_to_date`: the snapshot shows the records as they are."""

    path: str
    records: int
    as_of: date | None
    up_to_date: bool
    snapshot: SnapshotFacts | None
    coverage: list[ColumnCoverage]
    capabilities: list[Capability]


def describe(path: Path) -> Description:
    """Describe a library.

    Raises:
        LibraryNotFoundError: there is no library at the path.
        SnapshotError: its snapshot is damaged.
    """
    from library.coverage import capabilities, coverage

    with Library.open(path) as library:
        snapshot = library.current()
        measured = [] if snapshot is None else coverage(snapshot.table)
        return Description(
            path=str(path),
            records=library.store.count(),
            as_of=newest_as_of(library),
            up_to_date=snapshot is not None and is_up_to_date(library, snapshot),
            snapshot=None if snapshot is None else _facts(snapshot),
            coverage=measured,
            capabilities=capabilities(measured),
        )


def is_up_to_date(library: Library, snapshot: Snapshot) -> bool:
    """Whether a snapshot shows the records as the store has them; reads a digest of each patent."""
    return snapshot.manifest.corpus_hash == library.store.corpus_hash()


def newest_as_of(library: Library) -> date | None:
    """检索截止日 of a library: the newest as-of date of its imports; None before the first."""
    from sqlalchemy import func, select

    from library.schema import import_file

    with library.store.reading() as connection:
        text = connection.execute(select(func.max(import_file.c.as_of))).scalar()
    try:
        return date.fromisoformat(text) if text else None
    except (TypeError, ValueError) as error:
        raise DamagedStoreError("database-damaged", name=library.store.name, reason=error) from error


def _facts(snapshot: Snapshot) -> SnapshotFacts:
    manifest = snapshot.manifest
    encoder = manifest.encoder
    return SnapshotFacts(
        number=snapshot.number,
        created=manifest.created.isoformat(),
        count=snapshot.count,
        encoder=encoder.id if encoder else "",
        revision=encoder.revision if encoder else "",
        dim=encoder.dim if encoder else 0,
        themes=int(str(manifest.facts.get("themes", 0))),
        search=_search_facts(manifest.facts),
        facts={name: str(value) for name, value in manifest.facts.items() if name not in _OF_SEARCH},
    )


def _search_facts(facts: Mapping[str, object]) -> SearchFacts | None:
    dense, lexical = (facts.get(name) for name in _OF_SEARCH)
    if not isinstance(dense, dict) or not isinstance(lexical, dict):
        return None
    return msgspec.convert(dense | {"documents": lexical["documents"]}, SearchFacts)
