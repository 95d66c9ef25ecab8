"""Patent numbers of every kind: the one door to reading and looking them up."""

from __future__ import annotations

import re

from patents.application_number import ApplicationNumber, check_digit, parse_application_number
from patents.errors import NumberError
from patents.half_width import compact, shown
from patents.number_forms import NumberReading, classify_numbers
from patents.publication_number import PublicationNumber, Role, parse_publication_number

__all__ = [
    "ApplicationNumber",
    "NumberReading",
    "PublicationNumber",
    "Role",
    "check_digit",
    "classify_numbers",
    "number_variants",
    "parse_application_number",
    "parse_number",
    "parse_publication_number",
]

# Of other offices: US15/123456 is an application, WO2019/123456 and US2017/0123456 are publications.
_FOREIGN_PUBLICATION = re.compile(
    r"(?!CN|ZL|PCT)[A-Z]{2}-?(?:[^/]*(?<!\.\d)|\d{4}/\d{1,7}(?:[A-Z]\d?)?|(?<=WO)\d\d/\d{5,6}(?:[A-Z]\d?)?)$"
)
# Kinds tried where a number of another office is looked up without one, and its series need one.
_KINDS = "ABCEHPSTUY"


def parse_number(text: str) -> ApplicationNumber | PublicationNumber:
    """Read a number of which the user does not say what it is.

    Twelve and eight digits are application numbers, seven digits publication numbers; of nine
    digits those that begin with 1, 2 or 3 are publication numbers, the others application numbers
    of 1985 to 2003 with their check digit. The eight digits of 1985–88 are both; they are read as the
    application number unless a kind letter follows.

    Raises:
        NumberError: it is neither; the message says what both look like.
    """
    number = compact(text)
    read = (parse_application_number, parse_publication_number)
    errors: list[NumberError] = []
    for parse in reversed(read) if _FOREIGN_PUBLICATION.match(number) else read:
        try:
            return parse(number)
        except NumberError as error:
            errors.append(error)
    reason = errors[0]
    if reason.code not in ("application-number-empty", "application-number-not-valid"):
        raise reason
    raise NumberError("number-not-valid", value=shown(text))


def number_variants(text: str) -> tuple[str, ...]:
    """Spellings under which a number may be found, the most exact first.

    A library registers `merge.record_numbers` of each record; whoever looks a number up tries
    these in order. `CN111534432B` finds the patent of which only the A is there; `CN1303169C` does
    not find the patent `CN1303169A`, which is another.

    Raises:
        NumberError: the text is no number.
    """
    number = parse_number(text)
    if isinstance(number, ApplicationNumber):
        return (number.key,)
    forms = [number.text, number.key]
    if number.series == "unknown":
        forms += [number.text + letter for letter in "AC"]
    if number.country != "CN":
        forms += _forms_elsewhere(number, text)
    return tuple(dict.fromkeys(forms))


def _forms_elsewhere(number: PublicationNumber, text: str) -> list[str]:
    """What the number is under each kind, where it has none, and as an application (KR10-2020-0012345)."""
    forms = [] if number.kind else [number.key + letter for letter in _KINDS]
    try:
        return [*forms, parse_application_number(text).key]
    except NumberError:
        return forms
