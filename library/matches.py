"""From rows of exports to patents: which patent a row belongs to, and what becomes of the row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from library.codec import decode_as_of, decode_stored, digest_of, encode_as_of, encode_record
from library.patent_rows import PatentRow
from library.report import Outcome
from library.stage import Stage
from library.storable_text import clean_record
from patents.date_order import date_doubts
from patents.errors import NumberError
from patents.merge import AsOf, Conflict, Dated, fold, merge, record_key, record_numbers
from patents.messages import Message, message
from patents.numbers import parse_application_number
from patents.readers import RowRead
from patents.record import PatentRecord


class Doubt(NamedTuple):
    """A value that was taken, or left, with a doubt."""

    column: str
    value: str
    reason: Message


class Matched(NamedTuple):
    """What became of one row, and the key of its patent ("" when rejected)."""

    outcome: Outcome
    key: str
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _Held:
    """A patent in memory while a chunk of rows is matched.

    Attributes:
        key: as it is now. known_as: keys it has in the stage or the store, to be replaced.
        dated: record and dates.
        numbers: that lead to it.
        changed: it must be written.
    """

    key: str
    known_as: set[str]
    dated: Dated
    numbers: set[str]
    changed: bool


class _Chunk:
    """The patents that the rows of one chunk may belong to."""

    def __init__(self, stage: Stage, numbers: Iterable[str]) -> None:
        found = stage.keys_by_number(list(dict.fromkeys(numbers)))
        keys = sorted({key for keys in found.values() for key in keys})
        self.held = {key: _held(row) for key, row in stage.fetch(keys).items()}
        self.by_number: dict[str, set[str]] = defaultdict(set)
        for key, held in self.held.items():
            for number in held.numbers:
                self.by_number[number].add(key)

    def bearing(self, numbers: Sequence[str]) -> list[_Held]:
        """Patents that share a number with a row, that of its key first."""
        keys = dict.fromkeys(key for number in numbers for key in sorted(self.by_number.get(number, ())))
        return [self.held[key] for key in keys]

    def add(self, held: _Held) -> None:
        """Put a patent in, or back under its present key and numbers."""
        self.held[held.key] = held
        for number in held.numbers:
            self.by_number[number].add(held.key)

    def take(self, held: _Held) -> None:
        """Take a patent out."""
        del self.held[held.key]
        for number in held.numbers:
            self.by_number[number].discard(held.key)

    def write(self, stage: Stage) -> None:
        """Stage what changed."""
        changed = [held for held in self.held.values() if held.changed]
        if changed:
            stage.put({key for held in changed for key in held.known_as}, [_row(held) for held in changed])


def match_rows(stage: Stage, rows: Sequence[RowRead], as_of: AsOf) -> list[Matched]:
    """Merge rows into the patents that they belong to, in order.

    Args:
        stage: takes what is new or changed.
        rows: of one file.
        as_of: dates of the file.

    Returns:
        What became of each row.
    """
    cleaned = [clean_record(row.record) for row in rows]
    numbers = [_numbers(record) for record, _ in cleaned]
    chunk = _Chunk(stage, (number for each in numbers for number in each))
    matched = []
    for (record, dirty), own in zip(cleaned, numbers, strict=True):
        done = _match(chunk, Dated(record, as_of), own)
        doubts = [Doubt(name, "", message("characters-removed")) for name in dirty]
        doubts += [
            Doubt(name, day.isoformat(), reason) for name, day, reason in date_doubts(record, as_of.base)
        ]
        matched.append(done._replace(doubts=(*doubts, *done.doubts)))
    chunk.write(stage)
    return matched


def _numbers(record: PatentRecord) -> tuple[str, ...]:
    try:
        return record_numbers(record)
    except NumberError:
        return ()


def _match(chunk: _Chunk, row: Dated, numbers: tuple[str, ...]) -> Matched:
    if not numbers:
        return Matched("rejected", "", (Doubt("", row.record.title[:80], message("row-without-number")),))
    same, doubts = _same_patent(chunk.bearing(numbers), row, numbers)
    if not same:
        merged = merge(None, row)
        bears = {*record_numbers(merged.record), *numbers}
        held = _Held(record_key(merged.record), set(), merged.dated, bears, True)
        chunk.add(held)
        return Matched("new", held.key, doubts)
    held, conflicts = _folded(chunk, same)
    merged = merge(held.dated, row)
    doubts += tuple(_doubt(conflict) for conflict in (*conflicts, *merged.warnings))
    if merged.needs_write or len(same) > 1 or not held.numbers.issuperset(numbers):
        _replace(chunk, held, merged.dated, numbers)
    return Matched("merged" if len(same) > 1 else merged.outcome, held.key, doubts)


def _same_patent(
    bearing: list[_Held], row: Dated, numbers: tuple[str, ...]
) -> tuple[list[_Held], tuple[Doubt, ...]]:
    """Leave out patents that share a number but have another, valid application number.

    A patent that says all that the row says is the row's, whatever other patents bear its numbers: a row
    that was imported once finds the patent that took it, and importing it again changes nothing.
    """
    own = _containing(bearing, row, numbers) if len(bearing) > 1 else None
    same: list[_Held] = [] if own is None else [own]
    doubts: list[Doubt] = []
    for held in bearing:
        others = [row.record, *(each.dated.record for each in same if each is not held)]
        if any(_contradict(held.dated.record, other) for other in others):
            shared = ", ".join(sorted(held.numbers & set(numbers)))
            reason = message("number-of-another-patent", key=held.key)
            doubts.append(Doubt("publication_number", shared, reason))
        elif held is not own:
            same.append(held)
    return same, tuple(doubts)


def _containing(bearing: list[_Held], row: Dated, numbers: tuple[str, ...]) -> _Held | None:
    """The patent that a row adds nothing to; rather one whose dates stay as well."""
    unchanged = None
    for held in bearing:
        if _contradict(held.dated.record, row.record) or not held.numbers.issuperset(numbers):
            continue
        merged = merge(held.dated, row)
        if not merged.needs_write:
            return held
        if not merged.changes:
            unchanged = unchanged or held
    return unchanged


def _contradict(one: PatentRecord, other: PatentRecord) -> bool:
    """Whether both have an application number that can be right, and not the same."""
    first, second = one.application_number, other.application_number
    if not first or not second or record_key(one) == record_key(other):
        return False
    return _can_be_right(first) and _can_be_right(second)


def _can_be_right(number: str) -> bool:
    try:
        return parse_application_number(number).check_ok is not False
    except NumberError:
        return False


def _folded(chunk: _Chunk, same: list[_Held]) -> tuple[_Held, list[Conflict]]:
    """Make one of several patents that a row shows to be the same."""
    first, *others = same
    conflicts: list[Conflict] = []
    for other in others:
        chunk.take(other)
        chunk.take(first)
        merged = fold(other.dated, first.dated)
        conflicts += merged.warnings
        first.dated = merged.dated
        first.known_as |= other.known_as
        first.numbers |= other.numbers
        chunk.add(first)
    return first, conflicts


def _replace(chunk: _Chunk, held: _Held, dated: Dated, numbers: tuple[str, ...]) -> None:
    chunk.take(held)
    held.dated = dated
    held.key = record_key(dated.record)
    held.numbers.update(record_numbers(dated.record), numbers)
    held.changed = True
    chunk.add(held)


def _held(row: PatentRow) -> _Held:
    dated = Dated(decode_stored(row.key, row.record, row.digest), decode_as_of(row.as_of))
    return _Held(row.key, {row.key}, dated, set(row.numbers), False)


def _row(held: _Held) -> PatentRow:
    text = encode_record(held.dated.record)
    numbers = tuple(sorted(held.numbers))
    return PatentRow(held.key, text, encode_as_of(held.dated.as_of), digest_of(text), numbers)


def _doubt(conflict: Conflict) -> Doubt:
    reason = message("values-disagree", problem=conflict.reason, kept=_shown(conflict.kept))
    return Doubt(conflict.field, _shown(conflict.dropped), reason)


def _shown(value: object) -> str:
    text = "、".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return text if len(text) <= 200 else text[:199] + "…"
