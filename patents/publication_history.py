"""Which publications a record knows, and how those of two records come together.

A and B (before 2010-04-07: C) of one application are one patent: the first publication keeps
publication_number and publication_date, the grant keeps grant_number and grant_date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Protocol, TypeVar

from patents.errors import NumberError
from patents.publication_number import PublicationNumber, Role, parse_publication_number
from patents.record import PatentRecord
from patents.record_changes import changed

_RANKS: dict[Role, int] = {"application": 0, "unknown": 1, "examined": 2, "grant": 3}
T = TypeVar("T")


class Document(NamedTuple):
    """One publication: number and day, either may be unknown."""

    number: str | None
    day: date | None


class _Known(Protocol):
    """A statement of `patents.statements`: a value, and from when and which kind of row it is."""

    @property
    def day(self) -> date: ...
    @property
    def standing(self) -> int: ...
    @property
    def value(self) -> object: ...


@lru_cache(maxsize=65536)
def _parsed(number: str) -> PublicationNumber | None:
    try:
        return parse_publication_number(number)
    except NumberError:
        return None


def role_of(number: str | None, day: date | None) -> Role:
    """What a publication is; "unknown" where the number does not tell."""
    parsed = _parsed(number) if number else None
    return parsed.role(day) if parsed else "unknown"


def key_of(number: str) -> str:
    """Key of a publication number; a text that is none is its own key."""
    parsed = _parsed(number)
    return parsed.key if parsed else number


def application_body_of(number: str) -> str | None:
    """The application number that a publication number of 1985–88 carries."""
    parsed = _parsed(number)
    return parsed.application_body if parsed else None


def standing(record: PatentRecord) -> int:
    """How far the newest publication known has come: 0 application or unknown, 1 examined, 2 grant."""
    if record.grant_number:
        return 2
    return int(role_of(record.publication_number, record.publication_date) == "examined")


def completed(record: PatentRecord) -> PatentRecord:
    """Fill what the publication number says: kind, type, office, and that it is the grant's.

    The columns kept as (name, text) pairs are brought into the order of their names, the main class to
    the head of the classes; no text has no language.
    """
    found: dict[str, object] = {}
    number = _parsed(record.publication_number) if record.publication_number else None
    if number is not None:
        found = _told_by(number, record)
    if record.language != "zh" and not (record.title or record.abstract):
        found["language"] = "zh"
    if record.ipc_main and record.ipc[:1] != (record.ipc_main,):
        found["ipc"] = (record.ipc_main, *(each for each in record.ipc if each != record.ipc_main))
    for name in ("industries", "portal_values", "raw"):
        pairs = getattr(record, name)
        if len(pairs) > 1 and any(a[0] > b[0] for a, b in pairwise(pairs)):
            found[name] = tuple(sorted(pairs, key=lambda pair: pair[0]))
    return changed(record, found) if found else record


def _told_by(number: PublicationNumber, record: PatentRecord) -> dict[str, object]:
    known: dict[str, object] = {}
    if record.kind_code is None and number.kind:
        known["kind_code"] = number.kind
    if record.patent_type is None and number.patent_type:
        known["patent_type"] = number.patent_type
    if record.grant_number is None and number.role(record.publication_date) == "grant":
        known["grant_number"] = number.text
        if record.grant_date is None and record.publication_date:
            known["grant_date"] = record.publication_date
    return known


def is_application(number: str) -> bool:
    """Whether a document is a published application by its number alone."""
    return _rank(number) == 0


def first_publication(numbers: Mapping[str, _Known], days: Mapping[str, _Known]) -> Document:
    """The first publication: the application's before an examined one's before the grant's.

    Of several applications under different digits the newest knowledge counts; a correction (A8) never
    takes the place of what it corrects. A day that rows gave without a number counts where no
    application has a day of its own.

    Args:
        numbers: statements of the numbers seen, by number.
        days: statements of days, by number; "" where a row gave none.
    """
    spare = _day(days.get(""))
    if not numbers:
        return Document(None, spare)
    rank = min(map(_rank, numbers))
    number = _newest([each for each in numbers if _rank(each) == rank], numbers)
    day = _day(days.get(number))
    if rank <= 1 and day is None:
        day = _earliest(_day(days.get(each)) for each in numbers if _is_version(each, number, 1))
    if rank == 0 and day is not None:
        return Document(number, day)
    return Document(number, day if _has_dated_application(numbers, days) else _earliest((day, spare)))


def granted_publication(numbers: Mapping[str, _Known], days: Mapping[str, _Known]) -> Document:
    """The grant's publication, as `first_publication` gives the first; a B9 never replaces its B."""
    spare = _day(days.get(""))
    if not numbers:
        return Document(None, spare)
    number = _newest(list(numbers), numbers)
    day = _day(days.get(number)) or _earliest(
        _day(days.get(each)) for each in numbers if _is_version(each, number, 3)
    )
    is_dated = any(each in days for each in numbers)
    return Document(number, day if is_dated else spare)


