"""Pairs of texts that should lie near each other, drawn batch by batch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from embed.training.config import TrainingConfig
from embed.training.corpus import TrainingCorpus
from embed.training.ragged import Ids, Ragged, cut_out, keep, offsets_of, tokenise

_CLAUSE = re.compile(r"(?<=[，。；：,;])")
# What follows the first 300 tokens of a claim says little about what it is of.
_LONGEST_CLAIM = 300
TITLE, CLAIM, HALF, RELATIVE = range(4)


@dataclass(frozen=True, slots=True)
class Labels:
    """Numbers of classes of n records, −1 where unknown.

    Attributes:
        subclass, group, subgroup: int64 of shape (n,).
        subclass_of_group: int64 of shape (groups,).
        group_of_subgroup: int64 of shape (subgroups,).
        twin: number of the twin key, int64 of shape (n,).
    """

    subclass: Ids
    group: Ids
    subgroup: Ids
    subclass_of_group: Ids
    group_of_subgroup: Ids
    twin: Ids


class Batch(NamedTuple):
    """B pairs.

    Attributes:
        first: token ids of one side of each pair.
        second: of the other side.
        first_rows: record of each first text, int64 of shape (B,).
        second_rows: record of each second text.
        related: bool of shape (B,), others of the pair's main group are no wrong answer for it.
    """

    first: Ragged
    second: Ragged
    first_rows: Ids
    second_rows: Ids
    related: npt.NDArray[np.bool_]


def labels_of(corpus: TrainingCorpus) -> Labels:
    """Number the classes of a corpus."""
    subclass, _ = _numbers([symbol[:4] for symbol in corpus.ipc])
    group, _ = _numbers([symbol.partition("/")[0] for symbol in corpus.ipc])
    subgroup, _ = _numbers(corpus.ipc)
    twin, _ = _numbers(corpus.keys())
    return Labels(subclass, group, subgroup, _parents(group, subclass), _parents(subgroup, group), twin)


class PairSource:
    """Draws batches from a corpus.

    Args:
        corpus: n records with abstracts.
        tokenizer: of the model.
        labels: classes of the records.
        config: shares of the kinds of pairs, tokens dropped, batch size.
        generator: source of all randomness.
    """

    def __init__(
        self,
        corpus: TrainingCorpus,
        tokenizer: Tokenizer,
        labels: Labels,
        config: TrainingConfig,
        generator: np.random.Generator,
    ) -> None:
        self._config = config
        self._generator = generator
        self._labels = labels
        clauses = [
            [part for part in _CLAUSE.split(text) if part.strip()] or [text] for text in corpus.abstracts
        ]
        cut = tokenise(tokenizer, [clause for parts in clauses for clause in parts])
        self._clause_offsets = offsets_of(np.array([len(parts) for parts in clauses], dtype=np.int64))
        self._clause_starts = cut.offsets
        abstracts = cut.offsets[self._clause_offsets]
        titles = tokenise(tokenizer, corpus.titles)
        claims = tokenise(tokenizer, corpus.first_claims)
        self._ids = np.concatenate([cut.ids, titles.ids, claims.ids])
        self._abstracts = abstracts
        self._titles = titles.offsets + len(cut.ids)
        self._claims = claims.offsets + len(cut.ids) + len(titles.ids)
        self._by_group = np.argsort(labels.group, kind="stable")
        self._sorted_groups = labels.group[self._by_group]
        self._order = np.empty(0, dtype=np.int64)

    def frequencies(self, vocabulary: int) -> npt.NDArray[np.int64]:
        """How often each token stands in the corpus: int64 of shape (vocabulary,)."""
        return np.bincount(self._ids, minlength=vocabulary)

    def batch(self) -> Batch:
        """The next pairs; every record is drawn once before any is drawn again."""
        rows = self._next_rows()
        kinds = self._kinds(rows)
        others = self._relatives(rows, kinds)
        starts, stops = self._abstracts[rows], self._abstracts[rows + 1]
        other_starts, other_stops = self._abstracts[others], self._abstracts[others + 1]
        starts, stops, other_starts, other_stops = self._halves(
            rows, kinds == HALF, starts, stops, other_starts, other_stops
        )
        for kind, offsets, longest in ((TITLE, self._titles, None), (CLAIM, self._claims, _LONGEST_CLAIM)):
            chosen = kinds == kind
            starts[chosen] = offsets[rows[chosen]]
            stops[chosen] = offsets[rows[chosen] + 1]
            if longest is not None:
                stops[chosen] = np.minimum(stops[chosen], starts[chosen] + longest)
        dropped = np.where(kinds == TITLE, self._config.dropped_titles, self._config.dropped)
        first = self._thinned(cut_out(self._ids, starts, stops), dropped)
        second = self._thinned(
            cut_out(self._ids, other_starts, other_stops), np.full(len(rows), self._config.dropped)
        )
        # In a random batch other texts of the main group are rare; in runs of one subclass they are many.
        related = (kinds == RELATIVE) & (self._config.run > 1)
        return Batch(first, second, rows, others, related)

    def _next_rows(self) -> Ids:
        count = len(self._abstracts) - 1
        size = min(self._config.batch, count)
        if len(self._order) < size:
            self._order = self._shuffled(count)
        rows, self._order = self._order[:size], self._order[size:]
        return rows

    def _shuffled(self, count: int) -> Ids:
        """All records in a new order, in runs of one subclass: wrong answers that are hard to tell."""
        order = self._generator.permutation(count)
        run = self._config.run
        if run < 2:
            return order
        by_subclass = order[np.argsort(self._labels.subclass[order], kind="stable")]
        whole = len(by_subclass) // run * run
        runs = by_subclass[:whole].reshape(-1, run)
        return np.concatenate([runs[self._generator.permutation(len(runs))].ravel(), by_subclass[whole:]])

    def _kinds(self, rows: Ids) -> Ids:
        config = self._config
        bounds = np.cumsum([config.titles, config.claims, config.relatives])
        drawn = np.searchsorted(bounds, self._generator.random(len(rows)), side="right")
        kinds = np.array([TITLE, CLAIM, RELATIVE, HALF])[drawn]
        kinds[(kinds == TITLE) & (self._titles[rows] == self._titles[rows + 1])] = HALF
        kinds[(kinds == CLAIM) & (self._claims[rows] == self._claims[rows + 1])] = HALF
        kinds[(kinds == RELATIVE) & (self._labels.group[rows] < 0)] = HALF
        return kinds

    def _relatives(self, rows: Ids, kinds: Ids) -> Ids:
        """The record that the second text is of: another of the main group, or the record itself."""
        others = rows.copy()
        chosen = kinds == RELATIVE
        groups = self._labels.group[rows[chosen]]
        low = np.searchsorted(self._sorted_groups, groups, side="left")
        high = np.searchsorted(self._sorted_groups, groups, side="right")
        drawn = low + (self._generator.random(len(groups)) * (high - low)).astype(np.int64)
        others[chosen] = self._by_group[drawn]
        return others

    def _halves(
        self,
        rows: Ids,
        chosen: npt.NDArray[np.bool_],
        starts: Ids,
        stops: Ids,
        other_starts: Ids,
        other_stops: Ids,
    ) -> tuple[Ids, Ids, Ids, Ids]:
        """Cut the chosen abstracts at a clause near the middle; either part may come first."""
        clauses = self._clause_offsets[rows + 1] - self._clause_offsets[rows]
        share = 0.5 + (self._generator.random(len(rows)) - 0.5) * 0.4
        place = np.clip(np.rint(clauses * share).astype(np.int64), 1, np.maximum(clauses - 1, 1))
        at_clause = self._clause_starts[self._clause_offsets[rows] + place]
        cut = np.where(clauses > 1, at_clause, (starts + stops) // 2)
        head = self._generator.random(len(rows)) < 0.5
        return (
            np.where(chosen & ~head, cut, starts),
            np.where(chosen & head, cut, stops),
            np.where(chosen & head, cut, other_starts),
            np.where(chosen & ~head, cut, other_stops),
        )

    def _thinned(self, texts: Ragged, dropped: npt.NDArray[np.float64]) -> Ragged:
        rates = np.repeat(dropped, texts.lengths())
        return keep(texts, self._generator.random(len(texts.ids)) >= rates)


def _numbers(values: list[str]) -> tuple[Ids, int]:
    seen: dict[str, int] = {}
    numbers = [seen.setdefault(value, len(seen)) if value else -1 for value in values]
    return np.array(numbers, dtype=np.int64), len(seen)


def _parents(children: Ids, parents: Ids) -> Ids:
    found = np.zeros(int(children.max(initial=-1)) + 1, dtype=np.int64)
    known = children >= 0
    found[children[known]] = parents[known]
    return found
