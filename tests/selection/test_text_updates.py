"""An index of which most is carried over is the one that is built anew."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from selection.text import builder, column
from selection.text.column import TextColumn

FIELDS = ("keys", "starts", "rows", "word_starts", "word_rows")
WORDS = ("一种", "铝电解槽", "阴极", "LED", "lithium", "，", "x2", "電池", "。\n", "")


def texts(generator, count):
    return ["".join(generator.choice(WORDS, generator.integers(0, 12))) for _ in range(count)]


def same(one, other):
    for first, second in zip(one.segments, other.segments, strict=True):
        assert (first.base, first.texts, first.words) == (second.base, second.texts, second.words)
        for name in FIELDS:
            np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
            assert getattr(first, name).dtype == getattr(second, name).dtype
    return True


@pytest.fixture(params=[5, 64, 65_536])
def segment_rows(request, monkeypatch):
    for module in (builder, column):
        monkeypatch.setattr(module, "SEGMENT_ROWS", request.param)


@pytest.mark.usefixtures("segment_rows")
@pytest.mark.parametrize("seed", range(12))
def test_texts_come_go_and_change(seed):
    generator = np.random.default_rng(seed)
    old = texts(generator, int(generator.integers(0, 90)))
    kept = np.flatnonzero(generator.random(len(old)) < generator.choice([0, 0.5, 0.9, 1]))
    new = [(place, old[place]) for place in kept.tolist()]
    for text in texts(generator, int(generator.choice([0, 1, 30]))):
        new.insert(int(generator.integers(0, len(new) + 1)), (-1, text))
    old_rows = np.array([place for place, _ in new], dtype=np.int64)
    wanted = pl.Series([text for _, text in new], dtype=pl.String)
    updated = TextColumn.build(pl.Series(old, dtype=pl.String)).updated(old_rows, wanted)
    assert same(updated, TextColumn.build(wanted))
