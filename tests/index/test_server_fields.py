"""The box around a Selection holds all of it, and is said in the server's language."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.server_fields import ServerFields

DAYS = np.arange(100, dtype=np.int32) * 10
KINDS = (np.arange(100) % 3).astype(np.int32)
FIELDS = ServerFields.of_columns({"filed": DAYS, "kind": KINDS})


def told(box):
    """The rows that the filter lets through, by evaluating it as Python, which reads it alike."""
    if not box.filter:
        return np.ones(100, dtype=bool)
    return np.array([eval(box.filter, {}, FIELDS.of(row)) for row in range(100)])


@given(st.sets(st.integers(0, 99), min_size=1))
@settings(max_examples=200)
def test_no_row_of_a_selection_lies_outside_its_box(rows):
    allowed = np.isin(np.arange(100), list(rows))
    box = FIELDS.around(allowed)
    inside = told(box)
    assert inside[allowed].all()
    assert box.share == inside.mean()


def test_a_selection_of_everything_needs_no_filter():
    assert FIELDS.around(np.ones(100, dtype=bool)) == ("", 1.0)


def test_dates_become_a_range_and_kinds_a_list():
    box = FIELDS.around((DAYS >= 300) & (DAYS < 600) & (KINDS == 2))
    assert box.filter == "filed >= 320 and filed <= 590 and kind in [2]"


def test_fields_come_back_from_disk(tmp_path):
    FIELDS.save(tmp_path)
    again = ServerFields.load(tmp_path, FIELDS.names)
    assert again.of(7) == {"filed": 70, "kind": 1}
    assert ServerFields.none(5).of(3) == {}
