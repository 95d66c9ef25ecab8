"""Publication numbers (公开(公告)号): spellings in, one canonical form out, and what they stand for.

How China numbered its documents decides which of them are one patent when no application number is
there to tell:

- 1985–88: eight digits, the application number itself; all documents of a patent carry it.
- 1989–2007, seven digits beginning with 1: published applications (A) count from 1030001, examined
  and granted ones (审定 B, then C) count from 1003001 in a series of their own: equal digits under
  A and C are two different patents. A grant of after 2010-04-07 (B) keeps the digits of its A.
- from 2007, nine digits: a grant keeps the digits of the application; 100… are grants of
  applications that were published with seven digits.
- numbers beginning with 2 (实用新型) and 3 (外观设计) have one document each.

Source: ZC 0007-2004 and ZC 0007-2012, 中国专利文献号.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from patents.errors import NumberError
from patents.foreign_numbers import publication_body, series_letter, with_office
from patents.half_width import SHORTENED, compact, shown
from patents.office_codes import OFFICES
from patents.record import PatentType

Role = Literal["application", "examined", "grant", "unknown"]

_TYPES: dict[str, PatentType] = {"1": "发明", "2": "实用新型", "3": "外观设计"}
_KINDS_OF_TYPE = {"1": "ABCIKW", "2": "UYIKW", "3": "SDIKW"}
_CHINESE = re.compile(r"(?:CN|ZL)?-?(\d{9}|\d{7}|8[5-8][1-3]\d{5})-?([ABCDIKSUWY]\d?)?(?:\.0)?", re.ASCII)
_FOREIGN = re.compile(r"([A-Z]{2})-?([A-Z]{0,3}\d(?:[A-Z0-9/,.-]*?\d)??)-?([A-Z]\d?)?", re.ASCII)
_FIRST_SEVEN_DIGIT_A = 1030001
_LAST_SEVEN_DIGIT_C = 1340000
EXAMINED_UNTIL = date(1993, 1, 6)


@dataclass(frozen=True, slots=True)
class PublicationNumber:
    """One publication number.

    Attributes:
        text: canonical form, `CN111534432A`; without kind where none was given.
        country: two-letter code of the office.
        body: the number between country and kind, `111534432`.
        kind: kind of document, `A`, `B`, `B9`; None when not given.
        patent_type: for CN from the leading digit; None elsewhere.
    """

    text: str
    country: str
    body: str
    kind: str | None
    patent_type: PatentType | None

    @property
    def kind_ok(self) -> bool:
        """Whether the kind fits the leading digit (CN…U begins with 2); True where none is given."""
        if self.country != "CN" or self.kind is None:
            return True
        return self.kind[0] in _KINDS_OF_TYPE[_type_digit(self.body)]

    @property
    def key(self) -> str:
        """The same for all documents of one patent, as far as the digits alone can tell.

        `CN111534432` for A, B and no kind; `CN1303169A` and `CN1303169C` are two patents, and
        `CN1303169` without kind, which may be either, is neither.
        """
        if self.country != "CN":
            return self.country + self.body + series_letter(self.country, self.body, self.kind)
        series = self.series
        return f"CN{self.body}{series}" if series in ("A", "C") else "CN" + self.body

    @property
    def series(self) -> Literal["A", "C", "one", "unknown"]:
        """Which of the two series a seven-digit number of an invention counts in; else "one"."""
        if self.country != "CN" or len(self.body) != 7 or self.body[0] != "1":
            return "one"
        return _series(int(self.body), self.kind[0] if self.kind else "")

    @property
    def application_body(self) -> str | None:
        """Application number (without check digit) that the number itself carries, 1985–88 only."""
        return self.body if self.country == "CN" and len(self.body) == 8 else None

    def role(self, day: date | None = None) -> Role:
        """What the document is: a published application, an examined one (审定), or a grant.

        Args:
            day: publication date; decides whether a seven-digit B is 审定 (before 1993) or a grant.
        """
        letter = self.kind[0] if self.kind else ""
        if self.country != "CN":
            return _role_elsewhere(self.country, self.kind)
        if letter == "B" and _is_examined(self.body, day):
            return "examined"
        return _ROLES.get(letter, "unknown")


_ROLES: dict[str, Role] = {
    "A": "application",
    "B": "grant",
    "C": "grant",
    "U": "grant",
    "Y": "grant",
    "S": "grant",
    "D": "grant",
}


def _role_elsewhere(country: str, kind: str | None) -> Role:
    """Other offices: A is an application but was the grant in the US until 2001; U is laid open in JP, KR."""
    if not kind:
        return "unknown"
    if kind[0] == "A":
        return "grant" if country == "US" and kind == "A" else "application"
    if kind[0] == "U" and country in ("JP", "KR"):
        return "application"
    return "grant" if kind[0] in "BCEPSUY" else "unknown"


def _type_digit(body: str) -> str:
    return body[2] if len(body) == 8 else body[0]


def _series(number: int, letter: str) -> Literal["A", "C", "unknown"]:
    if letter == "A":
        return "A"
    if letter == "C" or number < _FIRST_SEVEN_DIGIT_A:
        return "C"
    return "A" if letter == "B" or number >= _LAST_SEVEN_DIGIT_C else "unknown"


def _is_examined(body: str, day: date | None) -> bool:
    if day is not None:
        return day < EXAMINED_UNTIL
    return len(body) == 8 or (len(body) == 7 and int(body) < _FIRST_SEVEN_DIGIT_A)


def parse_publication_number(text: str, office: str | None = None) -> PublicationNumber:
    """Read a publication number in any spelling.

    Args:
        text: the number.
        office: two-letter code of the office, where something beside the number states it; digits alone
            are taken as Chinese without it.

    Raises:
        NumberError: empty, shortened by a spreadsheet, or of no form that is known.
    """
    number = with_office(compact(text), office if office != "CN" else None)
    match = _CHINESE.fullmatch(number)
    if match and (match[1][0] in "123" or len(match[1]) == 8):
        body, kind = match[1], match[2]
        return PublicationNumber(f"CN{body}{kind or ''}", "CN", body, kind, _TYPES[_type_digit(body)])
    return _foreign(number, text)


def _foreign(number: str, text: str) -> PublicationNumber:
    match = _FOREIGN.fullmatch(number)
    if match and match[1] in OFFICES and match[1] != "CN":
        country, kind = match[1], match[3]
        body = publication_body(country, match[2], kind)
        return PublicationNumber(f"{country}{body}{kind or ''}", country, body, kind, None)
    if SHORTENED.fullmatch(number):
        raise NumberError("number-shortened-by-spreadsheet", value=shown(text))
    if not number:
        raise NumberError("publication-number-empty")
    raise NumberError("publication-number-not-valid", value=shown(text))
