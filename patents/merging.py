"""The work of merging two records of one patent, field by field."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import NamedTuple, TypeVar

from patents.application_number import parse_application_number
from patents.as_of import AsOf, Dated
from patents.errors import NumberError
from patents.publications import Document, first_of, grant_of, role_of, standing
from patents.record import PatentRecord
from patents.record_changes import FIELDS, changed

T = TypeVar("T")

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
_PUBLICATION_FIELDS = ("publication_number", "publication_date", "grant_number", "grant_date", "kind_code")
_PAIR_FIELDS = ("industries", "portal_values", "raw")
# A known status says that these are empty: no lapse date while 有效.
_TOLD_BY_STATE = ("legal_text", "lapse_reason", "lapse_date")
_OF_THEIR_OWN = frozenset(
    {
        *TEXT_FIELDS,
        *_PUBLICATION_FIELDS,
        *_PAIR_FIELDS,
        *_TOLD_BY_STATE,
        "application_number",
        "ipc",
        "reader",
    }
)
_PLAIN = tuple(name for name in FIELDS if name not in _OF_THEIR_OWN)
_plain_values = attrgetter(*_PLAIN)
# Decided once for all: two different values are worth a warning at any date.
_LASTING = frozenset({"application_number", "filing_date", "patent_type", "country"})
_EMPTY = (None, "", (), "未知")
_ALL_TEXT = ("*",)


class Conflict(NamedTuple):
    """Two values of one field that cannot both be right, and which one was kept."""

    field: str
    kept: object
    dropped: object
    reason: str


def granted_text(record: PatentRecord, as_of: AsOf) -> tuple[str, ...]:
    """Text fields of a record that have the grant's wording, in the form of `AsOf.grant_text`."""
    if as_of.grant_text:
        return as_of.grant_text
    is_granted = (record.kind_code or "A")[0] in "BC" or role_of(
        record.publication_number, record.publication_date
    ) in ("grant", "examined")
    return _ALL_TEXT if is_granted and any(_text(record, name) not in _EMPTY for name in TEXT_FIELDS) else ()


