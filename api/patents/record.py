"""One patent: its record, and what Patlas derived from it."""

from __future__ import annotations

import re

from api.live.snapshot import LiveSnapshot
from api.patents.shapes import PatentAnswer
from patents.errors import NotFoundError
from patents.numbers import classify_numbers, parse_number

# A number is short; longer texts that begin like one are texts.
_LONGEST_NUMBER = 40
# No text begins so: a mistyped number is refused, not searched for as words.
_MEANT_AS_NUMBER = re.compile(r"(?:CN|ZL)[\d .]{6,}[A-Z]?\d?", re.IGNORECASE)


def patent(live: LiveSnapshot, number: str) -> PatentAnswer:
    """Look a patent up by any number, in any spelling.

    Raises:
        NotFoundError: the library has no such patent.
        NumberError: the number means several patents.
    """
    row = row_of(live, number)
    key = live.table.column("key")[row].as_py()
    record = live.library.store.get_many([key])[key]
    columns = (
        "filing_year",
        "filing_year_derived",
        "province",
        "city",
        "county",
        "applicant_kinds",
        "industries",
    )
    values = {name: live.table.column(name)[row].as_py() for name in columns}
    return PatentAnswer(record=record, themes=live.table.column("theme")[row].as_py(), **values)


def row_of(live: LiveSnapshot, number: str) -> int:
    """Row of the patent that bears a number.

    Raises:
        NotFoundError: the live snapshot has no such patent.
        NumberError: the number means several patents.
    """
    found = live.library.store.find(number)
    row = None if found is None else live.rows_by_key.get(found.key)
    if row is None:
        raise NotFoundError("patent-not-found", number=number)
    return row


def is_number(text: str) -> bool:
    """Tell whether a query has the length and form of a patent's number.

    Raises:
        NumberError: it begins like one and is none.
    """
    if len(text) > _LONGEST_NUMBER:
        return False
    if classify_numbers(text).sort == "number":
        return True
    if _MEANT_AS_NUMBER.fullmatch(text):
        parse_number(text)
    return False
