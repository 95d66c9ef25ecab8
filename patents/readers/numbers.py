"""Numbers of a row: read at once where they name their office, else when the whole row is known."""

from __future__ import annotations

import re
from typing import Literal

from patents.errors import NumberError
from patents.foreign_numbers import fits_application, office_in
from patents.half_width import compact
from patents.messages import message
from patents.numbers import (
    ApplicationNumber,
    PublicationNumber,
    check_digit,
    parse_application_number,
    parse_publication_number,
)
from patents.readers.cells import Cell, as_text
from patents.readers.draft import BareNumber, Bound, Draft
from patents.readers.offices import office_code
from patents.readers.results import Finding, shown

_SEPARATORS = re.compile(r"[\s;；|,，、]+")
_SLASH = re.compile(r"\s*/\s*")
_SHORTEST = 6
_FULL_CHINESE = re.compile(r"\d{12}\.?[\dX]", re.ASCII)
_NUMBERED_FIELDS = ("publication_number", "first_publication_number", "grant_number")


def put_application_number(draft: Draft, bound: Bound, cell: Cell) -> None:
    """申请号 or 专利号; a wrong check digit is a warning."""
    text = as_text(cell)
    if _is_bare(text):
        draft.bare.append(BareNumber(bound, text, "application"))
    else:
        _take(draft, bound, text, "application", None)


def put_publication_number(draft: Draft, bound: Bound, cell: Cell) -> None:
    """A publication number, or several (Espacenet lists A and B in one cell)."""
    text = as_text(cell)
    if _is_bare(text):
        draft.bare.append(BareNumber(bound, text, "publication"))
    else:
        _take(draft, bound, text, "publication", None)


def _is_bare(text: str) -> bool:
    """Whether the number names no office; most name China's, which is seen at once."""
    return not text.startswith(("CN", "ZL")) and office_in(compact(text)) is None


def settle_bare_numbers(draft: Draft) -> None:
    """Read the numbers that name no office by what the row and the table say of it."""
    for bound, text, sort in draft.bare:
        try:
            _take(draft, bound, text, sort, _office(draft, text, sort))
        except NumberError as error:
            draft.raw.append((bound.column, text))
            draft.number_findings.append(Finding(draft.row, bound.column, shown(text), error.message))


def _office(draft: Draft, text: str, sort: Literal["application", "publication"]) -> str | None:
    """The office of a number without prefix; None where there is no reason to think of any but China's.

    The office that the row states decides, unless the number cannot be of it; then the row's other numbers
    do. A number of which nothing is known is not believed to be Chinese beside foreign ones: EP, TW, BR, US
    and KR numbers have the same forms.

    Raises:
        NumberError: the office is not known.
    """
    evidence = draft.evidence
    if evidence is None or evidence.office is not None:
        return evidence.office if evidence else None
    stated = office_code(draft.hint("country"))
    named = [office for office in _offices_named(draft) if office != "WO"]
    if not (stated or named or evidence.has_foreign_rows):
        return None
    number = compact(text)
    for office in ([stated] if stated else []) + named:
        if office == "CN" or sort == "publication" or fits_application(office, number):
            return office
    if sort == "application" and _is_full_chinese(number, draft):
        return "CN"
    if stated is None:
        raise NumberError("number-office-unknown", value=shown(text))
    return stated


def _offices_named(draft: Draft) -> list[str]:
    found = [draft.application.country] if draft.application else []
    return found + [number.country for numbers in draft.numbers.values() for number in numbers]


def _is_full_chinese(number: str, draft: Draft) -> bool:
    """Twelve digits with their right check digit, of the year of the filing date where there is one."""
    if not _FULL_CHINESE.fullmatch(number):
        return False
    try:
        read = parse_application_number(number)
    except NumberError:
        return False
    filed = draft.day("filing_date")
    return read.check_ok is True and (filed is None or filed.year == read.year)


