"""申请量/专利资源产出量: by year, by plan, by type of patent."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from directions.facts import TableColumn
from directions.indicators.counts import (
    COUNT,
    SHARE,
    YEAR,
    everything,
    in_period,
    incomplete_note,
    unknown_year_note,
    year_counts,
    year_frame,
)
from directions.indicators.declaration import Rows, Value, indicator, table
from directions.indicators.marks import DESIGN, INVENTION, UTILITY, of_type
from directions.indicators.shares import counted
from directions.study import PLANS, Period, Study
from patents.bilingual import Text

_DATED = pl.col("year").is_not_null()
TYPE = TableColumn("patent_type", Text("专利类型", "Type"))
#: Columns of the types of patents.
TYPES = {
    INVENTION: TableColumn("invention", Text(INVENTION, "Inventions"), "count", "件"),
    UTILITY: TableColumn("utility", Text(UTILITY, "Utility models"), "count", "件"),
    DESIGN: TableColumn("design", Text(DESIGN, "Designs"), "count", "件"),
}


def lacking_year(study: Study) -> tuple[str, ...]:
    """The date that years are counted by, where no patent has it."""
    needed = {"filing": "filing_year", "publication": "publication_date", "grant": "grant_date"}
    return study.lacking(needed[study.counting.year_by])


@indicator("filings.{year_by}")
def filings(study: Study, period: Period | None = None) -> Value:
    """Patents of a period, of the whole study when None (those without a year too)."""
    if period is None:
        return counted(study, everything(), everything())
    return counted(study, in_period(period), _DATED)


def _types(study: Study) -> dict[str, TableColumn]:
    """Columns of the types that the study holds."""
    held = study.patents["patent_type"].unique().to_list()
    return {name: column for name, column in TYPES.items() if name in held}


@table(
    id="filings_by_year",
    title=Text("年度专利量", "Patents by year"),
    columns=lambda study: (YEAR, COUNT, *_types(study).values()),
    definitions=("filings.{year_by}",),
    needs=lacking_year,
)
def filings_by_year(study: Study) -> Rows:
    """Patents of every year of the study's period, in all and by type."""
    by_type = {column.name: year_counts(study, rows=of_type(name)) for name, column in _types(study).items()}
    frame = year_frame(study, count=year_counts(study), **by_type)
    return Rows(frame, _DATED, (incomplete_note(study), unknown_year_note(study)))


@table(
    id="filings_by_period",
    title=Text("各时期专利量", "Patents by period"),
    columns=(
        TableColumn("period", Text("时期", "Period")),
        TableColumn("years", Text("年份", "Years")),
        COUNT,
        TableColumn("per_year", Text("年均", "Per year"), "number", "件/年"),
        SHARE,
    ),
    definitions=("filings.{year_by}",),
    needs=lacking_year,
)
def filings_by_period(study: Study, periods: Sequence[Period] = PLANS) -> Rows:
    """Patents of each plan, or of any periods; without those that hold none."""
    known = study.patents["year"].drop_nulls()
    counts = {period: int(known.is_between(period.first, period.last).sum()) for period in periods}
    shown = {period: count for period, count in counts.items() if count}
    frame = pl.DataFrame(
        {
            "period": [period.label for period in shown],
            "years": [f"{period.first}—{period.last}" for period in shown],
            "count": list(shown.values()),
            "per_year": [count / period.years for period, count in shown.items()],
            "share": [count / len(known) for count in shown.values()],
            "complete": [period.last < study.incomplete_from for period in shown],
        }
    )
    last = max((period.last for period in shown), default=0)
    return Rows(frame, _DATED, (incomplete_note(study, last), unknown_year_note(study)))


@table(
    id="patent_types",
    title=Text("专利类型构成", "Types of patents"),
    columns=(TYPE, COUNT, SHARE),
    definitions=("patent_types.share",),
    needs=("patent_type",),
)
def patent_types(study: Study) -> Rows:
    """Patents by type, with shares of those whose type is known."""
    known = study.patents["patent_type"].drop_nulls()
    counts = {name: int((known == name).sum()) for name in TYPES}
    shown = {name: count for name, count in counts.items() if count}
    frame = pl.DataFrame(
        {
            "patent_type": list(shown),
            "count": list(shown.values()),
            "share": [count / len(known) for count in shown.values()],
        }
    )
    return Rows(frame, pl.col("patent_type").is_not_null())
