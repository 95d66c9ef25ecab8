"""What indicators are put together from: counts, shares with intervals, tables, years without gaps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import polars as pl

from directions.definitions import definition
from directions.facts import (
    Coverage,
    Definition,
    Indicator,
    Table,
    TableColumn,
    missing_indicator,
    needs_text,
)
from directions.study import Period, Study

#: A rate needs to know of so large a share of its denominator whether it counts: what is blank in an
#: export may be a no or an unknown.
ENOUGH = 0.8
_Z = 1.959964  # two-sided 95 %

YEAR = TableColumn("year", "年份", "year", label_en="Year")
COUNT = TableColumn("count", "专利量", "count", "件", "Patents")
SHARE = TableColumn("share", "占比", "share", "%", "Share")
GROWTH_RATE = TableColumn("growth_rate", "年均增长率", "share", "%", "Annual growth")


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
    found = years.drop_nulls().value_counts()
    counted: dict[int, int] = dict(zip(found[years.name].to_list(), found["count"].to_list(), strict=True))
    return {year: counted.get(year, 0) for year in range(period.first, period.last + 1)}


def counted(
    study: Study, name: str | Definition, rows: pl.Expr, known: pl.Expr, *, within: pl.Expr | None = None
) -> Indicator:
    """Count patents.

    Args:
        study: what is counted.
        name: definition or its id; a column it needs that holds nothing leaves the indicator without value.
        rows: patents that count.
        known: patents of which it can be told whether they count.
        within: patents that the definition speaks of; all when None.
    """
    made = definition(name) if isinstance(name, str) else name
    frame = study.patents if within is None else study.patents.filter(within)
    if lacking := study.lacking(*made.needs):
        return missing_indicator(made, lacking, frame.height)
    value = known_count(frame, rows)
    return Indicator(value=value, definition=made, coverage=Coverage(known_count(frame, known), frame.height))


def share_of(made: Definition, part: int, whole: int, coverage: Coverage, *, unknown: int = 0) -> Indicator:
    """A share with its 95 % interval; no value over nothing.

    Args:
        made: its definition.
        part: patents that have it.
        whole: patents of the denominator.
        coverage: what it rests on.
        unknown: patents of the denominator that may have it; the upper end allows for them.

    Source of the interval: Wilson, Probable Inference, the Law of Succession, JASA 22, 1927.
    """
    if whole == 0:
        missing = f"{made.denominator or '分母'}为零"
        return Indicator(value=None, definition=made, coverage=coverage, missing=missing)
    if part > whole:
        return Indicator(value=part / whole, definition=made, coverage=coverage)
    low, high = wilson(part, whole)[0], wilson(min(part + unknown, whole), whole)[1]
    return Indicator(value=part / whole, definition=made, coverage=coverage, low=low, high=high)


def wilson(part: int, whole: int) -> tuple[float, float]:
    """95 % interval of a share, `whole` > 0."""
    share, square = part / whole, _Z * _Z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = _Z * math.sqrt(share * (1 - share) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


def too_few(frame: pl.DataFrame, known: pl.Expr, needed: Sequence[str]) -> str:
    """Why nothing is said when too few patents tell what is needed; empty when enough do."""
    share = Coverage(known_count(frame, known), frame.height).share
    return "" if share >= ENOUGH else f"仅{share:.0%}的专利可知，{needs_text(needed)}"


def no_value(made: Definition, coverage: Coverage, reason: str) -> Indicator:
    """An indicator that cannot be told for a reason other than a missing column."""
    return Indicator(value=None, definition=made, coverage=coverage, missing=reason)


def make_table(
    study: Study,
    name: str,
    title: tuple[str, str],
    columns: Sequence[TableColumn],
    rows: pl.DataFrame,
    definitions: Sequence[str | Definition],
    *,
    known: pl.Expr | Coverage | None = None,
    notes: Sequence[tuple[str, str]] = (),
) -> Table:
    """A table of a study.

    Args:
        study: what was counted.
        name: id of the table.
        title: Chinese and English; the study's own title stands before it.
        columns: that are printed.
        rows: the values.
        definitions: of the columns with numbers, or their ids.
        known: patents that it rests on, all when None.
        notes: Chinese and English, printed below; empty ones are dropped.
    """
    coverage = known if isinstance(known, Coverage) else Coverage(study.count, study.count)
    if isinstance(known, pl.Expr):
        coverage = Coverage(known_count(study.patents, known), study.count)
    kept = [note for note in notes if note[0]]
    return Table(
        id=name,
        title=title[0],
        title_en=title[1],
        columns=tuple(columns),
        rows=rows,
        definitions=tuple(definition(one) if isinstance(one, str) else one for one in definitions),
        coverage=coverage,
        notes=tuple(note[0] for note in kept),
        notes_en=tuple(note[1] for note in kept),
    )


def missing_table(
    study: Study,
    name: str,
    title: tuple[str, str],
    columns: Sequence[TableColumn],
    definitions: Sequence[str | Definition],
    lacking: Sequence[str],
    *,
    reason: str = "",
) -> Table:
    """A table that cannot be made, and why: columns that lack, or another reason."""
    return Table(
        id=name,
        title=title[0],
        title_en=title[1],
        columns=tuple(columns),
        rows=pl.DataFrame({column.name: [] for column in columns}),
        definitions=tuple(definition(one) if isinstance(one, str) else one for one in definitions),
        coverage=Coverage(0, study.count),
        missing=reason or needs_text(lacking),
    )


def incomplete_note(study: Study, last: int | None = None) -> tuple[str, str]:
    """Say which years are not complete; empty when those shown are."""
    first = study.incomplete_from
    if first > (study.period.last if last is None else last):
        return "", ""
    return (
        f"截至{study.as_of:%Y-%m-%d}，{first}年及以后的数据尚不完整，不参与增长计算。",
        f"As of {study.as_of:%Y-%m-%d} the years from {first} on are incomplete and enter no growth figure.",
    )


def unknown_year_note(study: Study) -> tuple[str, str]:
    """Say how many patents have no year; empty when all have one."""
    unknown = int(study.patents["year"].null_count())
    if unknown == 0:
        return "", ""
    return f"{unknown}件专利年份未知，未计入各年。", f"{unknown} patents without a year are in no year."


def annual_growth(study: Study, yearly: dict[int, int]) -> float | None:
    """年均增长率 of a series over its complete years, by the study's 口径; None where it cannot be told.

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


def growth_definition(study: Study) -> str:
    """Id of the definition of 年均增长率 that the study counts by."""
    return f"growth_rate.{study.counting.growth}"


def filings_definition(study: Study) -> str:
    """Id of the definition that yearly counts go by."""
    return f"filings.{study.counting.year_by}"
