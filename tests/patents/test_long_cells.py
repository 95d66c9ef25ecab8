"""A very long cell, whatever is in it, is read or refused within a moment."""

from __future__ import annotations

import pytest

from patents.applicants import applicant_kind, name_key, normalise_name, split_names
from patents.dates import parse_date
from patents.errors import PatlasError
from patents.ipc import parse_ipc, parse_locarno, split_ipc, split_locarno
from patents.legal import classify_status, parse_events
from patents.numbers import parse_application_number, parse_number, parse_publication_number

SIZE = 200_000  # a quadratic reader would take minutes here
CELLS = {
    "one letter": "A" * SIZE,
    "one digit": "1" * SIZE,
    "one character": "公" * SIZE,
    "spaces inside": "H01L" + " " * SIZE + "x",
    "wide spaces inside": "张" + "\u3000" * SIZE + "三",
    "line ends": "\n" * SIZE + "x",
    "separators": "|;,、" * (SIZE // 4) + "x",
    "brackets": "(" * SIZE,
    "brackets and names": "公司(" * (SIZE // 3),
    "a date and spaces": "2011-01-02" + " " * SIZE + "x",
    "dates": "2011-01-02 授权\n" * (SIZE // 140),
    "english": "GRANT REFUSAL " * (SIZE // 14),
    "cyrillic": "ИВАН " * (SIZE // 5),
    "spelt names": "SMITH JOHN, " * (SIZE // 12),
    "numbers": "CN201710601862.3;" * (SIZE // 17),
    "symbols": "H01L21/02 " * (SIZE // 100),
    "labels": "变更前权利人:甲;" * (SIZE // 90),
}
READERS = [
    parse_application_number,
    parse_publication_number,
    parse_number,
    parse_date,
    parse_ipc,
    parse_locarno,
    split_ipc,
    split_locarno,
    classify_status,
    parse_events,
    split_names,
    normalise_name,
    name_key,
    applicant_kind,
]


@pytest.mark.parametrize("cell", CELLS)
def test_a_very_long_cell_is_read_or_refused_in_a_short_message(cell):
    """A reader that took quadratic time here would hold the suite up for minutes."""
    for read in READERS:
        try:
            read(CELLS[cell])
        except PatlasError as error:
            assert len(str(error)) < 500
