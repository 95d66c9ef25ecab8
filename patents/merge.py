"""One patent out of many rows: which record a row belongs to, and what of it counts.

The newer as-of date wins field by field; an older export fills gaps and never rolls a status back; an
empty value never takes the place of a value. A (application) and B (grant) of one application are one
patent: the grant's text is preferred whatever its date, both numbers and all dates stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from patents.as_of import AsOf, Dated
from patents.errors import NumberError
from patents.merging import Conflict, Merging, granted_text
from patents.publications import application_body_of, completed, is_another_publication, key_of
from patents.record import PatentRecord
from patents.record_changes import differences

__all__ = [
    "AsOf",
    "Change",
    "Conflict",
    "Dated",
    "Merged",
    "Outcome",
    "merge",
    "record_key",
    "record_numbers",
]

Outcome = Literal["new", "updated", "unchanged", "merged"]


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
        raise NumberError("A record has neither 申请号 nor 公开(公告)号.", help="Map a column that has one.")
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
        new: the row. At equal dates and equal standing it counts as the later one and wins, which is
            reported in `warnings`.

    Returns:
        The record that results. The order in which exports are merged does not matter, as long as
        no two of the same date disagree.
    """
    row = completed(new.record)
    dates = AsOf(new.as_of.base, new.as_of.fields, granted_text(row, new.as_of))
    if old is None:
        return Merged(row, dates, "new")
    if (
        row == old.record
        and not (old.as_of.fields or dates.fields)
        and old.as_of.grant_text == dates.grant_text
    ):
        newer = max(old.as_of, dates, key=lambda as_of: as_of.base)
        return Merged(old.record, newer, "unchanged", needs_write=newer.base != old.as_of.base)
    work = Merging(old, Dated(row, dates))
    record, as_of = work.result()
    changes = tuple(Change(*difference) for difference in differences(old.record, record))
    outcome: Outcome = "unchanged"
    if changes:
        outcome = "merged" if is_another_publication(old.record, row) else "updated"
    return Merged(
        record,
        as_of,
        outcome,
        changes,
        tuple(work.conflicts),
        needs_write=bool(changes) or as_of != old.as_of,
    )
