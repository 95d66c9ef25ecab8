"""What rows state of a patent: the algebra by which records merge.

A *statement* is one value under one name, with the date and standing of the row that made it. A name is
a field (`title`), a column of a field of pairs (`raw:专利度`), the number or day of one document
(`publication_date:CN111534432A`) or a place within a province (`city:广东省`). A patent is the best
statement under each name, in a total order of statements: rank, then date, then standing, then a fixed
preference between values. Joining two patents takes the better statement name by name, so that joining is
idempotent, commutative and associative whatever the rows say: a row that was joined once changes nothing
when it is joined again, and the order of rows does not matter.

Record and dates are the form in which statements are stored: `of_record` reads them, `to_record` writes
them, and `of_record(to_record(s)) == s`. What the record cannot show goes into `AsOf.beside`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import NamedTuple

import msgspec

from patents.application_number import parse_application_number
from patents.as_of import AsOf, Dated
from patents.errors import NumberError
from patents.language import is_chinese
from patents.publication_history import is_application, standing
from patents.record import PatentRecord
from patents.record_changes import FIELDS

TEXT_FIELDS = (
    "title",
    "abstract",
    "first_claim",
    "claims",
    "description",
    "claim_count",
    "title_en",
    "abstract_en",
    "language",
)
ALL_TEXT = ("*",)
WORDS = frozenset({"title", "abstract", "first_claim", "claims", "description"})
"""Texts of which a Chinese one counts before one in another language, whatever their dates."""

DOCUMENTS = (("publication_number", "publication_date"), ("grant_number", "grant_date"))
PLACES = ("city", "county")
PAIR_FIELDS = ("industries", "portal_values", "raw")
# A known status says that these are empty: no lapse date while 有效.
STATUS_FIELDS = ("legal_text", "lapse_reason", "lapse_date")
PLAIN_FIELDS = tuple(
    name
    for name in FIELDS
    if name
    not in {
        *TEXT_FIELDS,
        *STATUS_FIELDS,
        *PLACES,
        *PAIR_FIELDS,
        "ipc",
        "reader",
        *DOCUMENTS[0],
        *DOCUMENTS[1],
    }
)
_plain_values, _text_values = attrgetter(*PLAIN_FIELDS), attrgetter(*TEXT_FIELDS)
_EMPTY = (None, "", (), "未知")
_DAY = "publication_date:"
_CHINESE = 2
"""What Chinese text adds to a rank; the grant's text adds 1."""

_STATES = ("审中", "有效", "失效")
_ENCODER = msgspec.json.Encoder()


class Statement(NamedTuple):
    """A value and what makes it count.

    Attributes:
        rank: what counts before any date: Chinese text, then the grant's text; see `_rank`.
        day: as-of date. standing: of the row. value: None, "" and () where the row says that there is
            none.
    """

    rank: int
    day: date
    standing: int
    value: object


Statements = dict[str, Statement]


def better(name: str, one: Statement, other: Statement) -> Statement:
    """The one that counts of two statements under one name: the maximum of a total order."""
    if one[:3] != other[:3]:
        return one if one[:3] > other[:3] else other
    if one.value == other.value:
        return one
    return one if _preference(name, one.value) > _preference(name, other.value) else other


def join(one: Statements, other: Statements) -> Statements:
    """The best of both under each name; `one` itself where the other adds nothing."""
    found = one
    for name, statement in other.items():
        known = one.get(name)
        best = statement if known is None else better(name, known, statement)
        if best is not known:
            found = dict(one) if found is one else found
            found[name] = best
    return found


def of_record(dated: Dated) -> Statements:
    """Read what a row, or a stored patent, states."""
    record, as_of = dated
    base, days, standings, beside = as_of.base, as_of.fields, as_of.standings, as_of.beside
    usual = standing(record) if as_of.standing is None else as_of.standing
    granted = TEXT_FIELDS if as_of.grant_text == ALL_TEXT else as_of.grant_text
    found: Statements = {}
    for name, label, value in _all_shown(record, days):
        if label not in beside:
            own = standings.get(label, usual)
            found[name] = Statement(_rank(name, value, own, granted), days.get(label, base), own, value)
    for name, texts in beside.items():
        if texts:
            own, value = standings.get(name, usual), _value(name, texts)
            found[name] = Statement(_rank(name, value, own, granted), days.get(name, base), own, value)
    return found


def _all_shown(record: PatentRecord, days: Mapping[str, date]) -> Iterator[tuple[str, str, object]]:
    yield from _shown(record)
    for name in STATUS_FIELDS:
        value = getattr(record, name)
        if value not in _EMPTY or name in days or says_empty(record.legal_state, name):
            yield name, name, value