class Merging:
    """Two records of one patent becoming one; at equal dates the new one is the later row.

    Attributes:
        found: values that differ from the old record's.
        dates: dates that differ from the base.
        conflicts: what disagreed.
    """

    def __init__(self, old: Dated, new: Dated) -> None:
        self.old, self.old_dates = old
        self.new, self.new_dates = new
        self.base = max(self.old_dates.base, self.new_dates.base)
        self.found: dict[str, object] = {}
        self.dates: dict[str, date] = {}
        self.conflicts: list[Conflict] = []
        self.standing = standing(self.new) - standing(self.old)

    def result(self) -> tuple[PatentRecord, AsOf]:
        """Do the work."""
        self._plain_fields()
        granted = self._texts()
        self._publications()
        self._application_number()
        self._status()
        self._ipc()
        self._place()
        self._pairs()
        record = changed(self.old, self.found) if self.found else self.old
        return record, AsOf(self.base, self.dates, granted)

    def _plain_fields(self) -> None:
        is_of_one_date = not self.old_dates.fields and not self.new_dates.fields
        pairs = zip(_PLAIN, _plain_values(self.old), _plain_values(self.new), strict=True)
        for name, before, after in pairs:
            if not (is_of_one_date and before == after):  # else its date is the base, and nothing is to do
                self._set(name, self._newer(name, before, after))

    def _set(self, name: str, value: object) -> None:
        if value != getattr(self.old, name):
            self.found[name] = value

    def _now(self, name: str) -> object:
        return self.found.get(name, getattr(self.old, name))

    def _date(self, name: str, day: date) -> None:
        if day != self.base:
            self.dates[name] = day

    def _newer(self, name: str, before: T, after: T) -> T:
        """The value that counts, its date noted; None, "" and () state nothing."""
        return self._stated(name, before, after, before not in _EMPTY, after not in _EMPTY)

    def _stated(self, name: str, before: T, after: T, says_old: bool, says_new: bool) -> T:
        if not says_new:
            if says_old:
                self._date(name, self.old_dates.of(name))
            return before
        if not says_old:
            self._date(name, self.new_dates.of(name))
            return after
        return self._decided(name, before, after)

    def _decided(self, name: str, before: T, after: T) -> T:
        old_day, new_day = self.old_dates.of(name), self.new_dates.of(name)
        self._date(name, max(old_day, new_day))
        if before == after:
            return before
        is_tie = old_day == new_day
        kept, dropped = (
            (after, before) if new_day > old_day or (is_tie and self.standing >= 0) else (before, after)
        )
        if is_tie and self.standing == 0:
            self._conflict(name, kept, dropped, "two values of the same date: the later row counts")
        elif name in _LASTING:
            self._conflict(name, kept, dropped, "two rows disagree: the newer one counts")
        return kept

    def _conflict(self, name: str, kept: object, dropped: object, reason: str) -> None:
        self.conflicts.append(Conflict(name, kept, dropped, reason))

    def _texts(self) -> tuple[str, ...]:
        """Merge the texts, the grant's before the application's whatever the date."""
        old_granted, new_granted = _names(self.old_dates.grant_text), _names(self.new_dates.grant_text)
        granted = []
        for name in TEXT_FIELDS:
            before, after = _text(self.old, name), _text(self.new, name)
            is_old = name in old_granted and before not in _EMPTY
            is_new = name in new_granted and after not in _EMPTY
            if is_old == is_new or before in _EMPTY or after in _EMPTY:
                value = self._newer(name, before, after)
            else:
                value = after if is_new else before
                self._date(name, (self.new_dates if is_new else self.old_dates).of(name))
            if value not in _EMPTY:
                self._set(name, value)
            granted += [name] if is_old or is_new else []
        filled = {name for name in TEXT_FIELDS if self._now(name) not in _EMPTY and name != "language"}
        return _ALL_TEXT if granted and filled <= set(granted) else tuple(granted)

    def _publications(self) -> None:
        for number, day, choose in (
            ("publication_number", "publication_date", first_of),
            ("grant_number", "grant_date", grant_of),
        ):
            old = _document(self.old, self.old_dates, number, day)
            new = _document(self.new, self.new_dates, number, day)
            chosen = choose(old, new) if old.is_known and new.is_known else new if new.is_known else old
            for name, value in ((number, chosen.number), (day, chosen.day)):
                self._set(name, value)
                if value is not None:
                    self._date(name, chosen.as_of)
        self._kind()

    def _kind(self) -> None:
        """kind_code is the newest publication's: the grant's over the application's."""
        before, after = self.old.kind_code, self.new.kind_code
        if not (before and after and self.standing):
            self._set("kind_code", self._newer("kind_code", before, after))
            return
        self._set("kind_code", after if self.standing > 0 else before)
        self._date("kind_code", (self.new_dates if self.standing > 0 else self.old_dates).of("kind_code"))

    def _application_number(self) -> None:
        """A number with the right check digit is preferred to one with a wrong digit."""
        name, before, after = "application_number", self.old.application_number, self.new.application_number
        if not before or not after or _is_right(before) == _is_right(after):
            self._set(name, self._newer(name, before, after))
            return
        is_new = _is_right(after)
        self._set(name, after if is_new else before)
        self._date(name, (self.new_dates if is_new else self.old_dates).of(name))
        self._conflict(
            name, *((after, before) if is_new else (before, after)), "the other's check digit is wrong"
        )

    def _status(self) -> None:
        for name in _TOLD_BY_STATE:
            before, after = getattr(self.old, name), getattr(self.new, name)
            says_old = before not in _EMPTY or _says_empty(self.old, name) or name in self.old_dates.fields
            says_new = after not in _EMPTY or _says_empty(self.new, name) or name in self.new_dates.fields
            self._set(name, self._stated(name, before, after, says_old, says_new))

    def _ipc(self) -> None:
        """The main class leads the list; the others count as a list of their own."""
        others = self._newer("ipc", _others(self.old), _others(self.new))
        main = self._now("ipc_main")
        self._set("ipc", ((main,) if main else ()) + tuple(symbol for symbol in others if symbol != main))

    def _place(self) -> None:
        """A city of an older row does not stay with the province of a newer one."""
        province = self._now("province")
        for name in ("city", "county"):
            giver = self.new if name in self.found else self.old
            if getattr(giver, name) and giver.province and province != giver.province:
                self._set(name, None)
                self.dates.pop(name, None)

    def _pairs(self) -> None:
        """Columns kept as (name, text): each name is a field of its own."""
        for field in _PAIR_FIELDS:
            before, after = _grouped(getattr(self.old, field)), _grouped(getattr(self.new, field))
            pairs: list[tuple[str, str]] = []
            for name in sorted(before.keys() | after.keys()):
                values = self._newer(f"{field}:{name}", before.get(name, ()), after.get(name, ()))
                pairs += [(name, value) for value in values]
            self._set(field, tuple(pairs))


def _names(granted: tuple[str, ...]) -> tuple[str, ...]:
    return TEXT_FIELDS if granted == _ALL_TEXT else granted


def _text(record: PatentRecord, name: str) -> object:
    """A text field; the language of no text is no statement."""
    if name == "language" and not (record.title or record.abstract):
        return ""
    return getattr(record, name)


def _document(record: PatentRecord, dates: AsOf, number: str, day: str) -> Document:
    known = getattr(record, number)
    return Document(known, getattr(record, day), dates.of(number if known else day))


def _is_right(number: str) -> bool:
    try:
        return parse_application_number(number).check_ok is not False
    except NumberError:
        return False


def _says_empty(record: PatentRecord, name: str) -> bool:
    return record.legal_state in (("有效", "失效", "审中") if name == "legal_text" else ("有效", "审中"))


def _others(record: PatentRecord) -> tuple[str, ...]:
    return tuple(symbol for symbol in record.ipc if symbol != record.ipc_main)


def _grouped(pairs: tuple[tuple[str, str], ...]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        groups[name] = (*groups.get(name, ()), value)
    return groups
