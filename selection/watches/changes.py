"""What happened to patents between two looks at them: pure comparison, by patent key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec
import polars as pl
import pyarrow as pa

from patents.messages import Message, message

ChangeKind = Literal["new", "granted", "lapsed", "transferred", "refused", "left"]
CHANGE_LABELS: Mapping[ChangeKind, Message] = {
    "new": message("change-new"),
    "granted": message("change-granted"),
    "lapsed": message("change-lapsed"),
    "transferred": message("change-transferred"),
    "refused": message("change-refused"),
    "left": message("change-left"),
}
_REFUSALS = ("驳回", "撤回", "视为撤回", "视为放弃")
_COLUMNS = (
    "key",
    "title",
    "publication_number",
    "grant_number",
    "grant_date",
    "lapse_date",
    "legal_state",
    "lapse_reason",
    "transfer_count",
    "event_kinds",
    "event_dates",
)


class PatentState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a watch remembers of a patent; dates ISO 8601 or empty.

    Attributes:
        granted: it has a grant number, a grant date or a grant among its events.
        lapsed: its status is 失效 after a grant.
        refused: it is 失效 before a grant, or an event says so.
        transfers: how often it was transferred.
        granted_on, lapsed_on, transferred_on, refused_on: the last such day, when known.
        reason: why it is 失效.
    """

    granted: bool = False
    lapsed: bool = False
    refused: bool = False
    transfers: int = 0
    granted_on: str = ""
    lapsed_on: str = ""
    transferred_on: str = ""
    refused_on: str = ""
    reason: str = ""


class Seen(msgspec.Struct, frozen=True):
    """A patent at one look: its state, and what a message calls it."""

    state: PatentState
    title: str
    publication_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchEvent:
    """One thing that happened.

    Attributes:
        key: the patent.
        kind: what happened; `new` and `left` are about the selection.
        day: the day it happened, ISO 8601; "" when no export has it.
        detail: reason or count, in Chinese; may be empty.
        title, publication_number: of the patent.
    """

    key: str
    kind: ChangeKind
    day: str
    detail: str
    title: str
    publication_number: str


def states(table: pa.Table, keys: set[str] | None = None) -> dict[str, Seen]:
    """States of patents of a snapshot, by key; None is all of them."""
    frame = pl.from_arrow(table.select([name for name in _COLUMNS if name in table.column_names]))
    if not isinstance(frame, pl.DataFrame):
        raise TypeError("a table gives a frame")
    if keys is not None:
        frame = frame.filter(pl.col("key").is_in(list(keys)))
    absent = [name for name in _COLUMNS if name not in frame.columns]
    frame = frame.with_columns(pl.lit(None).alias(name) for name in absent)
    return {
        str(row["key"]): Seen(
            _state(row), str(row["title"] or ""), str(row["grant_number"] or row["publication_number"] or "")
        )
        for row in frame.iter_rows(named=True)
    }


def changes(before: Mapping[str, Seen], after: Mapping[str, Seen]) -> Iterator[WatchEvent]:
    """Events between two looks at the same patents, in the order of keys.

    Args:
        before: patents known before; a patent that is not there gives no event here.
        after: the same patents now.
    """
    for key in sorted(before.keys() & after.keys()):
        old, now, seen = before[key].state, after[key].state, after[key]
        if now.granted and not old.granted:
            yield event(key, "granted", seen, now.granted_on)
        if now.lapsed and not old.lapsed:
            yield event(key, "lapsed", seen, now.lapsed_on, now.reason)
        if now.refused and not old.refused:
            yield event(key, "refused", seen, now.refused_on, now.reason)
        if now.transfers > old.transfers:
            yield event(key, "transferred", seen, now.transferred_on, f"第{now.transfers}次")


def event(key: str, kind: ChangeKind, seen: Seen, day: str = "", detail: str = "") -> WatchEvent:
    """An event of a patent as it was seen."""
    return WatchEvent(
        key=key,
        kind=kind,
        day=day,
        detail=detail,
        title=seen.title,
        publication_number=seen.publication_number,
    )


def _state(row: Mapping[str, object]) -> PatentState:
    events = _last_days(row)
    ended = row["legal_state"] == "失效"
    reason = str(row["lapse_reason"] or "")
    granted = bool(row["grant_date"] or row["grant_number"] or "授权" in events)
    refused = "驳回" in events or "撤回" in events or (ended and reason.startswith(_REFUSALS))
    return PatentState(
        granted=granted,
        lapsed=ended and granted,
        refused=refused and not granted,
        transfers=int(str(row["transfer_count"] or events.get("转让", ("", 0))[1])),
        granted_on=str(row["grant_date"] or events.get("授权", ("", 0))[0]),
        lapsed_on=str(row["lapse_date"] or events.get("失效", ("", 0))[0]) if ended else "",
        transferred_on=events.get("转让", ("", 0))[0],
        refused_on=max(events.get(kind, ("", 0))[0] for kind in ("驳回", "撤回")),
        reason=reason if ended else "",
    )


def _last_days(row: Mapping[str, object]) -> dict[str, tuple[str, int]]:
    """By kind of event its last day (ISO 8601 or "") and how often it came."""
    kinds, days = row["event_kinds"] or [], row["event_dates"] or []
    found: dict[str, tuple[str, int]] = {}
    if isinstance(kinds, list) and isinstance(days, list):
        for kind, day in zip(kinds, days, strict=True):
            last, count = found.get(kind, ("", 0))
            found[kind] = (max(last, str(day or "")), count + 1)
    return found
