"""Numbers of offices other than China's: the usual spellings in, one canonical form out.

Portals write a US publication with six or seven digits behind the year, a WO one with two or four digits of
the year, a Korean one with and without the 10 of patents, and pad numbers with zeros or do not.

Source: WIPO Handbook on Industrial Property, part 7.2.1 (presentation of application numbers) and ST.6; the
EPO's list of DOCDB number formats.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from patents.office_codes import OFFICES

_PUNCTUATION = re.compile(r"[/,.\s-]")
_LETTERS_DIGITS = re.compile(r"([A-Z]*)(\d+)", re.ASCII)
_FIRST_PCT_YEAR = 1978
_US_APPLICATION = re.compile(r"(20\d\d)(?:[/-](\d{1,7})|(\d{6,7}))", re.ASCII)
_WO_PUBLICATION = re.compile(r"(?:((?:19|20)\d\d)[/-]?|(\d\d)/)(\d{5,6})|(\d\d)(\d{5,6})", re.ASCII)
_JP_PUBLICATION = re.compile(
    r"(?:((?:19|20)\d\d)|([MTSHR]\d{1,2}(?=[-/])|[MTSHR]\d\d))[-/]?(\d{1,6})", re.ASCII
)
_KR_YEAR_FORM = re.compile(r"(?:19|20)\d{9}", re.ASCII)
_KR_PREFIX = {"A": "10", "B": "10", "U": "20", "Y": "20", "S": "30"}
# Zeros in front of these offices' numbers are padding; elsewhere they may be the year 2000 to 2009.
_PADDED = frozenset({"US", "DE", "CA", "RU", "ES"})
_EP_DIGITS = 7

# An office's own letters that are another office's code: a Brazilian utility model, a Mexican application.
_OWN_LETTERS = {("BR", "MU"), ("MX", "PA"), ("MX", "NL")}


def office_in(number: str) -> str | None:
    """The office that a compact number begins with: CN for CN and ZL, WO for PCT; None for bare digits."""
    if number.startswith("PCT"):
        return "WO"
    head = number[:2]
    if head == "ZL":
        return "CN"
    if head not in OFFICES:
        return None
    return head if number[2:3].isdecimal() or any(map(str.isdecimal, number[3:])) else None


def with_office(number: str, office: str | None) -> str:
    """A compact number with the office in front, where it names none itself."""
    if not office or not number:
        return number
    own = office_in(number)
    return office + number if own is None or (office, own) in _OWN_LETTERS else number


def publication_body(country: str, written: str, kind: str | None) -> str:
    """The canonical part between country and kind.

    Args:
        country: two-letter code.
        written: the part as written, upper case, without spaces; / , . and - may stand in it.
        kind: kind of document; in Korea it tells the prefix 10 or 20.
    """
    canonical = _PUBLICATIONS.get(country)
    found = canonical(written, kind) if canonical else None
    if found is not None:
        return found
    body = _PUNCTUATION.sub("", written)
    match = _LETTERS_DIGITS.fullmatch(body)
    if match and country in _PADDED:
        return match[1] + (match[2].lstrip("0") or "0")
    return body


def _us(written: str, kind: str | None) -> str | None:
    match = _US_APPLICATION.fullmatch(written)
    return match[1] + (match[2] or match[3]).zfill(7) if match else None


def _wo(written: str, kind: str | None) -> str | None:
    match = _WO_PUBLICATION.fullmatch(written)
    if match is None:
        return None
    year, serial = match[1] or match[2] or match[4], match[3] or match[5]
    full = full_year(year)
    return f"{full}{serial.zfill(6)}" if _FIRST_PCT_YEAR <= full <= date.today().year + 1 else None


def _ep(written: str, kind: str | None) -> str | None:
    digits = _PUNCTUATION.sub("", written)
    return digits.lstrip("0").zfill(_EP_DIGITS) if digits.isdecimal() and len(digits) <= 8 else None


def _jp(written: str, kind: str | None) -> str | None:
    """Year or reign and serial; numbers of grants, seven digits, carry no year."""
    match = _JP_PUBLICATION.fullmatch(written)
    if match is None:
        return None
    if match[1]:
        is_grant = _PUNCTUATION.sub("", written) == written and len(written) < 9
        return None if is_grant else match[1] + match[3].zfill(6)
    return match[2][0] + match[2][1:].zfill(2) + match[3].zfill(6)


def _kr(written: str, kind: str | None) -> str | None:
    digits = _PUNCTUATION.sub("", written)
    if _KR_YEAR_FORM.fullmatch(digits) and kind and kind[0] in _KR_PREFIX:
        return _KR_PREFIX[kind[0]] + digits
    return digits if digits.isdecimal() else None


_PUBLICATIONS: dict[str, Callable[[str, str | None], str | None]] = {
    "US": _us,
    "WO": _wo,
    "EP": _ep,
    "JP": _jp,
    "KR": _kr,
}

# Offices where a grant bears the number of the published application, or where numbers of applications and
# of grants never have the same digits.
_ONE_NUMBER_OFFICES = frozenset(
    "AT AU BE BR CA CH DE EP ES FR GB IE IL LU NL NZ PT RO RU SG TW US WO".split()
)
# Utility models, and translations of European patents, count in series of their own.
_OWN_SERIES = {"U": "U", "Y": "U", "T": "T"}


def series_letter(country: str, body: str, kind: str | None) -> str:
    """What of the kind belongs to the patent's identity: "" where A1 and B1 behind the digits are one patent.

    In Korea they are one where the digits carry year and prefix (1020200012345); Japan, Poland, Ukraine …
    count applications and grants in series whose digits meet.
    """
    if not kind:
        return ""
    if country in _ONE_NUMBER_OFFICES or (country == "KR" and len(body) == 13):
        return _OWN_SERIES.get(kind[0], "")
    return kind[0]


_US_FILING = re.compile(r"(?:(?:19|20)\d\d)?(\d\d)/?(\d{3}),?(\d{3})", re.ASCII)
_EP_FILING = re.compile(r"(?:(?:19|20)(\d\d)0(\d{6})|(\d\d)(\d{6}))(?:\.?(\d))?", re.ASCII)
_JP_FILING = re.compile(r"((?:19|20)\d\d)-?(\d{6})|((?:19|20)\d\d)-(\d{1,6})", re.ASCII)
_KR_FILING = re.compile(r"([1-3]0)-?((?:19|20)\d\d)-?(\d{7})", re.ASCII)
# DOCDB puts the kind of application behind the number, and in Korea leaves the prefix of patents out.
_WITH_KIND = frozenset({"US", "EP", "JP", "KR"})
_KR_DOCDB = re.compile(r"((?:19|20)\d\d)(\d{7})([AU])", re.ASCII)
_TW_FILING = re.compile(r"0?(\d{8})|(\d{9})", re.ASCII)
_BR_FILING = re.compile(r"(?:PI|MU|C[1-9])?[\d.-]{7,20}", re.ASCII)
_PCT = re.compile(
    r"PCT[/-]?([A-Z]{2})[/-]?(\d{4}|\d{2})[/-]?(\d{5,6})|WO((?:19|20)\d\d)([A-Z]{2})0?(\d{5,6})W?", re.ASCII
)
_FILINGS: dict[str, re.Pattern[str]] = {
    "US": _US_FILING,
    "EP": _EP_FILING,
    "JP": _JP_FILING,
    "KR": _KR_FILING,
    "TW": _TW_FILING,
    "BR": _BR_FILING,
}


def fits_application(country: str, rest: str) -> bool:
    """Whether what stands behind the country has the form of its application numbers.

    True for offices whose forms are not known here.
    """
    form = _FILINGS.get(country)
    return form is None or form.fullmatch(rest) is not None


def application_rest(country: str, written: str) -> str:
    """What stands behind the country in the canonical form; as written where no form is known."""
    form = _FILINGS.get(country)
    docdb = _KR_DOCDB.fullmatch(written) if country == "KR" else None
    if docdb:
        return f"{_KR_PREFIX[docdb[3]]}-{docdb[1]}-{docdb[2]}"
    bare = written[:-1] if country in _WITH_KIND and written.endswith(("A", "U")) else written
    match = form.fullmatch(bare) if form else None
    if match is None:
        return written
    if country == "US":
        return f"{match[1]}/{match[2]}{match[3]}"
    if country == "EP":
        return f"{match[1] or match[3]}{match[2] or match[4]}" + (f".{match[5]}" if match[5] else "")
    if country == "JP":
        return f"{match[1] or match[3]}-{(match[2] or match[4]).zfill(6)}"
    if country == "KR":
        return f"{match[1]}-{match[2]}-{match[3]}"
    if country == "TW":
        return match[1] or match[2]
    return _PUNCTUATION.sub("", written)


def pct_number(number: str) -> str | None:
    """An international application in the form PCT/CN1999/000123; None where the text is none."""
    match = _PCT.fullmatch(number)
    if match is None:
        return None
    office, year, serial = match[1] or match[5], match[2] or match[4], match[3] or match[6]
    return f"PCT/{office}{full_year(year)}/{serial.zfill(6)}"


def full_year(digits: str) -> int:
    """A year of two or four digits: 78 to 99 are of the last century."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= _FIRST_PCT_YEAR % 100 else 2000)