def _take(
    draft: Draft, bound: Bound, text: str, sort: Literal["application", "publication"], office: str | None
) -> None:
    """Put what the cell holds into the draft.

    Raises:
        NumberError: the cell holds no number.
    """
    try:
        _put(draft, bound, _read(text, sort, office), text)
    except NumberError:
        several = _several(text, sort, office)
        if several:
            _put_several(draft, bound, several, text)
            return
        other = _read_other(text, sort, office)
        if other is None:
            raise
        _put(draft, bound, other, text)
        if isinstance(other, ApplicationNumber):
            reason = message("number-is-an-application")
        else:
            reason = message("number-is-a-publication")
        draft.warn(bound.column, text, reason)


def _read(text: str, sort: str, office: str | None) -> ApplicationNumber | PublicationNumber:
    if sort == "application":
        return parse_application_number(text, office)
    return parse_publication_number(text, office)


def _read_other(text: str, sort: str, office: str | None) -> ApplicationNumber | PublicationNumber | None:
    """The number of the other sort, where its form leaves no doubt: CN98101234A among publications."""
    try:
        if sort == "publication":
            application = parse_application_number(text, office)
            return application if application.country == "CN" else None
        publication = parse_publication_number(text, office)
        return publication if publication.country == "CN" and publication.kind else None
    except NumberError:
        return None


def _several(text: str, sort: str, office: str | None) -> list[ApplicationNumber | PublicationNumber] | None:
    """The numbers of a cell that holds more than one, each of either sort; None where a piece is none."""
    for separators in (_SEPARATORS, _SLASH):
        pieces = [piece for piece in separators.split(text) if piece]
        if len(pieces) < 2 or min(map(len, pieces)) < _SHORTEST:
            continue
        try:
            return [_read_either(piece, sort, office) for piece in pieces]
        except NumberError:
            continue
    return None


def _read_either(text: str, sort: str, office: str | None) -> ApplicationNumber | PublicationNumber:
    try:
        return _read(text, sort, office)
    except NumberError:
        other = _read_other(text, sort, office)
        if other is None:
            raise
        return other


def _put_several(
    draft: Draft, bound: Bound, numbers: list[ApplicationNumber | PublicationNumber], text: str
) -> None:
    for number in numbers:
        _put(draft, bound, number, text)
    applications = {number.key for number in numbers if isinstance(number, ApplicationNumber)}
    if _are_of_several_patents(numbers):
        draft.warn(bound.column, text, message("several-publications-in-cell"))
    if len(applications) > 1:
        draft.warn(bound.column, text, message("several-numbers-in-cell", count=len(applications)))


def _are_of_several_patents(numbers: list[ApplicationNumber | PublicationNumber]) -> bool:
    """Whether two publications are of one office and kind: A and B of a patent may differ in their digits."""
    bodies: dict[tuple[str, str], set[str]] = {}
    for number in numbers:
        if isinstance(number, PublicationNumber) and number.kind:
            bodies.setdefault((number.country, number.kind[0]), set()).add(number.body)
    return any(len(found) > 1 for found in bodies.values())


def _put(draft: Draft, bound: Bound, number: ApplicationNumber | PublicationNumber, text: str) -> None:
    if isinstance(number, ApplicationNumber):
        _put_application(draft, bound, number, text)
    else:
        _put_publication(draft, bound, number)


def _put_application(draft: Draft, bound: Bound, number: ApplicationNumber, text: str) -> None:
    if draft.application is None:
        draft.application = number
    elif draft.application.key != number.key and (bound.column, text) not in draft.portal_values:
        draft.portal_values.append((bound.column, text))
    if number.check_ok is False:
        right = check_digit(number.body)
        wrong = message("number-check-digit-wrong", right=right, given=number.check_digit)
        draft.warn(bound.column, text, wrong)


def _put_publication(draft: Draft, bound: Bound, number: PublicationNumber) -> None:
    field = bound.field if bound.field in _NUMBERED_FIELDS else "publication_number"
    found = draft.numbers.setdefault(field, [])
    if number not in found:
        found.append(number)
    if not number.kind_ok:
        draft.warn(bound.column, number.text, message("kind-contradicts-number", kind=number.kind))
