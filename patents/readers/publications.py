"""Which publications a row tells of: the first and the grant, with their dates and kind."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from patents.errors import NumberError
from patents.numbers import PublicationNumber, parse_publication_number
from patents.readers.draft import Draft
from patents.readers.offices import office_code
from patents.readers.results import Finding
from patents.record import EventKind

_ROLES = ("first_publication", "publication", "grant")
_GRANT_WORDS = ("授权", "实用新型", "外观", "grant")


def complete_number(draft: Draft) -> None:
    """Put country and kind around a bare publication number, where columns give them."""
    bare, country = draft.hints.get("document_number"), office_code(draft.hint("country"))
    if bare is None:
        return
    try:
        number = parse_publication_number(f"{country or ''}{bare.text}{draft.hint('kind_code')}")
        draft.numbers.setdefault("publication_number", []).append(number)
    except NumberError as error:
        draft.number_findings.append(Finding(draft.row, bare.column, bare.text, error.message))


class _Document(NamedTuple):
    """One publication that the row tells of, by number, by date, or by both."""

    number: PublicationNumber | None
    day: date | None
    is_grant: bool


def settle_numbers(draft: Draft) -> None:
    """Which document is the first publication and which the grant, and the dates that go with them.

    A grant seen alone counts as the first publication that is known.
    """
    if draft.application is not None:
        draft.values["application_number"] = draft.application.text
        draft.values["country"] = draft.application.country
    documents = [document for role in _ROLES for document in _documents(draft, role)]
    grants = [document for document in documents if document.is_grant]
    grant = next((document.number for document in grants if document.number), None)
    others = [document.number for document in documents if document.number and not document.is_grant]
    first = others[0] if others else grant
    for name, number in (("publication_number", first), ("grant_number", grant)):
        if number is not None:
            draft.values[name] = number.text
            draft.values["country"] = number.country
    further = [document.number for document in documents if document.number not in (None, first, grant)]
    if further:
        numbers = "; ".join(number.text for number in further if number)
        draft.portal_values.append(("其他公开(公告)号", numbers))
    newest = grant or first
    draft.values["kind_code"] = (newest.kind if newest else None) or draft.hint("kind_code") or None
    _settle_dates(draft, documents)


def _documents(draft: Draft, role: str) -> list[_Document]:
    day = draft.dates.get(f"{role}_date")
    numbers = draft.numbers.get(f"{role}_number", [])
    if not numbers:
        return [_Document(None, day, role == "grant" or _is_grant_in_words(draft, role))] if day else []
    return [
        _Document(number, day if place == 0 else None, role == "grant" or _is_grant(number, day))
        for place, number in enumerate(numbers)
    ]


def _is_grant(number: PublicationNumber, day: date | None) -> bool:
    if number.kind:
        return number.role(day) == "grant"
    return number.patent_type in ("实用新型", "外观设计")


def _is_grant_in_words(draft: Draft, role: str) -> bool:
    """Whether 公开(公告)日 without a number is the grant's, by 专利类型 发明授权, 实用新型 …."""
    words = draft.hint("patent_type").lower()
    return role == "publication" and any(word in words for word in _GRANT_WORDS)


def _settle_dates(draft: Draft, documents: list[_Document]) -> None:
    days = [document.day for document in documents if document.day]
    grants = [document.day for document in documents if document.day and document.is_grant]
    events = [day for day in (_event_day(draft, "公开"), _event_day(draft, "授权")) if day]
    draft.values["grant_date"] = min(grants, default=None) or _event_day(draft, "授权")
    draft.values["publication_date"] = min([*days, *events], default=None)
    if "examination_date" not in draft.values:
        draft.values["examination_date"] = _event_day(draft, "实审")


def _event_day(draft: Draft, kind: EventKind) -> date | None:
    """The earliest day of an event of this kind; other offices' events are too many to tell apart."""
    if draft.values.get("country") != "CN":
        return None
    return min((event.date for event in draft.events if event.kind == kind and event.date), default=None)
