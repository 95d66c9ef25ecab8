"""One patent: its record, and what Patlas derived from it."""

from __future__ import annotations

from api.live.snapshot import LiveSnapshot
from api.patents.shapes import PatentAnswer
from patents.errors import NotFoundError


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
