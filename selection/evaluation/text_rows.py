"""Rows of leaves, proximities and frequencies in fields of running text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from selection.bitmaps import EMPTY, Rows, rows_from_array
from selection.evaluation.budget import EXPRESSION, PROXIMITY
from selection.evaluation.corpus import Corpus
from selection.evaluation.sources import Source, parse_sources
from selection.language.fields import Field
from selection.language.tree import Frequency, Or, Pattern, Proximity, Term
from selection.text.column import TextColumn
from selection.text.needle import Needle, needle_of
from selection.text.proximity import Alternatives

#: A text column, and the rows for which it counts (None is all).
_Reading = tuple[TextColumn, Rows | None]


def text_rows(
    corpus: Corpus, field: Field, node: Term | Pattern | Proximity | Frequency, within: Rows | None
) -> Rows:
    """Rows of a node that fields of running text take, restricted to `within`."""
    if isinstance(node, Frequency):
        return _often(corpus, field, node, within)
    found = EMPTY
    for column, counts_in in _readings(corpus, field):
        allowed = _meet(within, counts_in)
        if allowed is not None:
            allowed -= found
        found |= _in_column(column, node, allowed)
    return found


def text_estimate(corpus: Corpus, field: Field, node: Term | Pattern) -> int:
    """At most so many rows match."""
    needle = needle_of(node)
    return sum(column.estimate(needle) for column, _ in _readings(corpus, field))


def text_work(
    corpus: Corpus, field: Field, node: Term | Pattern | Proximity | Frequency, within: Rows | None
) -> int:
    """An estimate of what `text_rows` costs: texts that may match, times what is sought in each."""
    parts = node.parts if isinstance(node, Proximity) else (_counted(node),)
    sought = [_alternatives(part) for part in parts]
    each = _work_in_a_text([needle for needles in sought for needle in needles], node)
    most = corpus.size if within is None else len(within)
    texts = (
        min(sum(map(column.estimate, needles)) for needles in sought)
        for column, _ in _readings(corpus, field)
    )
    return each * sum(min(count, most) for count in texts)


def _counted(node: Term | Pattern | Frequency) -> Term | Pattern:
    return node.part if isinstance(node, Frequency) else node


def _work_in_a_text(needles: Sequence[Needle], node: object) -> int:
    if isinstance(node, Proximity):
        return PROXIMITY + 2 * sum(len(needle.steps) for needle in needles)
    if isinstance(node, Frequency) or not needles[0].exact:
        return EXPRESSION if needles[0].re2 else 1
    return 0


def _in_column(column: TextColumn, node: Term | Pattern | Proximity, within: Rows | None) -> Rows:
    if isinstance(node, Proximity):
        return column.near([_alternatives(part) for part in node.parts], node.links, within)
    return column.rows(needle_of(node), within)


def _alternatives(part: object) -> Alternatives:
    leaves = part.parts if isinstance(part, Or) else (part,)
    return tuple(needle_of(leaf) for leaf in leaves if isinstance(leaf, (Term, Pattern)))


def _often(corpus: Corpus, field: Field, node: Frequency, within: Rows | None) -> Rows:
    """Occurrences in all columns of the field count together."""
    totals = np.zeros(corpus.size, dtype=np.int64)
    needle: Needle = needle_of(node.part)
    for column, counts_in in _readings(corpus, field):
        rows, counts = column.counts(needle, _meet(within, counts_in))
        totals[rows] += counts
    return rows_from_array(np.flatnonzero(totals >= node.times))


def _readings(corpus: Corpus, field: Field) -> list[_Reading]:
    """The text columns of a field; a fallback counts only where the column before it is empty."""
    readings: list[_Reading] = []
    for source in parse_sources(field.source):
        for name in source.columns:
            if corpus.has(Source(name)):
                counts_in = None if name == source.column else _empty_in(corpus, source.column)
                readings.append((corpus.texts.column(name), counts_in))
    return readings


def _empty_in(corpus: Corpus, name: str) -> Rows | None:
    if name not in corpus.column_names:
        return None
    return corpus.all() - corpus.filled(Source(name))


def _meet(left: Rows | None, right: Rows | None) -> Rows | None:
    if left is None or right is None:
        return right if left is None else left
    return left & right
