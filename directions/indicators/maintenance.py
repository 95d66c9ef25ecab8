"""维持年限: how long rights are kept up, from filing or from grant."""

from __future__ import annotations

import math

import polars as pl

from directions.definitions import definition
from directions.facts import Coverage, Definition, Indicator, Table, TableColumn, missing_indicator
from directions.indicators.building import COUNT, SHARE, make_table, missing_table, no_value
from directions.indicators.marks import ended_after_grant, granted, in_force
from directions.study import Study

_DAYS = 365.25
_BAND = TableColumn("band", "维持年限", "text", "年", "Years")
# (label, anniversary it begins at, anniversary it ends at)
_OVERLAPPING = (("0—1", None, 1), ("0—2", None, 2), ("0—3", None, 3), ("≥5", 5, None))
_DISJOINT = (
    ("0—1", None, 1),
    ("1—2", 1, 2),
    ("2—3", 2, 3),
    ("3—5", 3, 5),
    ("5—10", 5, 10),
    ("≥10", 10, None),
)


def mean_maintenance(study: Study) -> Indicator:
    """Mean 维持年限 of rights that lapsed."""
    made = definition(f"maintenance.{study.counting.term_from}")
    if lacking := study.lacking(*made.needs):
        return missing_indicator(made, lacking, study.count)
    start = _start(study)
    rows = study.patents.filter(ended_after_grant())
    days = (rows["lapse_date"] - rows[start]).dt.total_days().drop_nulls()
    return _mean(made, days, rows.height)


def mean_age(study: Study) -> Indicator:
    """Mean age of the rights in force at the as-of date."""
    made = definition(f"age.{study.counting.term_from}")
    if lacking := study.lacking(*made.needs):
        return missing_indicator(made, lacking, study.count)
    rows = study.patents.filter(in_force())
    days = rows.select((pl.lit(study.as_of) - pl.col(_start(study))).dt.total_days())
    return _mean(made, days.to_series().drop_nulls(), rows.height)


def maintenance_bands(study: Study) -> Table:
    """Lapsed rights kept up for 0–1, 0–2, 0–3 and ≥5 years, as papers print it; the bands overlap."""
    note = (
        "0—1、0—2、0—3 年依次包含，各行不相加。",
        "0–1, 0–2, 0–3 contain each other; do not add up.",
    )
    return _bands(study, "maintenance_bands", ("专利维持年限", "Years maintained"), _OVERLAPPING, note)


def maintenance_years(study: Study) -> Table:
    """Lapsed rights by years kept up, in bands that do not overlap and add up to all."""
    return _bands(
        study,
        "maintenance_years",
        ("专利维持年限分布", "Distribution of years maintained"),
        _DISJOINT,
        ("", ""),
    )


def survival(study: Study, years: int = 10) -> Table:
    """维持率: share of granted patents still in force so many years after grant, with 95 % intervals.

    Args:
        study: what is counted.
        years: as far as the table goes, at most; it ends where nobody is left to watch.
    """
    title = ("授权后维持率", "Share maintained after grant")
    columns = (
        TableColumn("age", "授权后年数", "count", "年", "Years after grant"),
        TableColumn("at_risk", "仍在观察", "count", "件", "Still watched"),
        TableColumn("share", "维持率", "share", "%", "Share maintained"),
        TableColumn("low", "下限", "share", "%", "Low"),
        TableColumn("high", "上限", "share", "%", "High"),
    )
    names = ["maintained.share"]
    made = definition(names[0])
    if lacking := study.lacking(*made.needs):
        return missing_table(study, "survival", title, columns, names, lacking)
    rows, lasted = _lasted(study)
    lines = _kaplan_meier(lasted, years)
    whole, part = (pl.Int64,) * 2, (pl.Float64,) * 3
    kinds = (*whole, *part)
    frame = pl.DataFrame(
        lines, schema=dict(zip(("age", "at_risk", "share", "low", "high"), kinds, strict=True)), orient="row"
    )
    return make_table(
        study, "survival", title, columns, frame, names, known=Coverage(lasted.height, rows.height)
    )


