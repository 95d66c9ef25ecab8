"""Application numbers (申请号): spellings in, one canonical form out.

Chinese numbers: `YYYY T NNNNNNN.C` from October 2003, `YY T NNNNN.C` before. T is the type
(1 发明, 2 实用新型, 3 外观设计, 8 PCT 发明, 9 PCT 实用新型), C the check digit.
Source: ZC 0006-2003, 专利申请号标准 (国家知识产权局).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from operator import mul

from patents.errors import NumberError
from patents.foreign_numbers import application_rest, pct_number, with_office
from patents.half_width import SHORTENED, compact, shown
from patents.office_codes import OFFICES
from patents.record import PatentType

FIRST_YEAR = 1985
LAST_OLD_YEAR = 2003
_TYPES: dict[str, PatentType] = {"1": "发明", "2": "实用新型", "3": "外观设计", "8": "发明", "9": "实用新型"}
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)

# A kind letter may follow, as DOCDB and lens.org write them: CN 201710601862 A, CN 98101234 A; behind the
# eight digits of 1985 to 1988 it makes a publication number.
_CHINESE = re.compile(
    r"(?:CN|ZL)*(?:(\d{12})\.?([\dX])?[AUFW]?|(\d{8})\.?([\dX])?|((?:89|9\d|0[0-3])\d{6})[AUFW])", re.ASCII
)
_CANONICAL = re.compile(r"CN(\d{12}|\d{8})\.[\dX]", re.ASCII)
_FLOAT = re.compile(r"(?:CN|ZL)*\d{12}[\dX]\.0|(?:CN|ZL)*\d{9}\.0", re.ASCII)
_FOREIGN = re.compile(r"([A-Z]{2})[-.]?((?=.*\d)[A-Z0-9][A-Z0-9/.,-]*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class ApplicationNumber:
    """One application number.

    Attributes:
        text: canonical form, `CN201710601862.3`, `US15/123456`; as written, upper case and without spaces
            where an office's form is not known.
        country: two-letter code of the office.
        body: for CN 12 or 8 digits without the check digit; elsewhere all after the country.
        check_digit: the digit as given, else as computed; None outside CN.
        check_ok: whether the given digit is right; None when none was given, and outside CN.
        patent_type: from the type digit; None outside CN.
        year: filing year as the number has it; None outside CN.
    """

    text: str
    country: str
    body: str
    check_digit: str | None
    check_ok: bool | None
    patent_type: PatentType | None
    year: int | None

    @property
    def key(self) -> str:
        """The same for every spelling: without the check digit, `CN201710601862`."""
        return "CN" + self.body if self.country == "CN" else self.text


def check_digit(body: str) -> str:
    """Compute the check digit of 12 or 8 digits.

    Weights 2..9, 2..5 from the left; the sum modulo 11; 10 is written X.
    """
    return "0123456789X"[sum(map(mul, _WEIGHTS, map(int, body))) % 11]


def parse_application_number(text: str, office: str | None = None) -> ApplicationNumber:
    """Read an application number in any spelling.

    CN and ZL prefixes, spaces, full-width characters, a missing dot or check digit and a lower-case
    x are accepted. A wrong check digit stays, and `check_ok` says so, but a wrong ".0" is what
    spreadsheets add to a number without one. Eight digits of 1985 to 2003
    and twelve from 2003 are Chinese without any prefix, unless another office is stated.

    Args:
        text: the number.
        office: two-letter code of the office, where something beside the number states it.

    Raises:
        NumberError: empty, shortened by a spreadsheet (2.02E+12), an absurd year or type, or of no
            form that is known.
    """
    number = with_office(compact(text), office if office != "CN" else None)
    match = _CHINESE.fullmatch(number)
    if match:
        body, given = match[1] or match[3] or match[5], match[2] or match[4]
        if given == "0" and number.endswith(".0") and check_digit(body) != "0":
            given = None
        return _chinese(body, given, text)
    return _unusual(number, text)


def _chinese(body: str, given: str | None, text: str) -> ApplicationNumber:
    year, type_digit = _year(body), body[4] if len(body) == 12 else body[2]
    _require_plausible(body, year, text)
    if type_digit not in _TYPES:
        raise NumberError("application-number-type-wrong", value=shown(text), digit=type_digit)
    right = check_digit(body)
    digit = given or right
    ok = None if given is None else given == right
    return ApplicationNumber(f"CN{body}.{digit}", "CN", body, digit, ok, _TYPES[type_digit], year)


def filing_year(number: str | None) -> int | None:
    """The year that a canonical Chinese application number carries; None for any other."""
    match = _CANONICAL.fullmatch(number) if number else None
    return _year(match[1]) if match else None


def _year(body: str) -> int:
    if len(body) == 12:
        return int(body[:4])
    short = int(body[:2])
    return 1900 + short if short >= 50 else 2000 + short


def _require_plausible(body: str, year: int, text: str) -> None:
    is_new = len(body) == 12
    first, last = (LAST_OLD_YEAR, date.today().year + 1) if is_new else (FIRST_YEAR, LAST_OLD_YEAR)
    if not first <= year <= last:
        raise NumberError(
            "application-number-year-wrong",
            value=shown(text),
            year=year,
            digits=len(body),
            first=first,
            last=last,
        )


def _unusual(number: str, text: str) -> ApplicationNumber:
    if _FLOAT.fullmatch(number):
        return parse_application_number(number[:-2])
    if SHORTENED.fullmatch(number):
        raise NumberError("number-shortened-by-spreadsheet", value=shown(text))
    pct = pct_number(number)
    if pct:
        return ApplicationNumber(pct, "WO", pct, None, None, None, None)
    match = _FOREIGN.fullmatch(number)
    if match and match[1] in OFFICES and match[1] != "CN":
        rest = application_rest(match[1], match[2])
        return ApplicationNumber(match[1] + rest, match[1], rest, None, None, None, None)
    if not number:
        raise NumberError("application-number-empty")
    raise NumberError("application-number-not-valid", value=shown(text))
