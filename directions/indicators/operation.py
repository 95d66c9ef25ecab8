"""运营量: transfers, licences, pledges; in patents or events, without transfers inside one group."""

from __future__ import annotations

import polars as pl

from directions.facts import Coverage, TableColumn
from directions.indicators.counts import SHARE, YEAR, known_count
from directions.indicators.declaration import Rows, Value, indicator, table
from directions.indicators.marks import granted
from directions.indicators.shares import expect_enough, share
from directions.study import Study
from patents.bilingual import NO_TEXT, Text

#: Columns of the counts of each kind of operation, with what events call it and how it is printed.
_KINDS = {
    "transfer_count": TableColumn("transfers", Text("转让", "Transfers"), "count", "次"),
    "licence_count": TableColumn("licences", Text("许可", "Licences"), "count", "次"),
    "pledge_count": TableColumn("pledges", Text("质押", "Pledges"), "count", "次"),
}
_COUNTS = tuple(_KINDS)


def operation_known() -> pl.Expr:
    """Whether it is known if the patent was operated: a count, or a legal history."""
    counts = [pl.col(name).is_not_null() for name in _COUNTS]
    return pl.any_horizontal(*counts, pl.col("event_kinds").list.len() > 0)


def _lacking(study: Study) -> tuple[str, ...]:
    """What lacks when no column is about operation, neither counts nor legal events."""
    lacking = study.lacking(*_COUNTS, "event_kinds")
    return lacking[:3] if len(lacking) == 4 else ()


def _definition(study: Study) -> str:
    knows = bool(study.groups) and not study.lacking("current_applicants")
    suffix = "" if knows and not study.counting.within_group else "_all"
    return f"operation.{study.counting.operation}{suffix}"


@indicator(_definition, needs=_lacking)
def operated(study: Study) -> Value:
    """运营量 in patents or events, by the study's 口径.

    Transfers inside a group are known only where the study knows groups and current holders; the
    definition of the value says whether they were left out.
    """
    frame = operations(study)
    events = study.counting.operation == "events"
    value = frame.select(pl.sum_horizontal(_COUNTS)).to_series() if events else frame["operated"]
    return Value(int(value.sum()), Coverage(known_count(study.patents, operation_known()), study.count))


@indicator("operation_share.grants", needs=lambda study: (*_lacking(study), *study.lacking("grant_date")))
def operation_share(study: Study) -> Value:
    """运营率: granted patents that were operated, of granted ones."""
    frame = study.patents.with_columns(operated=operations(study)["operated"]).filter(granted())
    expect_enough(frame, operation_known(), ("event_kinds",))
    coverage = Coverage(known_count(frame, operation_known()), frame.height)
    return share(int(frame["operated"].sum()), frame.height, coverage)


@table(
    id="operation_kinds",
    title=Text("专利运营方式", "Kinds of operation"),
    columns=(
        TableColumn("kind", Text("运营方式", "Kind")),
        TableColumn("patents", Text("专利量", "Patents"), "count", "件"),
        TableColumn("events", Text("次数", "Events"), "count", "次"),
        SHARE,
    ),
    definitions=lambda study: (_definition(study), "operation_kind.share"),
    needs=_lacking,
)
def operation_kinds(study: Study) -> Rows:
    """Patents and events of each kind of operation; a kind that no export covers has none."""
    frame = operations(study)
    whole = int(frame["operated"].sum())
    unknown = set(study.lacking(*_COUNTS)) if study.lacking("event_kinds") else set()
    lines: list[tuple[str, int | None, int | None, float | None]] = []
    for name, column in _KINDS.items():
        patents, events = int((frame[name] > 0).sum()), int(frame[name].sum())
        if name in unknown:
            lines.append((column.label.zh, None, None, None))
        else:
            lines.append((column.label.zh, patents, events, patents / whole if whole else None))
    rows = pl.DataFrame(
        lines,
        schema={"kind": pl.String, "patents": pl.Int64, "events": pl.Int64, "share": pl.Float64},
        orient="row",
    )
    return Rows(rows, operation_known(), (_groups_note(study),))


@table(
    id="operation_by_year",
    title=Text("年度专利运营", "Operations by year"),
    columns=(YEAR, *_KINDS.values()),
    definitions=("operation_year.events",),
    needs=("event_kinds", "event_dates"),
)
def operation_by_year(study: Study) -> Rows:
    """Transfers, licences and pledges of every year of the study's period, from the legal events."""
    events = (
        study.patents.with_columns(internal=internal_transfers(study))
        .select("internal", kind="event_kinds", year=pl.col("event_dates").list.eval(pl.element().dt.year()))
        .explode("kind", "year")
        .filter(~((pl.col("kind") == "转让") & pl.col("internal")))
        .filter(pl.col("kind").is_in([column.label.zh for column in _KINDS.values()]))
    )
    counts = {
        (year, kind): count
        for year, kind, count in events.group_by("year", "kind").agg(count=pl.len()).iter_rows()
    }
    years = range(study.period.first, study.period.last + 1)
    rows = pl.DataFrame(
        {
            "year": list(years),
            **{
                column.name: [counts.get((year, column.label.zh), 0) for year in years]
                for column in _KINDS.values()
            },
        }
    )
    undated = int(events["year"].null_count())
    note = Text(
        f"{undated}次运营没有日期，未计入各年。", f"{undated} undated operations are not counted in any year."
    )
    return Rows(rows, pl.col("event_kinds").list.len() > 0, (note if undated else NO_TEXT,))


def operations(study: Study) -> pl.DataFrame:
    """Transfers, licences and pledges of each patent, in the order of `study.patents`.

    Returns:
        Columns transfer_count, licence_count, pledge_count (0 where none is known) and `operated`;
        transfers inside one group are 0 where the study leaves them out.
    """
    frame = study.patents.select(pl.col(name).fill_null(0).alias(name) for name in _COUNTS)
    if not study.counting.within_group:
        inside = internal_transfers(study)
        frame = frame.with_columns(transfer_count=pl.when(inside).then(0).otherwise(pl.col("transfer_count")))
    return frame.with_columns(operated=pl.sum_horizontal(_COUNTS) > 0)


def internal_transfers(study: Study) -> pl.Series:
    """Patents whose transfers stayed inside one group, bool.

    The export says who holds the patent now, not every step: a transfer is internal when the holders
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


def _groups_note(study: Study) -> Text:
    if study.counting.within_group or study.groups:
        return NO_TEXT
    return Text(
        "没有集团成员表（groups.yaml），集团内部转让未能剔除。",
        "Without a file of groups (groups.yaml) transfers inside groups could not be left out.",
    )
