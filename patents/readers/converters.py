"""Converters: put one non-empty cell into the draft of a record.

Each raises an `InputError` of `patents.errors` for what it cannot take; the caller then keeps the
text in `raw` and reports it. None of them knows a portal: which column gets which converter is
described in `patents.readers.portals`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from patents.errors import DateError, InputError
from patents.ipc import split_ipc, split_locarno
from patents.messages import message
from patents.readers.cells import Cell, as_items, as_text
from patents.readers.draft import SEPARATORS, Bound, Candidate, Draft, read_date
from patents.readers.numbers import put_application_number, put_publication_number
from patents.readers.texts import plain_text, unwrapped

_APPLICATION_KIND = re.compile(r"[A-Z]\d?")
_RATIO = str.maketrans("∶／", "//")
"""CNKI writes C12R1∶685 with the mathematical ratio sign."""
_WRAPPED = frozenset({"title", "title_en", "abstract", "abstract_en", "first_claim"})
_COUNT = re.compile(r"\d{1,9}")
_AGENCY_CODE = re.compile(r"[\s(（]{1,2}(\d{5})[)）]?$")
_LOCAL_FILE = re.compile(r"(?:[A-Za-z]:\\|\\\\|/)[^\n]{1,250}\.\w{2,4}|https?://\S+")


def put_text(draft: Draft, bound: Bound, cell: Cell) -> None:
    """A short text, white space made single."""
    draft.put(bound.field, " ".join(as_text(cell).split()), bound, cell)


def put_long_text(draft: Draft, bound: Bound, cell: Cell) -> None:
    """A title, abstract, claim …: a candidate, of which the best is taken when the row is complete."""
    text = as_text(cell)
    if _LOCAL_FILE.fullmatch(text):
        draft.raw.append((bound.column, text))
        return
    text = plain_text(text)
    if bound.field in _WRAPPED:
        text = unwrapped(text)
    draft.texts.setdefault(bound.field, []).append(Candidate(bound.column, text))


def put_hint(draft: Draft, bound: Bound, cell: Cell) -> None:
    """What helps to settle other fields: office, kind, patent type in words."""
    hint = Candidate(bound.column, as_text(cell))
    if draft.hints.setdefault(bound.field, hint).text != hint.text:
        draft.portal_values.append(hint)


def put_date(draft: Draft, bound: Bound, cell: Cell) -> None:
    """A date; of several in one cell the earliest, and all of them beside the record."""
    day = _date_of(draft, as_text(cell), bound)
    if day is not None:
        draft.put(bound.field, day, bound, cell)
    if len(as_items(cell, bound.separators or SEPARATORS)) > 1:
        draft.portal_values.append((bound.column, as_text(cell)))


def put_publication_date(draft: Draft, bound: Bound, cell: Cell) -> None:
    """The date of a publication, whose role is settled when the row's numbers are known."""
    day = _date_of(draft, as_text(cell), bound)
    if day is not None and draft.dates.setdefault(bound.field, day) != day:
        draft.portal_values.append((bound.column, as_text(cell)))


def _date_of(draft: Draft, text: str, bound: Bound) -> date | None:
    if bound.date_format:
        return _formatted_date(text, bound)
    try:
        return read_date(draft, text, bound)
    except DateError:
        items = as_items(text, (bound.separators or SEPARATORS) + " ")
        if len(items) < 2:
            raise
        days = (read_date(draft, item, bound) for item in items)
        return min((day for day in days if day is not None), default=None)


def _formatted_date(text: str, bound: Bound) -> date:
    try:
        return datetime.strptime(text, bound.date_format).date()
    except ValueError as error:
        raise DateError("date-not-of-format", value=text, format=bound.date_format) from error


def put_count(draft: Draft, bound: Bound, cell: Cell) -> None:
    """A whole number, 0 included."""
    text = as_text(cell)
    if not _COUNT.fullmatch(text):
        raise InputError("count-not-whole", value=text)
    draft.put(bound.field, int(text), bound, cell)


def put_ipc(draft: Draft, bound: Bound, cell: Cell) -> None:
    """IPC symbols; Locarno classes among them (designs share the column) go to `locarno`."""
    symbols, rejected = split_ipc(as_text(cell).translate(_RATIO))
    if symbols:
        draft.put("ipc", symbols, bound, cell)
    if rejected:
        _put_other_classes(draft, bound, rejected)


