"""申请量/专利资源产出量: by year, by plan, by type of patent."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from directions.facts import Indicator, Table, TableColumn
from directions.indicators.building import (
    COUNT,
    SHARE,
    YEAR,
    counted,
    everything,
    filings_definition,
    in_period,
    incomplete_note,
    make_table,
    missing_table,
    unknown_year_note,
    year_counts,
)
from directions.indicators.marks import DESIGN, INVENTION, UTILITY
from directions.study import PLANS, Period, Study

_TYPES = (
    ("invention", INVENTION, "Inventions"),
    ("utility", UTILITY, "Utility models"),
    ("design", DESIGN, "Designs"),
)


def filings(study: Study, period: Period | None = None) -> Indicator:
    """Patents of a period, of the whole study when None (those without a year too)."""
    name = filings_definition(study)
    if period is None:
        return counted(study, name, everything(), everything())
    return counted(study, name, in_period(period), pl.col("year").is_not_null())


def filings_by_year(study: Study) -> Table:
    """Patents of every year of the study's period, in all and by type."""
    title = ("年度专利量", "Patents by year")
    types = [one for one in _TYPES if one[1] in study.patents["patent_type"].unique().to_list()]
    columns = (
        YEAR,
        COUNT,
        *(TableColumn(name, label, "count", "件", english) for name, label, english in types),
    )
    name = filings_definition(study)
    if lacking := lacking_year(study):
        return missing_table(study, "filings_by_year", title, columns, [name], lacking)
    years = year_counts(study)
    rows = pl.DataFrame({"year": list(years), "count": list(years.values())})
    for column, label, _ in types:
        own = year_counts(study, rows=(pl.col("patent_type") == label).fill_null(False))
        rows = rows.with_columns(pl.Series(column, list(own.values())))
    rows = rows.with_columns(complete=pl.col("year") < study.incomplete_from)
    notes = [incomplete_note(study), unknown_year_note(study)]
    return make_table(
        study,
        "filings_by_year",
        title,
        columns,
        rows,
        [name],
        known=pl.col("year").is_not_null(),
        notes=notes,
    )


def filings_by_period(study: Study, periods: Sequence[Period] = PLANS) -> Table:
    """Patents of each plan, or of any periods; without those that hold none."""
    title = ("各时期专利量", "Patents by period")
    columns = (
        TableColumn("period", "时期", "text", label_en="Period"),
        TableColumn("years", "年份", "text", label_en="Years"),
        COUNT,
        TableColumn("per_year", "年均", "number", "件/年", "Per year"),
        SHARE,
    )
    name = filings_definition(study)
    if lacking := lacking_year(study):
        return missing_table(study, "filings_by_period", title, columns, [name], lacking)
    known = study.patents["year"].drop_nulls()
    whole = len(known)
    found = [(period, int(known.is_between(period.first, period.last).sum())) for period in periods]
    shown = [(period, count) for period, count in found if count]
    rows = pl.DataFrame(
        {
            "period": [period.label for period, _ in shown],
            "years": [f"{period.first}—{period.last}" for period, _ in shown],
            "count": [count for _, count in shown],
            "per_year": [count / period.years for period, count in shown],
            "share": [count / whole for _, count in shown],
            "complete": [period.last < study.incomplete_from for period, _ in shown],
        }
    )
    notes = [
        incomplete_note(study, max((period.last for period, _ in shown), default=0)),
        unknown_year_note(study),
    ]
    return make_table(
        study,
        "filings_by_period",
        title,
        columns,
        rows,
        [name],
        known=pl.col("year").is_not_null(),
        notes=notes,
    )


def patent_types(study: Study) -> Table:
    """Patents by type, with shares of those whose type is known."""
    title = ("专利类型构成", "Types of patents")
    columns = (TableColumn("patent_type", "专利类型", "text", label_en="Type"), COUNT, SHARE)
    names = ["patent_types.share"]
    if lacking := study.lacking("patent_type"):
        return missing_table(study, "patent_types", title, columns, names, lacking)
    found = study.patents["patent_type"].drop_nulls()
    rows = [(label, int((found == label).sum())) for _, label, _ in _TYPES]
    rows = [row for row in rows if row[1]]
    frame = pl.DataFrame(
        {
            "patent_type": [row[0] for row in rows],
            "count": [row[1] for row in rows],
            "share": [row[1] / len(found) for row in rows],
        }
    )
    return make_table(
        study, "patent_types", title, columns, frame, names, known=pl.col("patent_type").is_not_null()
    )


def lacking_year(study: Study) -> tuple[str, ...]:
    """The date that years are counted by, where no patent has it."""
    needed = {"filing": "filing_year", "publication": "publication_date", "grant": "grant_date"}
    return study.lacking(needed[study.counting.year_by])
