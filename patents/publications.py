"""Which publications a record knows, and how those of two records come together.

A and B (before 2010-04-07: C) of one application are one patent: the first publication keeps
publication_number and publication_date, the grant keeps grant_number and grant_date.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from patents.errors import NumberError
from patents.publication_number import PublicationNumber, Role, parse_publication_number
from patents.record import PatentRecord
from patents.record_changes import changed

_RANKS: dict[Role, int] = {"application": 0, "unknown": 1, "examined": 2, "grant": 3}
_FAR = date.max


class Document(NamedTuple):
    """One publication: number and day, either may be unknown, and from when we know of it."""

    number: str | None
    day: date | None
    as_of: date

    @property
    def is_known(self) -> bool:
        """Whether number or day is there."""
        return self.number is not None or self.day is not None


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

    The columns kept as (name, text) pairs are brought into the order of their names.
    """
    found: dict[str, object] = {}
    number = _parsed(record.publication_number) if record.publication_number else None
    if number is not None:
        found = _told_by(number, record)
    for name in ("industries", "portal_values", "raw"):
        pairs = getattr(record, name)
        if len(pairs) > 1 and any(a[0] > b[0] for a, b in pairwise(pairs)):
            found[name] = tuple(sorted(pairs, key=lambda pair: pair[0]))
    return changed(record, found) if found else record


def _told_by(number: PublicationNumber, record: PatentRecord) -> dict[str, object]:
    told: dict[str, object] = {}
    if record.kind_code is None and number.kind:
        told["kind_code"] = number.kind
    if record.patent_type is None and number.patent_type:
        told["patent_type"] = number.patent_type
    if record.grant_number is None and number.role(record.publication_date) == "grant":
        told["grant_number"] = number.text
        if record.grant_date is None and record.publication_date:
            told["grant_date"] = record.publication_date
    return told


def first_of(old: Document, new: Document) -> Document:
    """The first publication of two: the application's before an examined one's before the grant's.

    The same document with two days: the newer knowledge counts for an application, the earlier day
    otherwise.
    """
    if old.number is None or new.number is None:
        day = min(old.day or _FAR, new.day or _FAR)
        return Document(old.number or new.number, None if day == _FAR else day, max(old.as_of, new.as_of))
    old_rank, new_rank = _rank(old), _rank(new)
    if old.number == new.number:
        return _same_document(old, new, old_rank)
    if old_rank == new_rank:
        winner, other = (old, new) if _keeps(old, new) else (new, old)
    else:
        winner, other = (old, new) if old_rank < new_rank else (new, old)
    is_same_application = max(old_rank, new_rank) <= 1 and key_of(old.number) == key_of(new.number)
    return winner._replace(day=winner.day or (other.day if is_same_application else None))


def _rank(document: Document) -> int:
    return _RANKS[role_of(document.number, document.day)]


def _keeps(old: Document, new: Document) -> bool:
    """Whether of two documents of equal standing the old one stays: newer, or no correction (A9, B9)."""
    if key_of(old.number or "") == key_of(new.number or ""):
        return len(old.number or "") <= len(new.number or "")
    return old.as_of > new.as_of


def _same_document(old: Document, new: Document, standing: int) -> Document:
    if old.day == new.day or new.day is None or old.day is None:
        return Document(old.number, old.day or new.day, max(old.as_of, new.as_of))
    if standing == 0 and old.as_of != new.as_of:
        return old if old.as_of > new.as_of else new
    return Document(old.number, min(old.day, new.day), max(old.as_of, new.as_of))


def grant_of(old: Document, new: Document) -> Document:
    """The grant's publication of two; a correction (B9) does not take the place of what it corrects."""
    if old.number is None or new.number is None or old.number == new.number:
        newer, older = (old, new) if old.as_of > new.as_of else (new, old)
        return Document(old.number or new.number, newer.day or older.day, newer.as_of)
    winner, other = (old, new) if _keeps(old, new) else (new, old)
    is_same = key_of(old.number) == key_of(new.number)
    return winner._replace(day=winner.day or (other.day if is_same else None))


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
