"""One patent: its record, and what Patlas derived from it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from api.live.snapshot import LiveSnapshot
from patents.errors import NotFoundError
from patents.numbers import classify_numbers, parse_number
from patents.record import PatentRecord

# A number is short; longer texts that begin like one are texts.
_LONGEST_NUMBER = 40
# No text begins so: a mistyped number is told, not searched for as words.
_MEANT_AS_NUMBER = re.compile(r"(?:CN|ZL)[\d .]{6,}[A-Z]?\d?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPatent:
    """A record with the derived columns of its row."""

    record: PatentRecord
    filing_year: int | None
    filing_year_derived: bool
    province: str | None
    city: str | None
    county: str | None
    applicant_kinds: list[str]
    industries: list[str]
    themes: list[str]


def patent(live: LiveSnapshot, number: str) -> FoundPatent:
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
    return FoundPatent(record=record, themes=live.table.column("theme")[row].as_py(), **values)


def row_of(live: LiveSnapshot, number: str) -> int:
    """Row of the patent that bears a number.

    Raises:
        NotFoundError: the live snapshot has no such patent.
        NumberError: the number means several patents.
    """
    found = live.library.store.find(number)
    row = None if found is None else live.rows_by_key.get(found.key)
    if row is None:
        raise NotFoundError(
            f"no patent {number} in this library",
            help="search by text instead, or import the export that holds it",
        )
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