def _lasted(study: Study) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Granted patents, and of those with dates the days they lasted and whether they ended."""
    rows = study.patents.filter(granted())
    end = pl.when(ended_after_grant()).then(pl.col("lapse_date")).when(in_force()).then(pl.lit(study.as_of))
    days = (end - pl.col("grant_date")).dt.total_days()
    lasted = rows.select(days=days, ended=ended_after_grant()).drop_nulls("days").filter(pl.col("days") >= 0)
    return rows, lasted


def _kaplan_meier(lasted: pl.DataFrame, years: int) -> list[tuple[int, int, float, float, float]]:
    """(years after grant, at risk at their end, share, low, high); interval by Greenwood on log(−log)."""
    steps = lasted.group_by("days").agg(ends=pl.col("ended").sum(), out=pl.len()).sort("days")
    at_risk, share, variance, lines, place = lasted.height, 1.0, 0.0, [], 0
    table = steps.rows()
    for age in range(1, years + 1):
        while place < len(table) and table[place][0] <= age * _DAYS:
            _, ends, out = table[place]
            if ends:
                share *= 1 - ends / at_risk
                variance += ends / (at_risk * (at_risk - ends)) if at_risk > ends else 0.0
            at_risk -= out
            place += 1
        if at_risk == 0:
            break
        lines.append((age, at_risk, share, *_interval(share, variance)))
    return lines


def _interval(share: float, variance: float) -> tuple[float, float]:
    if not 0 < share < 1:
        return share, share
    width = 1.959964 * math.sqrt(variance) / abs(math.log(share))
    return share ** math.exp(width), share ** math.exp(-width)


def _bands(
    study: Study,
    name: str,
    title: tuple[str, str],
    bands: tuple[tuple[str, int | None, int | None], ...],
    note: tuple[str, str],
) -> Table:
    columns = (_BAND, COUNT, SHARE)
    made = definition(f"maintenance.{study.counting.term_from}")
    if lacking := study.lacking(*made.needs):
        return missing_table(study, name, title, columns, [made], lacking)
    rows = study.patents.filter(ended_after_grant())
    dated = rows.drop_nulls(["lapse_date", _start(study)])
    counts = [int(dated.select(_within(_start(study), low, high).sum()).item()) for _, low, high in bands]
    frame = pl.DataFrame(
        {
            "band": [label for label, _, _ in bands],
            "count": counts,
            "share": [count / dated.height if dated.height else None for count in counts],
        },
        schema_overrides={"share": pl.Float64},
    )
    coverage = Coverage(dated.height, rows.height)
    return make_table(study, name, title, columns, frame, [made], known=coverage, notes=[note])


def _within(start: str, low: int | None, high: int | None) -> pl.Expr:
    """Lapsed after `low` and up to `high` anniversaries; from the fifth on, one begins the next band."""
    inside = pl.lit(True)
    if low is not None:
        anniversary = pl.col(start).dt.offset_by(f"{low}y")
        inside &= pl.col("lapse_date") >= anniversary if low >= 5 else pl.col("lapse_date") > anniversary
    if high is not None:
        anniversary = pl.col(start).dt.offset_by(f"{high}y")
        inside &= pl.col("lapse_date") < anniversary if high >= 5 else pl.col("lapse_date") <= anniversary
    return inside


def _start(study: Study) -> str:
    return f"{study.counting.term_from}_date"


def _mean(made: Definition, days: pl.Series, of: int) -> Indicator:
    coverage = Coverage(len(days), of)
    mean = days.mean()
    if not isinstance(mean, float | int):
        return no_value(made, coverage, f"没有{made.denominator}")
    return Indicator(value=float(mean) / _DAYS, definition=made, coverage=coverage)
