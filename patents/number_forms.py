"""Whether a text that somebody typed is a number, a list of numbers, or words.

CO2, IL-6, MD5, ISO9001 and GB50011 begin with the code of an office and are no numbers: a number has the
length and the form that its office gives it.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from patents.application_number import ApplicationNumber, parse_application_number
from patents.errors import NumberError
from patents.foreign_numbers import office_in
from patents.half_width import compact, fold
from patents.publication_number import PublicationNumber, parse_publication_number

Number = ApplicationNumber | PublicationNumber

LONGEST = 40
"""Characters of one number with everything that may stand in it."""

_LABEL = re.compile(r"(?:专利|申请|公开|公告|公布|授权)+(?:\((?:公开|公告)\))?号码?\s*:?\s*")
_SEPARATORS = re.compile(r"[;,、|\n\r\t]+")
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]{6}")

_DIGITS = re.compile(r"\d{6,13}", re.ASCII)
_SMALL = frozenset("AM BG BY EE LT LU LV MD MY SI SK TH TR UA".split())
_SMALL_DIGITS = re.compile(r"\d{4,13}", re.ASCII)
_BODIES: dict[str, re.Pattern[str]] = {
    office: re.compile(form, re.ASCII)
    for office, form in (
        ("US", r"20\d{9}|\d{6,8}|(?:D|PP|RE|H|T|AI)\d{4,7}"),
        ("WO", r"(?:19|20)\d{8}"),
        ("EP", r"\d{7}"),
        ("JP", r"\d{7}|(?:19|20)\d{8}|[MTSHR]\d{8}|WO(?:19|20)\d{8}"),
        ("KR", r"\d{9}|\d{11}|\d{13}|(?:19)?\d{8}"),
        ("TW", r"[IMD]\d{6}|\d{6}|20\d{7}"),
        ("GB", r"[12]?\d{6}"),
        ("BR", r"(?:PI|MU|DI|C\d)?\d{7,12}"),
        ("MX", r"(?:PA|NL|GT|JL)?\d{6,10}"),
        ("AT", r"E?\d{6}|A?\d{8,9}"),
        ("HR", r"P?\d{6,10}A?"),
        ("HU", r"[PUTD]?\d{6,8}"),
        ("ID", r"\d{4}PID\d{5}|[PS]?\d{6,12}"),
        ("IN", r"\d+(?:[A-Z]{2,5})(?:19|20)\d\d|\d{6,12}"),
    )
}
_FILINGS: dict[str, re.Pattern[str]] = {
    office: re.compile(form, re.ASCII)
    for office, form in (
        ("US", r"\d\d/\d{6}"),
        ("EP", r"\d{8}\.\d"),
        ("JP", r"\d{4}-\d{6}"),
        ("KR", r"\d0-\d{4}-\d{7}"),
        ("DE", r"\d{12}\.\d|\d{7}\.\d"),
        ("GB", r"\d{7}\.\d"),
    )
}
# Spellings in which / , or - stand inside a publication number: US2017/0123456, WO01/86746, JP2010-123456.
_PUNCTUATED = re.compile(
    r"(?:US(?:20\d\d/\d{6,7}|\d{1,2},\d{3},\d{3})|WO(?:\d\d|\d{4})/\d{5,6}|JP(?:\d{4}|[MTSHR]\d\d?)-\d{4,6}"
    r"|KR[123]0-\d{4}-\d{7}|[A-Z]{2}-[A-Z]{0,2}\d+)-?(?:[A-Z]\d?)?",
    re.ASCII,
)
_PUNCTUATION = re.compile(r"[/,.-]")
# Offices whose numbers without a kind are not met as the name of anything else.
_WELL_KNOWN = frozenset({"US", "EP", "WO", "JP", "KR", "DE"})


class NumberReading(NamedTuple):
    """What a typed text is, as far as its form tells.

    Attributes:
        sort: one number, several in a list, or none.
        numbers: read, in order, each once.
        is_certain: False where the text may as well be something else, such as twelve bare digits; who
            answers it looks whether the library holds the number, and else searches the words.
    """

    sort: Literal["number", "numbers", "none"]
    numbers: tuple[Number, ...] = ()
    is_certain: bool = False


_NONE = NumberReading("none")


def classify_numbers(text: str) -> NumberReading:
    """Tell a number and a list of numbers from any other text.

    Numbers of a list are separated by ; , 、 | line ends or blanks, and each of them has the form of one.
    """
    folded = _LABEL.sub("", fold(text)).strip("。.;,、 \t\r\n")
    if not any(map(str.isdecimal, folded)):
        return _NONE
    alone = _number(folded)
    if alone is not None:
        return NumberReading("number", (alone,), _is_certain(alone, folded))
    pieces = [piece.strip() for piece in _SEPARATORS.split(folded) if piece.strip()]
    listed = _numbers(pieces) or _numbers(_BLANKS.split(folded))
    if listed is None:
        return _NONE
    certain = any(_is_certain(number, piece) for number, piece in listed)
    numbers = tuple(dict.fromkeys(number for number, _ in listed))
    return NumberReading("numbers" if len(numbers) > 1 else "number", numbers, certain)


def _numbers(pieces: list[str]) -> list[tuple[Number, str]] | None:
    if len(pieces) < 2:
        return None
    listed = []
    for piece in pieces:
        number = _number(piece)
        if number is None:
            return None
        listed.append((number, piece))
    return listed


def _number(piece: str) -> Number | None:
    if len(piece) > LONGEST or _WORD.search(piece):
        return None
    number = compact(piece)
    try:
        application = parse_application_number(number)
    except NumberError:
        application = None
    if application is not None and _is_filed(application):
        return application
    return _published(number)


def _is_filed(number: ApplicationNumber) -> bool:
    if number.country in ("CN", "WO"):
        return number.country == "CN" or number.body.startswith("PCT")
    form = _FILINGS.get(number.country)
    return form is not None and form.fullmatch(number.body) is not None


def _published(number: str) -> PublicationNumber | None:
    try:
        read = parse_publication_number(number)
    except NumberError:
        return None
    if read.country == "CN":
        return read
    if _PUNCTUATION.search(number) and not _PUNCTUATED.fullmatch(number):
        return None
    digits = min(_digits(number.removesuffix(read.kind or "")), _digits(read.body))
    if digits < (5 if read.kind or read.country in _SMALL else 6):
        return None
    default = _SMALL_DIGITS if read.country in _SMALL and read.kind else _DIGITS
    return read if _BODIES.get(read.country, default).fullmatch(read.body) else None


def _digits(text: str) -> int:
    return sum(map(str.isdecimal, text))


def _is_certain(number: Number, piece: str) -> bool:
    """Whether the text can hardly be anything but this number."""
    if isinstance(number, ApplicationNumber):
        return number.country != "CN" or office_in(compact(piece)) is not None or number.check_ok is True
    if number.kind is not None or office_in(compact(piece)) == "CN":
        return True
    # USD100000 is an American design, and a price.
    return number.country in _WELL_KNOWN and number.body.isdecimal()
