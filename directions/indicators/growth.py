"""增长: 同比, 年均增长率, 年均增长量, multiples of periods, peaks; over complete years only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import polars as pl

from directions.facts import Coverage, TableColumn
from directions.indicators.counts import (
    COUNT,
    GROWTH_RATE,
    YEAR,
    complete_period,
    compound_growth,
    incomplete_note,
    mean_growth,
    year_counts,
    year_frame,
)
from directions.indicators.declaration import Rows, Unavailable, Value, indicator, table
from directions.indicators.filings import lacking_year
from directions.study import PLANS, Period, Study
from patents.bilingual import Text
from themes.trends import growth as compare_counts

_LEVEL = 0.95
_DATED = pl.col("year").is_not_null()
_YOY = TableColumn("yoy", Text("同比增长率", "Year on year"), "share", "%")
_MULTIPLES = {
    "R": TableColumn("multiple", Text("倍数", "Multiple (R)"), "ratio", "倍"),
    "R-1": TableColumn("increase", Text("增长倍数", "Increase (R − 1)"), "ratio", "倍"),
}


@indicator("yoy.count", needs=lacking_year)
def year_on_year(study: Study, year: int) -> Value:
    """同比 of a year; none for an incomplete one, or after a year without a patent."""
    _expect_complete(study, Period(year - 1, year))
    before, now = year_counts(study, Period(year - 1, year)).values()
    return _ratio(study, before, now, less=1.0, empty=str(year - 1))


@indicator("growth_rate.{growth}", needs=lacking_year)
def growth_rate(study: Study, period: Period | None = None) -> Value:
    """年均增长率 of a period (of the study's when None), CAGR or mean of 同比 by the study's 口径.

    Only complete years count: a period that runs beyond them ends with the last one.
    """
    years = complete_period(study, period)
    _expect_complete(study, years, least=2)
    counts = list(year_counts(study, years).values())
    rate = _rate(study, counts)
    if rate is None:
        raise Unavailable(
            Text(f"{years.first}年没有专利，增长率无从计算", f"no patent in {years.first} to grow from"),
            _coverage(study),
        )
    if study.counting.growth == "mean":
        return Value(rate, _coverage(study))
    ratio = compare_counts(counts[0], counts[-1], level=_LEVEL)
    root = 1 / (len(counts) - 1)
    return Value(rate, _coverage(study), ratio.low**root - 1, ratio.high**root - 1)


@indicator("increment.{increment}", needs=lacking_year)
def increment(study: Study, period: Period | None = None) -> Value:
    """年均增长量 of a period's complete years, over T years or T − 1 intervals by the study's 口径."""
    years = complete_period(study, period)
    _expect_complete(study, years, least=2)
    return Value(cast(float, _increment(study, list(year_counts(study, years).values()))), _coverage(study))


@indicator("multiple.{multiple}", needs=lacking_year)
def multiple(study: Study, earlier: Period, later: Period) -> Value:
    """How many times the patents of a later period are those of an earlier one, R or R − 1 by the 口径."""
    for period in (earlier, later):
        _expect_complete(study, period)
    before, after = (sum(year_counts(study, period).values()) for period in (earlier, later))
    less = 1.0 if study.counting.multiple == "R-1" else 0.0
    return _ratio(study, before, after, less=less, empty=earlier.label)


@table(
    id="growth_by_year",
    title=Text("年度专利量及其增长", "Patents by year and their growth"),
    columns=(
        YEAR,
        COUNT,
        _YOY,
        TableColumn("moving_average", Text("三年移动平均", "Moving average"), "number", "件"),
    ),
    definitions=("filings.{year_by}", "yoy.count", "moving_average.3"),
    needs=lacking_year,
)
def growth_by_year(study: Study) -> Rows:
    """Counts, 同比 and moving average of every year; none for incomplete years."""
    counts = year_counts(study, Period(study.period.first - 2, study.period.last))
    shown = {year: count for year, count in counts.items() if year >= study.period.first}
    complete = [year for year in shown if year < study.incomplete_from]
    rates = {year: counts[year] / counts[year - 1] - 1 for year in complete if counts[year - 1]}
    earliest = study.patents["year"].min()
    first = earliest if isinstance(earliest, int) else study.period.first
    means = {
        year: sum(counts[year - back] for back in range(3)) / 3 for year in complete if year - 2 >= first
    }
    frame = year_frame(
        study,
        count=shown,
        yoy={year: rates.get(year) for year in shown},
        moving_average={year: means.get(year) for year in shown},
    )
    return Rows(frame, _DATED, (incomplete_note(study),))


@table(
    id="plan_multiples",
    title=Text("各时期增长倍数", "Multiples of periods"),
    columns=lambda study: (
        TableColumn("period", Text("时期", "Period")),
        COUNT,
        _MULTIPLES[study.counting.multiple],
        GROWTH_RATE,
        TableColumn("increment", Text("年均增长量", "Annual increment"), "number", "件/年"),
    ),
    definitions=("filings.{year_by}", "multiple.{multiple}", "growth_rate.{growth}", "increment.{increment}"),
    needs=lacking_year,
)
def plan_multiples(study: Study, periods: Sequence[Period] = PLANS) -> Rows:
    """Every period against the one before: R and R − 1, growth rate and increment within it.

    Both multiples are in the rows; the one of the study's 口径 is printed.
    """
    rates = dict.fromkeys(("multiple", "increase", "growth_rate", "increment"), pl.Float64)
    schema = {"period": pl.String, "count": pl.Int64, **rates, "complete": pl.Boolean}
    frame = pl.DataFrame(_plan_lines(study, periods), schema=schema, orient="row")
    last = max((period.last for period in periods if period.label in set(frame["period"])), default=0)
    return Rows(frame, _DATED, (incomplete_note(study, last),))


@table(
    id="peak_years",
    title=Text("峰值年", "Peak years"),
    columns=(YEAR, COUNT, _YOY),
    definitions=("peak.count", "yoy.count"),
    needs=lacking_year,
)
def peak_years(study: Study, count: int = 3) -> Rows:
    """The highest peaks among the complete years of the period."""
    years = year_counts(study, complete_period(study))
    peaks = sorted((year for year in years if _is_peak(years, year)), key=lambda year: (-years[year], year))
    rates = [years[year] / years[year - 1] - 1 if years.get(year - 1) else None for year in peaks]
    frame = pl.DataFrame(
        {"year": peaks, "count": [years[year] for year in peaks], "yoy": rates},
        schema={"year": pl.Int64, "count": pl.Int64, "yoy": pl.Float64},
    )
    return Rows(frame.head(count), _DATED)


def _is_peak(years: dict[int, int], year: int) -> bool:
    before, after = years.get(year - 1), years.get(year + 1)
    if before is None and after is None:
        return False
    above = years[year] > 0 if before is None else years[year] > before
    return above and (after is None or (years[year] > after if before is None else years[year] >= after))


def _plan_lines(
    study: Study, periods: Sequence[Period]
) -> list[tuple[str, int, float | None, float | None, float | None, float | None, bool]]:
    lines = []
    previous: int | None = None
    for period in periods:
        counts = list(year_counts(study, period).values())
        whole, complete = sum(counts), period.last < study.incomplete_from
        ratio = whole / previous if previous and complete else None
        inside = list(year_counts(study, complete_period(study, period)).values())
        rate = _rate(study, inside)
        if whole or previous:
            less = None if ratio is None else ratio - 1
            lines.append((period.label, whole, ratio, less, rate, _increment(study, inside), complete))
        previous = whole if whole and complete else None
    while lines and lines[-1][1] == 0:
        lines.pop()
    return lines


def _increment(study: Study, counts: Sequence[int]) -> float | None:
    if len(counts) < 2:
        return None
    return (counts[-1] - counts[0]) / (len(counts) - (study.counting.increment == "T-1"))


def _rate(study: Study, counts: Sequence[int]) -> float | None:
    return mean_growth(counts) if study.counting.growth == "mean" else compound_growth(counts)


def _ratio(study: Study, before: int, after: int, *, less: float, empty: str) -> Value:
    """After over before; `empty` names what holds nothing where before is zero."""
    if before == 0:
        label = f"{empty}年" if empty.isdigit() else empty
        raise Unavailable(Text(f"{label}没有专利", f"no patent in {empty}"), _coverage(study))
    ratio = compare_counts(before, after, level=_LEVEL)
    return Value(after / before - less, _coverage(study), ratio.low - less, ratio.high - less)


def _expect_complete(study: Study, years: Period, *, least: int = 1) -> None:
    """Raise `Unavailable` where nothing can be said about some years."""
    incomplete = study.incomplete_from
    if years.last >= incomplete:
        reason = Text(f"{incomplete}年起数据尚不完整", f"the years from {incomplete} on are incomplete")
    elif years.years < least:
        reason = Text(f"完整年份不足{least}年", f"fewer than {least} complete years")
    else:
        return
    raise Unavailable(reason, _coverage(study))


def _coverage(study: Study) -> Coverage:
    return Coverage(study.count - int(study.patents["year"].null_count()), study.count)
