"""One patent out of many rows: which record a row belongs to, and what of it counts.

The newer as-of date wins field by field; an older export fills gaps and never rolls a status back; an
empty value never takes the place of a value. A (application) and B (grant) of one application are one
patent: the grant's text is preferred whatever its date, both numbers and all dates stay.

The law: merging is the join of a semilattice (`patents.statements`). A row merged once changes nothing
when it is merged again, and rows give the same record and dates in every order and grouping, also where
several of one date disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from patents.as_of import AsOf, Dated
from patents.errors import NumberError
from patents.merged_fields import record_of
from patents.messages import Message, message
from patents.publication_history import (
    application_body_of,
    completed,
    is_another_publication,
    key_of,
    role_of,
    without_idle,
)
from patents.record import PatentRecord
from patents.record_changes import differences
from patents.statements import (
    ALL_TEXT,
    TEXT_FIELDS,
    Statement,
    Statements,
    better,
    join,
    of_record,
    to_record,
)

__all__ = [
    "AsOf",
    "Change",
    "Conflict",
    "Dated",
    "Merged",
    "Outcome",
    "fold",
    "merge",
    "record_key",
    "record_numbers",
]

Outcome = Literal["new", "updated", "unchanged", "merged"]


# Decided once for all: two different values are worth a warning at any date.
_LASTING = frozenset({"application_number", "filing_date", "patent_type", "country"})


class Conflict(NamedTuple):
    """Two values of one field that cannot both be right, and which one was kept."""

    field: str
    kept: object
    dropped: object
    reason: Message


class Change(NamedTuple):
    """A field that is not what it was."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a row.

    Attributes:
        record: the record as it is now.
        as_of: its dates.
        outcome: new; updated (the same publication, something changed); merged (another publication
            of the patent, something changed); unchanged.
        changes: what changed against the old record; empty for a new one.
        warnings: what disagreed.
        needs_write: record or dates differ from what is stored; a row that says the same at a later
            date is unchanged and still moves the dates.
    """

    record: PatentRecord
    as_of: AsOf
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    warnings: tuple[Conflict, ...] = ()
    needs_write: bool = True

    @property
    def dated(self) -> Dated:
        """Record and dates, as `merge` takes them."""
        return Dated(self.record, self.as_of)


def record_key(record: PatentRecord) -> str:
    """Key of a patent in a library: application number without check digit, else publication number.

    `CN201710601862`; `CN111534432` where no application number is known, for A and B alike. See
    `patents.publication_number` on seven-digit numbers, whose A and C are two patents. The key changes
    when a later export brings the application number.

    Raises:
        NumberError: the record has no number at all.
    """
    number = record.application_number
    if number:
        return number[:-2] if number.startswith("CN") and number[-2:-1] == "." else number
    publication = record.publication_number or record.grant_number
    if not publication:
        raise NumberError("record-without-key")
    return key_of(publication)


def record_numbers(record: PatentRecord) -> tuple[str, ...]:
    """All spellings under which a record can be found, its key first.

    `numbers.number_variants` of what a user typed meets one of these. A row belongs to the stored
    record that shares any of them: exports without application numbers are joined to those with.
    """
    forms = [record_key(record)]
    for number in (record.publication_number, record.grant_number):
        if number:
            body = application_body_of(number)
            forms += [number, key_of(number), *([f"CN{body}"] if body else [])]
    return tuple(dict.fromkeys(forms))


def merge(old: Dated | None, new: Dated) -> Merged:
    """Bring a row and what is already known of its patent together.

    Args:
        old: the stored record, or None when the patent is new.
        new: the row.

    Returns:
        The record that results. Of two values of equal date and standing the same one counts in either
        order, which is reported in `warnings`.
    """
    row = completed(new.record)
    dated = Dated(row, replace(new.as_of, grant_text=_granted_text(row)))
    return Merged(*dated, "new") if old is None else fold(old, dated)


def fold(old: Dated, new: Dated) -> Merged:
    """Bring two stored records together that turn out to be one patent's; see `merge`."""
    if _is_same(old, new):
        newer = max(old.as_of, new.as_of, key=lambda as_of: as_of.base)
        return Merged(old.record, newer, "unchanged", needs_write=newer.base != old.as_of.base)
    known, stated = of_record(old), of_record(new)
    conflicts = tuple(_conflicts(known, stated))
    statements = without_idle(join(known, stated))
    base = max(old.as_of.base, new.as_of.base)
    if statements == known and base == old.as_of.base:
        return Merged(old.record, old.as_of, "unchanged", (), conflicts, needs_write=False)
    record, as_of = to_record(statements, record_of(statements, old.record), base)
    changes = tuple(Change(*difference) for difference in differences(old.record, record))
    outcome: Outcome = "unchanged"
    if changes:
        outcome = "merged" if is_another_publication(old.record, new.record) else "updated"
    return Merged(
        record,
        as_of,
        outcome,
        changes,
        conflicts,
        needs_write=bool(changes) or as_of != old.as_of,
    )


def _granted_text(record: PatentRecord) -> tuple[str, ...]:
    """Text fields of a row that have the grant's wording, in the form of `AsOf.grant_text`."""
    is_granted = (record.kind_code or "A")[0] in "BC" or role_of(
        record.publication_number, record.publication_date
    ) in ("grant", "examined")
    has_text = any(getattr(record, name) not in (None, "") for name in TEXT_FIELDS if name != "language")
    return ALL_TEXT if is_granted and has_text else ()


def _is_same(old: Dated, row: Dated) -> bool:
    """Whether a row says what is known and no more; dates may differ as a whole."""
    return (
        old.as_of.is_uniform
        and row.as_of.is_uniform
        and old.as_of.grant_text == row.as_of.grant_text
        and old.record == row.record
    )


def _conflicts(known: Statements, stated: Statements) -> Iterator[Conflict]:
    """What a row says against what was known."""
    for name, new in stated.items():
        old = known.get(name)
        if old is None or old.value == new.value or not (old.value and new.value):
            continue
        reason = _disagreement(name, old, new)
        if reason is not None:
            field = name if name.startswith(("raw:", "portal_values:", "industries:")) else name.split(":")[0]
            kept = better(name, old, new).value
            yield Conflict(field, kept, new.value if kept == old.value else old.value, reason)


def _disagreement(name: str, old: Statement, new: Statement) -> Message | None:
    if name == "application_number" and old.rank != new.rank:
        return message("conflict-check-digit-wrong")
    if old[1:3] == new[1:3] and old.rank == new.rank:
        return message("conflict-of-one-date")
    return message("conflict-newer-counts") if name in _LASTING else None
