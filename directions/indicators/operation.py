"""运营量: transfers, licences, pledges; in patents or events, without transfers inside one group."""

from __future__ import annotations

import polars as pl

from directions.definitions import definition
from directions.facts import Coverage, Indicator, Table, TableColumn, missing_indicator
from directions.indicators.building import (
    SHARE,
    YEAR,
    known_count,
    make_table,
    missing_table,
    no_value,
    share_of,
    too_few,
)
from directions.indicators.marks import granted
from directions.study import Study

_KINDS = (
    ("transfer_count", "转让", "transfers", "Transfers"),
    ("licence_count", "许可", "licences", "Licences"),
    ("pledge_count", "质押", "pledges", "Pledges"),
)
_COUNTS = tuple(kind[0] for kind in _KINDS)
_LISTS = ("event_kinds", "event_dates")


def operated(study: Study) -> Indicator:
    """运营量 in patents or events, by the study's 口径.

    Transfers inside a group can be told only where the study knows groups and current holders; the
    definition of the value says whether they were left out.
    """
    made = definition(_definition(study))
    if lacking := _lacking(study):
        return missing_indicator(made, lacking, study.count)
    frame = operations(study)
    value = _in_all(frame) if study.counting.operation == "events" else int(frame["operated"].sum())
    coverage = Coverage(known_count(study.patents, operation_known()), study.count)
    return Indicator(value=value, definition=made, coverage=coverage)


def operation_share(study: Study) -> Indicator:
    """运营率: granted patents that were operated, of granted ones."""
    made = definition("operation_share.grants")
    if lacking := (*_lacking(study), *study.lacking("grant_date")):
        return missing_indicator(made, lacking, study.count)
    frame = study.patents.with_columns(operated=operations(study)["operated"]).filter(granted())
    coverage = Coverage(known_count(frame, operation_known()), frame.height)
    if reason := too_few(frame, operation_known(), ("event_kinds",)):
        return no_value(made, coverage, reason)
    return share_of(made, int(frame["operated"].sum()), frame.height, coverage)


def operation_kinds(study: Study) -> Table:
    """Patents and events of each kind of operation; a kind that no export tells of has none."""
    title = ("专利运营方式", "Kinds of operation")
    columns = (
        TableColumn("kind", "运营方式", "text", label_en="Kind"),
        TableColumn("patents", "专利量", "count", "件", "Patents"),
        TableColumn("events", "次数", "count", "次", "Events"),
        SHARE,
    )
    names = [_definition(study), "operation_kind.share"]
    if lacking := _lacking(study):
        return missing_table(study, "operation_kinds", title, columns, names, lacking)
    frame = operations(study)
    whole = int(frame["operated"].sum())
    untold = set(study.lacking(*_COUNTS)) if study.lacking("event_kinds") else set()
    lines = []
    for column, label, _, _ in _KINDS:
        patents, events = int((frame[column] > 0).sum()), int(frame[column].sum())
        known = column not in untold
        share = patents / whole if known and whole else None
        lines.append((label, patents if known else None, events if known else None, share))
    rows = pl.DataFrame(
        lines,
        schema={"kind": pl.String, "patents": pl.Int64, "events": pl.Int64, "share": pl.Float64},
        orient="row",
    )
    return make_table(
        study, "operation_kinds", title, columns, rows, names, known=operation_known(), notes=_notes(study)
    )


