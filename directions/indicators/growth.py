"""增长: 同比, 年均增长率, 年均增长量, multiples of periods, peaks; over complete years only."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from directions.definitions import definition
from directions.facts import Coverage, Definition, Indicator, Table, TableColumn, missing_indicator
from directions.indicators.building import (
    COUNT,
    GROWTH_RATE,
    YEAR,
    complete_period,
    compound_growth,
    filings_definition,
    growth_definition,
    incomplete_note,
    make_table,
    mean_growth,
    missing_table,
    no_value,
    year_counts,
)
from directions.indicators.filings import lacking_year
from directions.study import PLANS, Period, Study
from themes.trends import growth as compare_counts

_LEVEL = 0.95
_KNOWN = pl.col("year").is_not_null()
_YOY = TableColumn("yoy", "同比增长率", "share", "%", "Year on year")


def year_on_year(study: Study, year: int) -> Indicator:
    """同比 of a year; none for an incomplete one, or after a year without a patent."""
    made = definition("yoy.count")
    if (refused := _refused(study, made, Period(year - 1, year))) is not None:
        return refused
    before, now = year_counts(study, Period(year - 1, year)).values()
    if before == 0:
        return no_value(made, _coverage(study), f"{year - 1}年没有专利")
    return _ratio(made, before, now, _coverage(study), less=1.0)


def growth_rate(study: Study, period: Period | None = None) -> Indicator:
    """年均增长率 of a period (of the study's when None), CAGR or mean of 同比 by the study's 口径.

    Only complete years count: a period that runs beyond them ends with the last one.
    """
    made = definition(growth_definition(study))
    years = complete_period(study, period)
    if (refused := _refused(study, made, years, least=2)) is not None:
        return refused
    counts = list(year_counts(study, years).values())
    rate = mean_growth(counts) if study.counting.growth == "mean" else compound_growth(counts)
    if rate is None:
        return no_value(made, _coverage(study), f"{years.first}年没有专利，增长率无从计算")
    if study.counting.growth == "mean":
        return Indicator(value=rate, definition=made, coverage=_coverage(study))
    told = compare_counts(counts[0], counts[-1], level=_LEVEL)
    root = 1 / (len(counts) - 1)
    low, high = told.low**root - 1, told.high**root - 1
    return Indicator(value=rate, definition=made, coverage=_coverage(study), low=low, high=high)


def increment(study: Study, period: Period | None = None) -> Indicator:
    """年均增长量 of a period's complete years, over T years or T − 1 intervals by the study's 口径."""
    made = definition(f"increment.{study.counting.increment}")
    years = complete_period(study, period)
    if (refused := _refused(study, made, years, least=2)) is not None:
        return refused
    return Indicator(
        value=_increment(study, list(year_counts(study, years).values())),
        definition=made,
        coverage=_coverage(study),
    )


def multiple(study: Study, earlier: Period, later: Period) -> Indicator:
    """How many times the patents of a later period are those of an earlier one, R or R − 1 by the 口径."""
    made = definition(f"multiple.{study.counting.multiple}")
    for period in (earlier, later):
        if (refused := _refused(study, made, period)) is not None:
            return refused
    before, after = (sum(year_counts(study, period).values()) for period in (earlier, later))
    if before == 0:
        return no_value(made, _coverage(study), f"{earlier.label}没有专利")
    less = 1.0 if study.counting.multiple == "R-1" else 0.0
    return _ratio(made, before, after, _coverage(study), less=less)


def growth_by_year(study: Study) -> Table:
    """Counts, 同比 and moving average of every year; none for incomplete years."""
    title = ("年度专利量及其增长", "Patents by year and their growth")
    average = TableColumn("moving_average", "三年移动平均", "number", "件", "Moving average")
    columns = (YEAR, COUNT, _YOY, average)
    names = [filings_definition(study), "yoy.count", "moving_average.3"]
    if lacking := lacking_year(study):
        return missing_table(study, "growth_by_year", title, columns, names, lacking)
    first = study.period.first
    before = year_counts(study, Period(first - 2, study.period.last))
    years = range(first, study.period.last + 1)
    complete = [year < study.incomplete_from for year in years]
    known = [year - 2 >= _first_year(study) for year in years]
    frame = pl.DataFrame(
        {
            "year": list(years),
            "count": [before[year] for year in years],
            "yoy": [
                before[year] / before[year - 1] - 1 if done and before[year - 1] else None
                for year, done in zip(years, complete, strict=True)
            ],
            "moving_average": [
                (before[year] + before[year - 1] + before[year - 2]) / 3 if done and full else None
                for year, done, full in zip(years, complete, known, strict=True)
            ],
            "complete": complete,
        },
        schema_overrides={"yoy": pl.Float64, "moving_average": pl.Float64},
    )
    notes = [incomplete_note(study)]
    return make_table(study, "growth_by_year", title, columns, frame, names, known=_KNOWN, notes=notes)


def plan_multiples(study: Study, periods: Sequence[Period] = PLANS) -> Table:
    """Every period against the one before: R and R − 1, growth rate and increment within it.

    Both multiples are in the rows; the one of the study's 口径 is printed.
    """
    title = ("各时期增长倍数", "Multiples of periods")
    chosen = {
        "R": TableColumn("multiple", "倍数", "ratio", "倍", "Multiple (R)"),
        "R-1": TableColumn("increase", "增长倍数", "ratio", "倍", "Increase (R − 1)"),
    }[study.counting.multiple]
    columns = (
        TableColumn("period", "时期", "text", label_en="Period"),
        COUNT,
        chosen,
        GROWTH_RATE,
        TableColumn("increment", "年均增长量", "number", "件/年", "Annual increment"),
    )
    names = [
        filings_definition(study),
        f"multiple.{study.counting.multiple}",
        growth_definition(study),
        f"increment.{study.counting.increment}",
    ]
    if lacking := lacking_year(study):
        return missing_table(study, "plan_multiples", title, columns, names, lacking)
    frame = pl.DataFrame(
        _plan_lines(study, periods),
        schema={
            "period": pl.String,
            "count": pl.Int64,
            "multiple": pl.Float64,
            "increase": pl.Float64,
            "growth_rate": pl.Float64,
            "increment": pl.Float64,
            "complete": pl.Boolean,
        },
        orient="row",
    )
    last = max((period.last for period in periods if period.label in set(frame["period"])), default=0)
    notes = [incomplete_note(study, last)]
    return make_table(study, "plan_multiples", title, columns, frame, names, known=_KNOWN, notes=notes)


def peak_years(study: Study, count: int = 3) -> Table:
    """The highest peaks among the complete years of the period."""
    title = ("峰值年", "Peak years")
    columns = (YEAR, COUNT, _YOY)
    names = ["peak.count", "yoy.count"]
    if lacking := lacking_year(study):
        return missing_table(study, "peak_years", title, columns, names, lacking)
    years = year_counts(study, complete_period(study))
    peaks = sorted((year for year in years if _is_peak(years, year)), key=lambda year: (-years[year], year))
    rates = [years[year] / years[year - 1] - 1 if years.get(year - 1) else None for year in peaks]
    frame = pl.DataFrame(
        {"year": peaks, "count": [years[year] for year in peaks], "yoy": rates},
        schema={"year": pl.Int64, "count": pl.Int64, "yoy": pl.Float64},
    ).head(count)
    return make_table(study, "peak_years", title, columns, frame, names, known=_KNOWN)


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
        rate = mean_growth(inside) if study.counting.growth == "mean" else compound_growth(inside)
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


def _ratio(made: Definition, before: int, after: int, coverage: Coverage, *, less: float) -> Indicator:
    told = compare_counts(before, after, level=_LEVEL)
    return Indicator(
        value=after / before - less,
        definition=made,
        coverage=coverage,
        low=told.low - less,
        high=told.high - less,
    )


def _refused(study: Study, made: Definition, years: Period, *, least: int = 1) -> Indicator | None:
    """Why nothing can be said about some years; None when something can."""
    if lacking := lacking_year(study):
        return missing_indicator(made, lacking, study.count)
    if years.last >= study.incomplete_from:
        return no_value(made, _coverage(study), f"{study.incomplete_from}年起数据尚不完整")
    if years.years < least:
        return no_value(made, _coverage(study), f"完整年份不足{least}年")
    return None


def _coverage(study: Study) -> Coverage:
    return Coverage(study.count - int(study.patents["year"].null_count()), study.count)


def _first_year(study: Study) -> int:
    first = study.patents["year"].min()
    return first if isinstance(first, int) else study.period.first