def put_ipc_main(draft: Draft, bound: Bound, cell: Cell) -> None:
    """The main classification; for designs the Locarno class."""
    symbols, rejected = split_ipc(as_text(cell).translate(_RATIO))
    if symbols:
        draft.put("ipc_main", symbols[0], bound, cell)
    if len(symbols) > 1:
        draft.put("ipc", symbols, bound, cell)
    if rejected:
        _put_other_classes(draft, bound, rejected)


def _put_other_classes(draft: Draft, bound: Bound, items: tuple[str, ...]) -> None:
    locarno, rejected = split_locarno(";".join(items))
    if locarno and not set(locarno) <= set(draft.locarno):
        draft.put("locarno", locarno, bound, locarno)
    for item in rejected:
        draft.doubt(bound.column, item, message("class-neither-ipc-nor-locarno"))


def put_locarno(draft: Draft, bound: Bound, cell: Cell) -> None:
    """Locarno classes, `14-03`."""
    classes, rejected = split_locarno(as_text(cell))
    if classes:
        draft.put("locarno", classes, bound, cell)
    for item in rejected:
        draft.doubt(bound.column, item, message("locarno-not-valid", value=item))


def put_cpc(draft: Draft, bound: Bound, cell: Cell) -> None:
    """CPC symbols, `Y02E60/10`."""
    symbols, rejected = split_ipc(as_text(cell), cpc=True)
    if symbols:
        draft.put("cpc", symbols, bound, cell)
    for item in rejected:
        draft.doubt(bound.column, item, message("cpc-not-valid", value=item))


def put_items(draft: Draft, bound: Bound, cell: Cell) -> None:
    """Several texts, each once, in order."""
    items = tuple(dict.fromkeys(as_items(cell, bound.separators or SEPARATORS)))
    if items:
        draft.put(bound.field, items, bound, cell)


def put_agency(draft: Draft, bound: Bound, cell: Cell) -> None:
    """专利代理机构; CNIPR writes its five-digit code behind the name."""
    text = " ".join(as_text(cell).split())
    match = _AGENCY_CODE.search(text)
    if match and match.start():
        draft.put("agency", text[: match.start()], bound, cell)
        draft.portal_values.append((f"{bound.column} (code)", match[1]))
    else:
        draft.put("agency", text, bound, cell)


def put_status(draft: Draft, bound: Bound, cell: Cell) -> None:
    """Legal status in words; simple (有效) and detailed (未缴年费) ones are weighed at the end."""
    candidate = Candidate(bound.column, as_text(cell))
    if draft.statuses.setdefault(bound.field, candidate) is not candidate:
        draft.portal_values.append(candidate)


def put_portal_value(draft: Draft, bound: Bound, cell: Cell) -> None:
    """What only this portal knows."""
    draft.portal_values.append((bound.column, as_text(cell)))


def put_raw(draft: Draft, bound: Bound, cell: Cell) -> None:
    """A column that is not understood."""
    draft.raw.append((bound.column, as_text(cell)))


def put_unnamed(draft: Draft, bound: Bound, cell: Cell) -> None:
    """A column without a header: a data frame's row number in first place, else not understood."""
    if bound.position > 0 or not as_text(cell).isdecimal():
        put_raw(draft, bound, cell)


def put_document_number(draft: Draft, bound: Bound, cell: Cell) -> None:
    """A publication number, or its digits alone, which country and kind in other columns complete."""
    text = as_text(cell).replace("_", "")
    if text[:2].isalpha():
        put_publication_number(draft, replace(bound, field="publication_number"), text)
    else:
        put_hint(draft, bound, cell)


def put_dossier_number(draft: Draft, bound: Bound, cell: Cell) -> None:
    """An application number with the kind of application behind it, `CN 201710601862 A`."""
    text = as_text(cell)
    number, _, kind = text.rpartition(" ")
    # The kind of a Korean application stands for the prefix of its number.
    is_apart = _APPLICATION_KIND.fullmatch(kind) and not text.startswith("KR")
    put_application_number(draft, bound, number if is_apart else text)


def skip(draft: Draft, bound: Bound, cell: Cell) -> None:
    """The export's own row numbers, which say nothing about the patent."""
