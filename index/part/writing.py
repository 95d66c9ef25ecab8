"""The parts of a snapshot that searches run on: vectors, their index, and the words of all passages.

| dense | vectors.npy, passage_rows.npy, passage_kinds.npy, passage_keys.npy (hashes of the texts) |
| faiss | the index that index/choice.py chose, or the address of the server; what was measured of it |
| lexical | the inverted index over the words of the same passages |
| scale | what a score of 0 … 100 means, measured on the others (index/score_scale.py) |

A build makes all of them anew. An import takes over what the snapshot before has: whole parts where no
text changed, else the centroids and the segments, to which only what is new is added.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from index.part.server import Announce, fields_of, write_to_server
from library.progress import Report
from patents.messages import text

if TYPE_CHECKING:
    import pyarrow as pa

    from embed.encoder import Encoder
    from embed.passages import Passages
    from index.choice import BuiltIndex
    from index.lexical import LexicalIndex
    from library.folder import Library
    from library.snapshot import Snapshot
    from library.snapshot_writer import SnapshotWriter

Keys = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]

PARTS = ("dense", "faiss", "lexical")
SCALE = "scale"
# Titles that the recall is measured with, besides vectors of the index: they are harder queries.
_TITLES = 100
# Documents of words that no passage stands for any longer slow searches and bend the rarity of words; past
# this share of all, or with so many new ones, the words are indexed anew.
_MOST_DEAD_SHARE = 0.1
_MOST_NEW_SHARE = 0.3


def write_indexes(
    library: Library,
    writer: SnapshotWriter,
    table: pa.Table,
    encoder: Encoder,
    report: Report,
    announce: Announce,
    *,
    rebuild: bool = True,
) -> dict[str, object]:
    """Embed the passages of all patents, those of texts seen before from the cache, and index them.

    Args:
        library: whose cache of vectors is used.
        writer: of the new snapshot; gets the parts `dense`, `faiss`, `lexical` and `scale`.
        table: the columns.
        encoder: of the library.
        report: of progress.
        announce: of collections on a server; see `server.without_leftovers`.
        rebuild: index anew; else take over what the current snapshot has.

    Returns:
        What was chosen and measured, for the manifest.
    """
    from embed.cache import VectorCache, keys_of
    from embed.passages import character_limit, passages

    found = passages(table, limit=character_limit(encoder))
    report(text("progress-vectors"), 0, len(found.texts))
    keys = keys_of(found.texts, "passage")
    vectors = VectorCache(library.vectors).vectors(encoder, found.texts, keys=keys)
    report(text("progress-vectors"), len(found.texts), len(found.texts))
    _write_dense(writer.part("dense"), vectors, found, keys)
    before = None if rebuild else _Before.of(writer, encoder, keys)
    uri = library.settings["milvus"]
    if before is not None and before.same and before.uri == uri and before.has_scale:
        for name in ("faiss", "lexical", SCALE):
            writer.share(name)
        return {name: before.snapshot.manifest.facts.get(name) for name in ("dense_index", "lexical_index")}
    report(text("progress-indexes"), 0, 3)
    queries = _title_vectors(encoder, table)
    if uri:
        fields = fields_of(table, found.rows)
        built = write_to_server(writer.part("faiss"), vectors, queries, fields, uri, announce, report)
    else:
        local = before if before is not None and not before.uri else None
        built = _write_faiss(writer.part("faiss"), vectors, queries, local)
    report(text("progress-indexes"), 1, 3)
    lexical = _write_lexical(writer.part("lexical"), found.texts, before)
    report(text("progress-indexes"), 2, 3)
    _write_scale(writer, _Searched(table, encoder, found, vectors, built, lexical), before)
    report(text("progress-indexes"), 3, 3)
    return {"dense_index": _dense_facts(built), "lexical_index": _lexical_facts(lexical)}


@dataclass(frozen=True, slots=True)
class _Before:
    """The snapshot before, and where its passages are now.

    Attributes:
        snapshot: it.
        old_rows: int64 of shape (p,), the passage there of the same text, each at most once; −1 for new.
        count: passages there.
    """

    snapshot: Snapshot
    old_rows: Rows
    count: int

    @classmethod
    def of(cls, writer: SnapshotWriter, encoder: Encoder, keys: Keys) -> _Before | None:
        """None where nothing can be taken over: other code or encoder, parts that are missing or damaged."""
        from library.manifest import EncoderStamp, patlas_version

        snapshot = writer.current
        if snapshot is None or not all(map(writer.can_share, PARTS)):
            return None
        manifest = snapshot.manifest
        stamp = EncoderStamp(encoder.id, encoder.revision, encoder.dim)
        path = snapshot.part("dense") / "passage_keys.npy"
        if manifest.encoder != stamp or manifest.patlas_version != patlas_version() or not path.exists():
            return None
        old = np.load(path, allow_pickle=False)
        return cls(snapshot, places_of(keys, old), len(old))

    @property
    def same(self) -> bool:
        """Whether the passages are the same, in the same order."""
        return len(self.old_rows) == self.count and bool((self.old_rows == np.arange(self.count)).all())

    @property
    def uri(self) -> str:
        """The server that its vectors lie on; empty for none."""
        from index.milvus import read_address

        address = read_address(self.snapshot.part("faiss"))
        return address.uri if address else ""

    @property
    def has_scale(self) -> bool:
        """Whether it was built by a version that measured what scores mean."""
        return self.snapshot.has(SCALE)

    @property
    def scale_holds(self) -> bool:
        """Whether so few passages came or went since the scale was measured that it still serves."""
        from index.score_scale import ScoreScale

        if not self.has_scale:
            return False
        measured = ScoreScale.load(self.snapshot.part(SCALE)).passages
        changed = max(int(np.count_nonzero(self.old_rows < 0)), abs(len(self.old_rows) - measured))
        return changed <= _MOST_NEW_SHARE * measured

    def opened_faiss(self) -> BuiltIndex:
        from index.choice import load_index

        vectors = np.load(self.snapshot.part("dense") / "vectors.npy", mmap_mode="r", allow_pickle=False)
        return load_index(self.snapshot.part("faiss"), vectors)

    def opened_lexical(self) -> LexicalIndex | None:
        """None where indexing anew pays."""
        from index.lexical import LexicalIndex

        lexical = LexicalIndex(self.snapshot.part("lexical"))
        new = int(np.count_nonzero(self.old_rows < 0))
        dead = lexical.documents + new - len(self.old_rows)
        too_many = dead > _MOST_DEAD_SHARE * lexical.documents or new > _MOST_NEW_SHARE * self.count
        return None if too_many else lexical


def places_of(keys: Keys, old: Keys) -> Rows:
    """Where each key stands in other keys; the second of equal keys where the second of theirs does.

    Args:
        keys: uint64 of shape (m, 2).
        old: uint64 of shape (n, 2).

    Returns:
        int64 of shape (m,), no place twice; −1 where there is none left.
    """
    both = np.concatenate([old, keys])
    order = np.lexsort((both[:, 1], both[:, 0]))
    sorted_keys = both[order]
    begins = np.append(True, (sorted_keys[1:] != sorted_keys[:-1]).any(axis=1)) if len(both) else order
    group = np.cumsum(begins) - 1
    # The sort is stable: within a group the old ones come first, in their order, then the new ones.
    is_old = order < len(old)
    old_per_group = np.bincount(group[is_old], minlength=int(group[-1]) + 1) if len(both) else group
    first = np.flatnonzero(begins)
    number = np.arange(len(both)) - first[group] - old_per_group[group]
    places = np.full(len(keys), -1, dtype=np.int64)
    taken = ~is_old & (number < old_per_group[group])
    places[order[taken] - len(old)] = order[first[group[taken]] + number[taken]]
    return places


def _write_dense(folder: Path, vectors: Vectors, found: Passages, keys: Keys) -> None:
    arrays: dict[str, npt.NDArray[Any]] = {
        "vectors": vectors,
        "passage_rows": found.rows,
        "passage_kinds": found.kinds,
        "passage_keys": keys,
    }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)


def _title_vectors(encoder: Encoder, table: pa.Table) -> Vectors:
    """Some titles as users would ask them: float32 of shape (q, dim), q ≤ `_TITLES`."""
    rows = np.sort(np.random.default_rng(0).permutation(table.num_rows)[:_TITLES])
    titles = [title for title in table.column("title").take(rows).to_pylist() if title]
    if not titles:
        return np.zeros((0, encoder.dim), dtype=np.float32)
    return encoder.encode(titles, role="query")


def _write_faiss(folder: Path, vectors: Vectors, queries: Vectors, before: _Before | None) -> BuiltIndex:
    from index.choice import build_index, save_index, update_index

    if before is None:
        built = build_index(vectors, queries=queries)
    else:
        built = update_index(before.opened_faiss(), vectors, before.old_rows, queries=queries)
    save_index(built, folder, vectors=False)
    return built


def _write_lexical(folder: Path, texts: list[str], before: _Before | None) -> LexicalIndex:
    from index.lexical import LexicalIndex
    from terms.words import cut_each

    opened = None if before is None else before.opened_lexical()
    if before is None or opened is None:
        return LexicalIndex.build(cut_each(texts), folder)
    new = np.flatnonzero(before.old_rows < 0).tolist()
    return opened.extended(before.old_rows, cut_each(texts[place] for place in new), folder)


@dataclass(frozen=True, slots=True)
class _Searched:
    """What the new snapshot is searched by."""

    table: pa.Table
    encoder: Encoder
    passages: Passages
    vectors: Vectors
    built: BuiltIndex
    lexical: LexicalIndex


def _write_scale(writer: SnapshotWriter, new: _Searched, before: _Before | None) -> None:
    from index.hybrid import HybridIndex
    from index.part.calibration import measure_scale
    from index.patents import PatentIndex
    from library.texts import PatentTexts

    if before is not None and before.scale_holds:
        writer.share(SCALE)
        return
    rows = new.passages.rows
    dense = PatentIndex(new.built.index, rows, new.table.num_rows)
    hybrid = HybridIndex(dense, new.lexical, rows, new.vectors, PatentTexts(new.table).of)
    measure_scale(hybrid, new.table, new.encoder).save(writer.part(SCALE))


def _dense_facts(built: BuiltIndex) -> dict[str, object]:
    figures = built.figures
    return {
        "kind": figures.kind,
        "passages": figures.count,
        "dim": figures.dim,
        "lists": figures.lists,
        "probes": figures.probes,
        "recall_at_10": figures.recall,
        "sampled": figures.sampled,
        "reason": figures.reason,
    }


def _lexical_facts(lexical: LexicalIndex) -> dict[str, object]:
    return {"passages": lexical.count, "documents": lexical.documents}
