"""What indicators count with: rows, years without gaps, growth; columns and notes that many print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import polars as pl

from directions.facts import TableColumn
from directions.study import Period, Study
from patents.bilingual import NO_TEXT, Text

YEAR = TableColumn("year", Text("年份", "Year"), "year")
COUNT = TableColumn("count", Text("专利量", "Patents"), "count", "件")
SHARE = TableColumn("share", Text("占比", "Share"), "share", "%")
GROWTH_RATE = TableColumn("growth_rate", Text("年均增长率", "Annual growth"), "share", "%")


def everything() -> pl.Expr:
    """All rows."""
    return pl.col("key").is_not_null()


def known_count(frame: pl.DataFrame, known: pl.Expr) -> int:
    """Rows for which an expression holds; null does not."""
    return int(frame.select(known.fill_null(False).sum()).item())


def in_period(period: Period) -> pl.Expr:
    """Rows whose year lies in a period."""
    return pl.col("year").is_between(period.first, period.last)


def complete_period(study: Study, period: Period | None = None) -> Period:
    """The years of a period that are complete at the as-of date; `last < first` when none is."""
    wanted = period or study.period
    return Period(wanted.first, min(wanted.last, study.incomplete_from - 1), wanted.name)


def year_counts(study: Study, period: Period | None = None, rows: pl.Expr | None = None) -> dict[int, int]:
    """Patents of every year of a period, years without one too.

    Args:
        study: what is counted.
        period: years; those of the study when None.
        rows: which patents; all when None.
    """
    frame = study.patents if rows is None else study.patents.filter(rows)
    return counts_of_years(frame["year"], period or study.period)


def counts_of_years(years: pl.Series, period: Period) -> dict[int, int]:
    """Values of a column of years, counted over a period without gaps."""
    tally = years.drop_nulls().value_counts()
    counted: dict[int, int] = dict(zip(tally[years.name].to_list(), tally["count"].to_list(), strict=True))
    return {year: counted.get(year, 0) for year in range(period.first, period.last + 1)}


def year_frame(study: Study, **counts: Mapping[int, float | None]) -> pl.DataFrame:
    """Columns by year, with whether each year is complete: `year`, those named, `complete`."""
    years = list(next(iter(counts.values())))
    frame = pl.DataFrame({"year": years, **{name: _series(own) for name, own in counts.items()}})
    return frame.with_columns(complete=pl.col("year") < study.incomplete_from)


def _series(counts: Mapping[int, float | None]) -> pl.Series:
    whole = all(isinstance(value, int) for value in counts.values())
    return pl.Series(list(counts.values()), dtype=pl.Int64 if whole else pl.Float64)


def incomplete_note(study: Study, last: int | None = None) -> Text:
    """Say which years are not complete; empty when those shown are."""
    first = study.incomplete_from
    if first > (study.period.last if last is None else last):
        return NO_TEXT
    return Text(
        f"截至{study.as_of:%Y-%m-%d}，{first}年及以后的数据尚不完整，不参与增长计算。",
        f"As of {study.as_of:%Y-%m-%d} the years from {first} on are incomplete and left out of growth.",
    )


def unknown_year_note(study: Study) -> Text:
    """Say how many patents have no year; empty when all have one."""
    unknown = int(study.patents["year"].null_count())
    if unknown == 0:
        return NO_TEXT
    return Text(
        f"{unknown}件专利年份未知，未计入各年。",
        f"{unknown} patents without a year are not counted in any year.",
    )


def annual_growth(study: Study, yearly: Mapping[int, int]) -> float | None:
    """年均增长率 of a series over its complete years, by the study's 口径; None where there is none.

    Args:
        study: whose `counting.growth` decides and whose incomplete years are left out.
        yearly: counts by year, without gaps.
    """
    counts = [count for year, count in sorted(yearly.items()) if year < study.incomplete_from]
    return mean_growth(counts) if study.counting.growth == "mean" else compound_growth(counts)


def compound_growth(counts: Sequence[int]) -> float | None:
    """CAGR from the first to the last of a row of years; None with one year or nothing to begin with."""
    if len(counts) < 2 or counts[0] == 0:
        return None
    return float((counts[-1] / counts[0]) ** (1 / (len(counts) - 1)) - 1)


def mean_growth(counts: Sequence[int]) -> float | None:
    """Mean of 同比 between the years of a row; years after an empty one have none."""
    rates = [later / earlier - 1 for earlier, later in pairwise(counts) if earlier]
    return sum(rates) / len(rates) if rates else None
