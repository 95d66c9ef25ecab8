"""Structured fields of a record as our own export writes them: JSON in a cell, or plain where it is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar, get_args

import msgspec

from patents.errors import InputError
from patents.office_codes import OFFICES
from patents.readers.cells import Cell, as_text
from patents.readers.converters import put_hint
from patents.readers.draft import Bound, Draft
from patents.readers.parties import put_citations
from patents.record import Citation, LegalEvent, LegalState

_T = TypeVar("_T")
_events = msgspec.json.Decoder(tuple[LegalEvent, ...])
_cites = msgspec.json.Decoder(tuple[Citation, ...])
_pairs = msgspec.json.Decoder(tuple[tuple[str, str], ...])
_SETTLED = {
    "legal_state": re.compile("|".join(get_args(LegalState))),
    "lapse_reason": re.compile(r".{1,40}"),
    "language": re.compile(r"[a-z]{2}"),
    "country": re.compile(r"[A-Z]{2}"),
    "kind_code": re.compile(r"[A-Z]\d?"),
}
"""Fields taken as they are, and what they may hold."""


def put_events(draft: Draft, bound: Bound, cell: Cell) -> None:
    """`[{"kind": "转让", "date": "2020-01-02", …}]`."""
    events: tuple[LegalEvent, ...] = _decoded(_events, cell)
    draft.events.extend(events)


def put_cites(draft: Draft, bound: Bound, cell: Cell) -> None:
    """`[{"number": "CN101234567A", "category": "X"}]`, or numbers as any portal writes them."""
    if as_text(cell).startswith("[{"):
        draft.put("cites", _decoded(_cites, cell), bound, cell)
    else:
        put_citations(draft, bound, cell)


def put_industries(draft: Draft, bound: Bound, cell: Cell) -> None:
    """`[["sei", "1.4"]]`: pairs of scheme and code."""
    pairs: tuple[tuple[str, str], ...] = _decoded(_pairs, cell)
    draft.industries.update(dict.fromkeys(pairs))


def put_portal_values(draft: Draft, bound: Bound, cell: Cell) -> None:
    """`[["合享价值度", "9"]]`: values an earlier portal gave, under its column names."""
    pairs: tuple[tuple[str, str], ...] = _decoded(_pairs, cell)
    draft.portal_values.extend(pairs)


def put_raw(draft: Draft, bound: Bound, cell: Cell) -> None:
    """`[["备注", "…"]]`: what an earlier reader did not understand."""
    pairs: tuple[tuple[str, str], ...] = _decoded(_pairs, cell)
    draft.raw.extend(pairs)


def put_settled(draft: Draft, bound: Bound, cell: Cell) -> None:
    """A value that an earlier reader settled and that is not to be worked out again.

    Raises:
        InputError: none that the field may have.
    """
    name, text = bound.field.removeprefix("own_"), as_text(cell)
    allowed = _SETTLED[name]
    if not allowed.fullmatch(text) or (name == "country" and text not in OFFICES):
        raise InputError("own-value-not-valid", value=text, field=name)
    draft.settled[name] = text


def put_patent_type(draft: Draft, bound: Bound, cell: Cell) -> None:
    """发明, 实用新型 or 外观设计; other words are weighed as those of a portal."""
    put_hint(draft, replace(bound, field="patent_type"), cell)


def _decoded(decoder: msgspec.json.Decoder[_T], cell: Cell) -> _T:
    try:
        return decoder.decode(as_text(cell))
    except (msgspec.MsgspecError, RecursionError) as error:
        raise InputError("own-json-not-valid") from error
