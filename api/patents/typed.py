"""What somebody typed: a number, a list of numbers, or a text; the one rule for every way to ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from api.live.snapshot import LiveSnapshot
from patents.application_number import ApplicationNumber
from patents.errors import InputError, NotFoundError, NumberError, QueryError
from patents.messages import text as message_text
from patents.number_forms import Number, classify_numbers
from patents.numbers import parse_number
from selection.language import field_coded, parse
from selection.language.fields import DIALECTS

# More than a reader can have judged; each is looked up by itself.
MOST_PATENTS = 200
# Longer texts are not read as a 检索式: prose of such a length holds any sign.
_LONGEST_QUERY = 4_000
# No text begins so: a mistyped number is refused, not searched for as words.
_MEANT_AS_NUMBER = re.compile(r"(?:CN|ZL)[\d .]{6,}[A-Z]?\d?", re.IGNORECASE)
# FIELD=… or FIELD:… in front; the brackets around and behind it are optional.
_FIELD = re.compile(r"[\s(（]*(?P<name>[A-Za-z][A-Za-z_-]{0,24})\s*[=:：]\s*(?P<bracket>[(（\[])?")
_SIMILAR = ("R", "RAD", "RPD")
# Where a word without a field is sought.
_ANYWHERE = re.compile(r"\b(?:ALL|MAINF)=")
_BOOLEAN = re.compile(r"\s(?:AND|OR|NOT)\s|[\u4e00-\u9fff)）]\s+(?:and|or|not)\s+\S")

Kind = Literal["text", "number", "numbers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed, and how it is taken.

    Attributes:
        kind: what it is.
        text: as typed, less white space at its ends.
        numbers: of patents that the library holds, or of one that it does not; empty for a text.
        notes: what was read in a way that may surprise.
    """

    kind: Kind
    text: str
    numbers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_typed(live: LiveSnapshot, typed: str) -> Typed:
    """Tell numbers of patents from a text.

    What has the length and form of a number is one. What may as well be something else, such as twelve bare
    digits, is one where the library holds it, and a text with a note where it does not.

    Raises:
        NumberError: it begins like a number and is none.
        NotFoundError: it is a list of numbers, and the library holds none of them.
        InputError: it is a 检索式, or lists too many numbers.
        QueryError: it is a 检索式 with an error.
    """
    text = typed.strip()
    reading = classify_numbers(text)
    if reading.sort == "none":
        if _MEANT_AS_NUMBER.fullmatch(text):
            parse_number(text)
        return Typed(kind="text", text=text, notes=_notes_on_query(text))
    if len(reading.numbers) > MOST_PATENTS:
        raise InputError("search-too-many-patents", asked=len(reading.numbers), most=MOST_PATENTS)
    if reading.sort == "numbers":
        return _listed(live, text, reading.numbers, reading.is_certain)
    held = next((number for number in (text, reading.numbers[0].text) if _holds(live, number)), None)
    if held is None and not reading.is_certain:
        return Typed(kind="text", text=text, notes=(message_text("typed-number-not-held", number=text),))
    return Typed(kind="number", text=text, numbers=(held or text,))


def _listed(live: LiveSnapshot, text: str, numbers: tuple[Number, ...], certain: bool) -> Typed:
    held = [number for number in numbers if _holds(live, number.text)]
    missing = [number.text for number in numbers if number not in held]
    if not held and not certain:
        note = message_text("typed-numbers-not-held", count=len(missing))
        return Typed(kind="text", text=text, notes=(note,))
    if not held:
        raise NotFoundError("patents-not-found", count=len(missing), numbers="、".join(missing))
    notes = [message_text("typed-numbers", count=len(numbers), query=_query_for(held))]
    if missing:
        notes.append(message_text("typed-numbers-missing", count=len(missing), numbers="、".join(missing)))
    return Typed(kind="numbers", text=text, numbers=tuple(number.text for number in held), notes=tuple(notes))


def _query_for(numbers: Sequence[Number]) -> str:
    """The 检索式 that lists some patents."""
    filed = [number.text for number in numbers if isinstance(number, ApplicationNumber)]
    published = [number.text for number in numbers if not isinstance(number, ApplicationNumber)]
    named = (("PN", published), ("AN", filed))
    return " or ".join(f"{field}=({' or '.join(those)})" for field, those in named if those)


def _holds(live: LiveSnapshot, number: str) -> bool:
    try:
        found = live.library.store.find(number)
    except NumberError:  # several patents bear it: who looks it up says so
        return True
    return found is not None and found.key in live.rows_by_key


def _notes_on_query(text: str) -> tuple[str, ...]:
    """Refuse a 检索式; note where a text may be one.

    Raises:
        InputError: it is one, with what to ask instead.
        QueryError: it is one and wrong.
    """
    if len(text) > _LONGEST_QUERY:
        return ()
    if _is_query(text):
        raise InputError("typed-query", query=text)
    if _BOOLEAN.search(text) and _canonical(text) is not None:
        return (message_text("typed-like-query", query=text),)
    return ()


def _is_query(text: str) -> bool:
    """Whether a text asks for fields.

    Raises:
        QueryError: it begins with a field and a bracket, and does not parse.
    """
    first = _FIELD.match(text)
    if first is None or not _is_field(first["name"].upper()):
        return False
    if first["bracket"] and first["name"].upper() not in _SIMILAR:
        parse(text, None)
        return True
    written = _canonical(text)
    return written is not None and bool(_ANYWHERE.search(text) or not _ANYWHERE.search(written))


def _is_field(name: str) -> bool:
    return name in _SIMILAR or any(field_coded(name, dialect) is not None for dialect in DIALECTS)


def _canonical(text: str) -> str | None:
    """A text as a canonical 检索式; None where it does not parse."""
    try:
        return parse(text, None).canonical
    except QueryError:
        return None
