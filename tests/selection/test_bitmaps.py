"""Rows in any order, few or many, near or far, are the same set of rows."""

from __future__ import annotations

import numpy as np
import pytest

from selection.bitmaps import array_from_rows, rows_from_array, rows_from_mask


@pytest.mark.parametrize(("count", "highest"), [(0, 1), (7, 1_000), (5_000, 6_000), (5_000, 10_000_000)])
def test_an_array_in_any_order_with_repeats_becomes_its_rows(count, highest):
    rows = np.random.default_rng(count + highest).integers(0, highest, count)
    found = array_from_rows(rows_from_array(np.concatenate([rows, rows[::-1]])))
    np.testing.assert_array_equal(found, np.unique(rows))


def test_a_mask_and_its_rows_are_one():
    mask = np.random.default_rng(0).random(9_000) < 0.4
    np.testing.assert_array_equal(array_from_rows(rows_from_mask(mask)), np.flatnonzero(mask))
