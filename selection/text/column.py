"""One text column of a snapshot: its segments as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow.compute as pc

from selection.bitmaps import EMPTY, Rows, array_from_rows, rows_from_array
from selection.language.tree import Link
from selection.text.builder import Places, build_segments, update_segments
from selection.text.matches import candidates, count, estimate, match
from selection.text.needle import Needle
from selection.text.proximity import Alternatives, near
from selection.text.segment import SEGMENT_ROWS, Postings, Segment, intersect

#: Of the texts in which the parts of a proximity are sought together; their places take ten times as much.
_BYTES_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class TextColumn:
    """Run-of-characters index of one column; every method answers with rows of the snapshot."""

    segments: tuple[Segment, ...]

    @classmethod
    def build(cls, texts: pl.Series) -> TextColumn:
        """Index texts; row i is texts[i], null is empty."""
        return cls(tuple(build_segments(texts)))

    def updated(self, old_rows: Places, texts: pl.Series) -> TextColumn:
        """Index texts of which most are indexed here; see `builder.update_segments`."""
        return TextColumn(tuple(update_segments(self.segments, old_rows, texts)))

    def save(self, folder: Path) -> None:
        """Write into an existing, empty folder, a folder for each segment."""
        for number, segment in enumerate(self.segments):
            part = folder / f"{number:05d}"
            part.mkdir()
            segment.save(part)

    @classmethod
    def open(cls, folder: Path) -> TextColumn:
        """Open what `save` wrote, mapped into memory."""
        parts = sorted(part for part in folder.iterdir() if part.is_dir())
        return cls(tuple(Segment.open(part, number * SEGMENT_ROWS) for number, part in enumerate(parts)))

    def estimate(self, needle: Needle) -> int:
        """At most so many rows match."""
        return sum(estimate(segment, needle) for segment in self.segments)

    def rows(self, needle: Needle, within: Rows | None = None) -> Rows:
        """Rows whose text matches."""
        return self._gather(within, lambda segment, allowed: match(segment, needle, allowed))

    def counts(
        self, needle: Needle, within: Rows | None = None
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Rows whose text matches, and how often."""
        rows, counts = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        for segment, allowed in self._parts(within):
            found = match(segment, needle, allowed)
            if len(found):
                rows.append(found.astype(np.int64) + segment.base)
                counts.append(count(segment, needle, found))
        return np.concatenate(rows), np.concatenate(counts)

    def near(self, parts: Sequence[Alternatives], links: Sequence[Link], within: Rows | None = None) -> Rows:
        """Rows in which the parts stand near each other."""

        def matching(segment: Segment, allowed: Postings | None) -> Postings:
            found = _with_every_part(segment, parts, allowed)
            near_in = [rows[near(segment.select(rows), parts, links)] for rows in _portions(segment, found)]
            return np.concatenate(near_in) if near_in else found

        return self._gather(within, matching)

    def filled(self) -> Rows:
        """Rows whose text is not empty."""

        def matching(segment: Segment, _allowed: Postings | None) -> Postings:
            return np.flatnonzero(np.asarray(pc.binary_length(segment.texts))).astype(np.uint16)

        return self._gather(None, matching)

    def _gather(self, within: Rows | None, matching: Callable[[Segment, Postings | None], Postings]) -> Rows:
        rows = [
            matching(segment, allowed).astype(np.uint32) + np.uint32(segment.base)
            for segment, allowed in self._parts(within)
        ]
        return rows_from_array(np.concatenate(rows)) if rows else EMPTY

    def _parts(self, within: Rows | None) -> list[tuple[Segment, Postings | None]]:
        """Segments with the rows allowed in each; segments without any are left out."""
        if within is None:
            return [(segment, None) for segment in self.segments]
        rows = array_from_rows(within)
        edges = np.searchsorted(rows, [segment.base for segment in self.segments] + [2**32])
        parts: list[tuple[Segment, Postings | None]] = []
        for segment, start, stop in zip(self.segments, edges, edges[1:], strict=False):
            if start < stop:
                parts.append((segment, (rows[start:stop] - segment.base).astype(np.uint16)))
        return parts


def _portions(segment: Segment, rows: Postings) -> list[Postings]:
    """Rows in portions of so many bytes of text."""
    sizes = np.asarray(pc.binary_length(segment.texts))[rows]
    portion = np.cumsum(sizes, dtype=np.int64) // _BYTES_AT_ONCE
    return np.split(rows, np.flatnonzero(np.diff(portion)) + 1) if len(rows) else []


def _with_every_part(segment: Segment, parts: Sequence[Alternatives], allowed: Postings | None) -> Postings:
    """Rows that may hold some alternative of every part."""
    lists = [] if allowed is None else [allowed]
    for alternatives in parts:
        found = [candidates(segment, needle, allowed) for needle in alternatives]
        lists.append(found[0] if len(found) == 1 else np.unique(np.concatenate(found)))
    return intersect(lists, segment.size)
