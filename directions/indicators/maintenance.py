"""维持年限: how long rights are kept up, from filing or from grant."""

from __future__ import annotations

import warnings
from typing import cast

import numpy as np
import polars as pl
from scipy.stats import CensoredData, ecdf

from directions.facts import Coverage, TableColumn
from directions.indicators.counts import COUNT, SHARE
from directions.indicators.declaration import Rows, Unavailable, Value, definition_of, indicator, table
from directions.indicators.marks import ended_after_grant, granted, in_force
from directions.study import Study
from patents.bilingual import NO_TEXT, Text

_DAYS = 365.25
_BAND = TableColumn("band", Text("维持年限", "Years"), "text", "年")
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


@indicator("maintenance.{term_from}")
def mean_maintenance(study: Study) -> Value:
    """Mean 维持年限 of rights that lapsed."""
    rows = study.patents.filter(ended_after_grant())
    return _mean(study, "maintenance.{term_from}", rows["lapse_date"] - rows[_start(study)])


@indicator("age.{term_from}")
def mean_age(study: Study) -> Value:
    """Mean age of the rights in force at the as-of date."""
    rows = study.patents.filter(in_force())
    terms = rows.select(pl.lit(study.as_of) - pl.col(_start(study))).to_series()
    return _mean(study, "age.{term_from}", terms)


@table(
    id="maintenance_bands",
    title=Text("专利维持年限", "Years maintained"),
    columns=(_BAND, COUNT, SHARE),
    definitions=("maintenance.{term_from}",),
)
def maintenance_bands(study: Study) -> Rows:
    """Lapsed rights kept up for 0–1, 0–2, 0–3 and ≥5 years, as papers print it; the bands overlap."""
    note = Text(
        "0—1、0—2、0—3 年依次包含，各行不相加。", "0–1, 0–2, 0–3 contain each other; do not add them up."
    )
    return _bands(study, _OVERLAPPING, note)


@table(
    id="maintenance_years",
    title=Text("专利维持年限分布", "Distribution of years maintained"),
    columns=(_BAND, COUNT, SHARE),
    definitions=("maintenance.{term_from}",),
)
def maintenance_years(study: Study) -> Rows:
    """Lapsed rights by years kept up, in bands that do not overlap and add up to all."""
    return _bands(study, _DISJOINT)


@table(
    id="survival",
    title=Text("授权后维持率", "Share maintained after grant"),
    columns=(
        TableColumn("age", Text("授权后年数", "Years after grant"), "count", "年"),
        TableColumn("at_risk", Text("仍在观察", "Still watched"), "count", "件"),
        TableColumn("share", Text("维持率", "Share maintained"), "share", "%"),
        TableColumn("low", Text("下限", "Low"), "share", "%"),
        TableColumn("high", Text("上限", "High"), "share", "%"),
    ),
    definitions=("maintained.share",),
)
def survival(study: Study, years: int = 10) -> Rows:
    """维持率: share of granted patents still in force so many years after grant, with 95 % intervals.

    Args:
        study: what is counted.
        years: as far as the table goes, at most; it ends where nobody is left to watch.
    """
    rows, lasted = _lasted(study)
    return Rows(kaplan_meier(lasted, years), Coverage(lasted.height, rows.height))


def _lasted(study: Study) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Granted patents, and of those with dates the days they lasted and whether they ended."""
    rows = study.patents.filter(granted())
    end = pl.when(ended_after_grant()).then(pl.col("lapse_date")).when(in_force()).then(pl.lit(study.as_of))
    days = (end - pl.col("grant_date")).dt.total_days()
    lasted = rows.select(days=days, ended=ended_after_grant()).drop_nulls("days").filter(pl.col("days") >= 0)
    return rows, lasted


def kaplan_meier(lasted: pl.DataFrame, years: int) -> pl.DataFrame:
    """Kaplan and Meier's share that lasts, with the 95 % interval of Greenwood's variance on log(−log).

    Args:
        lasted: `days`, and whether it `ended` then or was only watched so long.
        years: as far as it goes, at most.

    Returns:
        `age` in years, `at_risk` (still watched at its end), `share`, `low`, `high`.
    """
    days = lasted["days"].to_numpy()
    ages = np.arange(1, years + 1)
    at_risk = np.array([int((days > age * _DAYS).sum()) for age in ages], dtype=np.int64)
    ages, at_risk = ages[at_risk > 0], at_risk[at_risk > 0]
    columns = {"age": ages, "at_risk": at_risk}
    if not len(ages):
        return pl.DataFrame(columns | dict.fromkeys(("share", "low", "high"), np.zeros(0)))
    with warnings.catch_warnings():
        # Before the first end there is no interval; the share stands for it.
        warnings.simplefilter("ignore", RuntimeWarning)
        lasting = ecdf(CensoredData.right_censored(days, ~lasted["ended"].to_numpy())).sf
        interval = lasting.confidence_interval(method="log-log")
    share = lasting.evaluate(ages * _DAYS)
    low, high = (side.evaluate(ages * _DAYS) for side in (interval.low, interval.high))
    columns |= {
        "share": share,
        "low": np.where(np.isnan(low), share, low),
        "high": np.where(np.isnan(high), share, high),
    }
    return pl.DataFrame(columns)


def _bands(study: Study, bands: tuple[tuple[str, int | None, int | None], ...], note: Text = NO_TEXT) -> Rows:
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
    return Rows(frame, Coverage(dated.height, rows.height), (note,))


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


def _mean(study: Study, name: str, terms: pl.Series) -> Value:
    """Mean of lengths of time in years; of those known."""
    days = terms.dt.total_days().drop_nulls()
    coverage = Coverage(len(days), len(terms))
    if not len(days):
        whom = definition_of(study, name).denominator
        raise Unavailable(Text(f"没有{whom.zh}", f"no {whom.en}"), coverage)
    return Value(cast(float, days.mean()) / _DAYS, coverage)