def to_record(statements: Statements, record: PatentRecord, base: date) -> Dated:
    """Write statements as the dates of a record.

    Args:
        statements: of the patent.
        record: what they come to, see `patents.merged_fields`.
        base: the newest date of its rows.
    """
    labels: dict[str, str] = {name: name for name in STATUS_FIELDS if name in statements}
    beside: dict[str, tuple[str, ...]] = {}
    for name, label, value in _shown(record):
        if name in statements and statements[name].value == value:
            labels[name] = label
        else:
            beside[label] = ()
    for name in statements.keys() - labels.keys():
        labels[name] = name
        beside[name] = _texts(statements[name].value)
    usual = _usual_standing(statements, standing(record))
    fields, standings = {}, {}
    for name, label in labels.items():
        _, day, own, value = statements[name]
        is_silent = value in _EMPTY and not says_empty(record.legal_state, name)
        if day != base or is_silent:
            fields[label] = day
        if own != usual:
            standings[label] = own
    given = None if usual == standing(record) else usual
    return Dated(record, AsOf(base, fields, _grant_text(statements), given, standings, beside))


def says_empty(state: str, name: str) -> bool:
    """Whether a legal state says of a field of `STATUS_FIELDS` that it is empty unless it is given."""
    return state in (("有效", "失效", "审中") if name == "legal_text" else ("有效", "审中"))


def _others(record: PatentRecord) -> tuple[str, ...]:
    """The classes beside the main one."""
    return tuple(symbol for symbol in record.ipc if symbol != record.ipc_main)


def _shown(record: PatentRecord) -> Iterator[tuple[str, str, object]]:
    """What a record states by itself: name, the label under which `AsOf` dates it, value."""
    for name, value in zip(PLAIN_FIELDS, _plain_values(record), strict=True):
        if value not in _EMPTY:
            yield name, name, value
    for name, value in zip(TEXT_FIELDS, _text_values(record), strict=True):
        # The language of no text is no statement.
        if value not in _EMPTY and (name != "language" or record.title or record.abstract):
            yield name, name, value
    yield from _shown_documents(record)
    yield from ((f"{name}:{record.province or ''}", name, getattr(record, name)) for name in _places(record))
    if symbols := _others(record):
        yield "ipc", "ipc", symbols
    for field in PAIR_FIELDS:
        for name, values in _grouped(getattr(record, field)).items():
            yield f"{field}:{name}", f"{field}:{name}", values


def _shown_documents(record: PatentRecord) -> Iterator[tuple[str, str, object]]:
    for number_field, day_field in DOCUMENTS:
        number, day = getattr(record, number_field), getattr(record, day_field)
        if number:
            yield f"{number_field}:{number}", number_field, number
        if day:
            yield f"{day_field}:{number or ''}", day_field, day


def _places(record: PatentRecord) -> list[str]:
    return [name for name in PLACES if getattr(record, name)]


def _rank(name: str, value: object, standing: int, granted: Container[str]) -> int:
    """What counts before any date.

    A number with the right check digit before one with a wrong digit, the kind of the grant before the
    application's, Chinese text before text in another language and then the grant's before the
    application's, and the earliest day of a document that need not be the first publication.
    """
    if name.startswith(_DAY):
        is_first = is_application(name[len(_DAY) :])
        return 0 if is_first or not isinstance(value, date) else -value.toordinal()
    if name == "application_number":
        return int(_is_right(str(value)))
    if name == "kind_code":
        return standing
    return _CHINESE * _is_in_chinese(name, value) + int(name in granted)


def _is_in_chinese(name: str, value: object) -> bool:
    return value == "zh" if name == "language" else name in WORDS and is_chinese(str(value))


def _preference(name: str, value: object) -> tuple[object, ...]:
    """Which of two values of one field counts when nothing else decides; greater is preferred.

    Something before nothing, the earlier day, the greater number, the later legal state, the longer text
    or list; of two equally long ones the greater in the order of characters.
    """
    if value in _EMPTY:
        return (0,)
    if isinstance(value, date):
        return (1, -value.toordinal())
    if name == "legal_state":
        return (1, _STATES.index(str(value)))
    if isinstance(value, str):
        return (1, len(value), value)
    if isinstance(value, tuple):
        return (1, len(value), _ENCODER.encode(value))
    return (1, value)


def _is_right(number: str) -> bool:
    try:
        return parse_application_number(number).check_ok is not False
    except NumberError:
        return False


def _grouped(pairs: tuple[tuple[str, str], ...]) -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        groups[name] = (*groups.get(name, ()), value)
    return groups


def _usual_standing(statements: Statements, own: int) -> int:
    """The most frequent standing: that of the record's own numbers, else the higher, of equal ones."""
    counts = Counter(statement.standing for statement in statements.values())
    return max(counts, key=lambda each: (counts[each], each == own, each), default=own)


def _grant_text(statements: Statements) -> tuple[str, ...]:
    texts = [name for name in TEXT_FIELDS if name in statements]
    granted = tuple(name for name in texts if statements[name].rank % _CHINESE)
    return ALL_TEXT if granted and len(granted) == len(texts) else granted


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (value.isoformat() if isinstance(value, date) else str(value),)


def _value(name: str, texts: tuple[str, ...]) -> object:
    field = name.partition(":")[0]
    if field == "ipc":
        return texts
    return date.fromisoformat(texts[0]) if field.endswith("_date") else texts[0]
