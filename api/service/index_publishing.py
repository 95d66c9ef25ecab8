"""The parts of a snapshot that searches run on: vectors, their index, and the words of all passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.service.encoding import encoder_of
from api.service.reporting import Report

if TYPE_CHECKING:
    import pyarrow as pa

    from library.folder import Library
    from library.snapshot_writer import SnapshotWriter


def write_indexes(library: Library, writer: SnapshotWriter, table: pa.Table, report: Report) -> None:
    """Embed the passages of all patents, those of texts seen before from the cache, and write them.

    Args:
        library: whose encoder and cache are used.
        writer: of the new snapshot; gets the parts `dense`, `faiss` and `lexical`.
        table: the columns.
        report: of progress.
    """
    import numpy as np

    from embed.cache import VectorCache
    from embed.passages import character_limit, passages
    from index.choosing import build_index, save_index
    from index.lexical import LexicalIndex
    from terms.words import words

    encoder = encoder_of(library)
    found = passages(table, limit=character_limit(encoder))
    report("vectors", 0, len(found.texts))
    vectors = VectorCache(library.vectors).vectors(encoder, found.texts)
    report("vectors", len(found.texts), len(found.texts))
    folder = writer.part("dense")
    np.save(folder / "vectors.npy", vectors, allow_pickle=False)
    np.save(folder / "passage_rows.npy", found.rows, allow_pickle=False)
    np.save(folder / "passage_kinds.npy", found.kinds, allow_pickle=False)
    save_index(build_index(vectors), writer.part("faiss"), vectors=False)
    LexicalIndex.build((words(text) for text in found.texts), writer.part("lexical"))