def operation_by_year(study: Study) -> Table:
    """Transfers, licences and pledges of every year of the study's period, from the legal events."""
    title = ("年度专利运营", "Operations by year")
    columns = (
        YEAR,
        *(TableColumn(name, label, "count", "次", english) for _, label, name, english in _KINDS),
    )
    names = ["operation_year.events"]
    if lacking := study.lacking(*_LISTS):
        return missing_table(study, "operation_by_year", title, columns, names, lacking)
    events = (
        study.patents.with_columns(internal=internal_transfers(study))
        .select("internal", kind="event_kinds", year=pl.col("event_dates").list.eval(pl.element().dt.year()))
        .explode("kind", "year")
        .filter(~((pl.col("kind") == "转让") & pl.col("internal")))
        .filter(pl.col("kind").is_in([label for _, label, _, _ in _KINDS]))
    )
    counted = events.group_by("year", "kind").agg(count=pl.len())
    found = {(year, kind): count for year, kind, count in counted.iter_rows()}
    years = range(study.period.first, study.period.last + 1)
    rows = pl.DataFrame(
        {
            "year": list(years),
            **{name: [found.get((year, label), 0) for year in years] for _, label, name, _ in _KINDS},
        }
    )
    undated = int(events["year"].null_count())
    note = (f"{undated}次运营没有日期，未计入各年。", f"{undated} undated operations are in no year.")
    notes = [note] if undated else []
    known = pl.col("event_kinds").list.len() > 0
    return make_table(study, "operation_by_year", title, columns, rows, names, known=known, notes=notes)


def operations(study: Study) -> pl.DataFrame:
    """Transfers, licences and pledges of each patent, in the order of `study.patents`.

    Returns:
        Columns transfer_count, licence_count, pledge_count (0 where none is told of) and `operated`;
        transfers inside one group are 0 where the study leaves them out.
    """
    frame = study.patents.select(pl.col(name).fill_null(0).alias(name) for name in _COUNTS)
    if not study.counting.within_group:
        inside = internal_transfers(study)
        frame = frame.with_columns(transfer_count=pl.when(inside).then(0).otherwise(pl.col("transfer_count")))
    return frame.with_columns(operated=pl.sum_horizontal(_COUNTS) > 0)


def internal_transfers(study: Study) -> pl.Series:
    """Patents whose transfers stayed inside one group, bool.

    The export tells who holds the patent now, not every step: a transfer is internal when the holders
    are others than the applicants, but of the very same groups. Without groups none is.
    """
    none = pl.Series("internal", [False] * study.count, dtype=pl.Boolean)
    if not study.groups or study.counting.within_group or study.lacking("current_applicants"):
        return none
    groups = dict(study.groups)
    moved = study.patents.select(
        "applicants", "current_applicants", moved=pl.col("transfer_count").fill_null(0) > 0
    )
    return pl.Series(
        "internal",
        [
            bool(moved_on) and _same_groups(before, after, groups)
            for before, after, moved_on in moved.iter_rows()
        ],
        dtype=pl.Boolean,
    )


def _same_groups(before: list[str], after: list[str], groups: dict[str, str]) -> bool:
    if not after or set(before) == set(after):
        return False
    return {groups.get(name, name) for name in before} == {groups.get(name, name) for name in after}


def _definition(study: Study) -> str:
    knows = bool(study.groups) and not study.lacking("current_applicants")
    suffix = "" if knows and not study.counting.within_group else "_all"
    return f"operation.{study.counting.operation}{suffix}"


def _lacking(study: Study) -> tuple[str, ...]:
    """What lacks when no kind of operation is told of, neither counts nor legal events."""
    lacking = study.lacking(*_COUNTS, "event_kinds")
    return lacking[:3] if len(lacking) == 4 else ()


def operation_known() -> pl.Expr:
    """Whether an export tells if the patent was operated: a count, or a legal history."""
    told = [pl.col(name).is_not_null() for name in _COUNTS]
    return pl.any_horizontal(*told, pl.col("event_kinds").list.len() > 0)


def _in_all(frame: pl.DataFrame) -> int:
    return int(frame.select(pl.sum_horizontal(_COUNTS).sum()).item())


def _notes(study: Study) -> list[tuple[str, str]]:
    if study.counting.within_group or study.groups:
        return []
    return [
        (
            "没有集团成员表（groups.yaml），集团内部转让未能剔除。",
            "Without a file of groups (groups.yaml) transfers inside groups could not be left out.",
        )
    ]