def without_idle(statements: dict[str, T]) -> dict[str, T]:
    """Leave out statements of documents that can never count again, whatever comes.

    Examined ones and grants in the place of the first publication once an earlier stage is known, and
    days without a number once the documents have their own.
    """
    numbers = [name.partition(":")[2] for name in statements if name.startswith("publication_number:")]
    best = min(map(_rank, numbers), default=0)
    idle = {
        f"{field}:{number}"
        for number in numbers
        if _rank(number) > max(best, 1)
        for field in ("publication_number", "publication_date")
    }
    if any(_rank(number) == 0 and f"publication_date:{number}" in statements for number in numbers):
        idle.add("publication_date:")
    if any(name.startswith("grant_date:") and name != "grant_date:" for name in statements):
        idle.add("grant_date:")
    if idle.isdisjoint(statements):
        return statements
    return {name: each for name, each in statements.items() if name not in idle}


def _rank(number: str) -> int:
    return _RANKS[role_of(number, None)]


def _newest(numbers: Sequence[str], known: Mapping[str, _Known]) -> str:
    """The number that counts: the newest known, of its versions the one that the others correct."""
    versions: dict[str, str] = {}
    for number in numbers:
        held = versions.setdefault(key_of(number), number)
        versions[key_of(number)] = min(held, number, key=_originality)
    ordered = sorted(versions.values())
    return max(ordered, key=lambda number: (known[number].day, known[number].standing))


def _originality(number: str) -> tuple[bool, int, str]:
    """Least for the document that has a kind and is no correction."""
    return role_of(number, None) == "unknown", len(number), number


def _is_version(number: str, other: str, worst: int) -> bool:
    return _rank(number) <= worst and key_of(number) == key_of(other)


def _has_dated_application(numbers: Iterable[str], days: Mapping[str, _Known]) -> bool:
    return any(_rank(number) == 0 and number in days for number in numbers)


def _day(known: _Known | None) -> date | None:
    return known.value if known is not None and isinstance(known.value, date) else None


def _earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def is_another_publication(old: PatentRecord, new: PatentRecord) -> bool:
    """Whether a row is a publication that the patent was not known by."""
    known = _identities(old)
    if not known:
        return False
    return any(not _is_known(identity, known) for identity in _identities(new))


def _identities(record: PatentRecord) -> set[tuple[str, str]]:
    numbers = {record.publication_number, record.grant_number} - {None}
    return {(_digits(number), _letter(number)) for number in numbers if number}


def _digits(number: str) -> str:
    parsed = _parsed(number)
    return parsed.country + parsed.body if parsed else number


def _letter(number: str) -> str:
    parsed = _parsed(number)
    return parsed.kind[0] if parsed and parsed.kind else ""


def _is_known(identity: tuple[str, str], known: set[tuple[str, str]]) -> bool:
    digits, letter = identity
    return any(digits == other and (not letter or not given or letter == given) for other, given in known)
