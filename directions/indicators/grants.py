"""授权量 and 授权率, of those filed (队列) or of the year (当年)."""

from __future__ import annotations

import polars as pl

from directions.definitions import definition
from directions.facts import Coverage, Indicator, Table, TableColumn, missing_indicator
from directions.indicators.building import (
    ENOUGH,
    YEAR,
    counted,
    counts_of_years,
    everything,
    incomplete_note,
    known_count,
    make_table,
    missing_table,
    no_value,
    share_of,
)
from directions.indicators.marks import DESIGN, INVENTION, UTILITY, grant_known, granted, of_type
from directions.study import Period, Study

_FILINGS = TableColumn("filings", "申请量", "count", "件", "Filings")
_GRANTED = TableColumn("granted", "其中已授权", "count", "件", "Of these granted")
_RATE = TableColumn("rate", "授权率", "share", "%", "Grant rate")


def grants(study: Study, period: Period | None = None, patent_type: str = "") -> Indicator:
    """授权量: of all patents, or of a period by the study's 口径.

    That is: granted of those filed in the period (队列), or grants of its years (当年).

    Args:
        study: what is counted.
        period: years; all patents when None.
        patent_type: 发明 …; all types when empty.
    """
    kind = _type(patent_type)
    if period is None:
        return counted(study, "grants.total", granted(), grant_known(), within=kind)
    if study.counting.grant_rate == "year":
        rows = pl.col("grant_date").dt.year().is_between(period.first, period.last)
        known = pl.col("grant_date").is_not_null() | (grant_known() & ~granted())
        return counted(study, "grants.year", rows, known, within=kind)
    filed = pl.col("filing_year").is_between(period.first, period.last) & kind
    return counted(study, "grants.cohort", granted(), grant_known(), within=filed.fill_null(False))


def grant_rate(study: Study, period: Period | None = None, patent_type: str = "") -> Indicator:
    """授权率 by the study's 口径, over the filings of a period (of the study's when None).

    There is no value where too many of the filed patents have neither a grant date nor a legal state:
    they may have been granted or not. Where few have neither, the interval allows for them.
    """
    made = definition(f"grant_rate.{study.counting.grant_rate}")
    years = period or study.period
    kind = _type(patent_type)
    filed = study.patents.filter(pl.col("filing_year").is_between(years.first, years.last) & kind)
    if lacking := study.lacking(*made.needs):
        return missing_indicator(made, lacking, filed.height)
    coverage = Coverage(known_count(filed, grant_known()), filed.height)
    if filed.height and coverage.share < ENOUGH:
        return no_value(
            made,
            coverage,
            f"仅{coverage.share:.0%}的专利可知是否授权，需要授权公告日（grant_date）或法律状态（legal_state）",
        )
    if study.counting.grant_rate == "cohort":
        return share_of(
            made,
            known_count(filed, granted()),
            filed.height,
            coverage,
            unknown=coverage.of - coverage.known,
        )
    of_years = pl.col("grant_date").dt.year().is_between(years.first, years.last) & kind
    return share_of(made, known_count(study.patents, of_years), filed.height, coverage)


def grants_by_year(study: Study) -> Table:
    """Filings, grants of the year, granted of those filed, and the rate, for every year of the period."""
    title = ("年度申请与授权", "Filings and grants by year")
    columns = (
        YEAR,
        _FILINGS,
        TableColumn("grants", "当年授权量", "count", "件", "Grants of the year"),
        _GRANTED,
        _RATE,
    )
    names = ["filings.filing", "grants.year", "grants.cohort", f"grant_rate.{study.counting.grant_rate}"]
    if lacking := study.lacking("filing_year", "grant_date"):
        return missing_table(study, "grants_by_year", title, columns, names, lacking)
    filed = counts_of_years(study.patents["filing_year"], study.period)
    given = counts_of_years(study.patents.select(pl.col("grant_date").dt.year())["grant_date"], study.period)
    cohort = counts_of_years(study.patents.filter(granted())["filing_year"], study.period)
    known = counts_of_years(study.patents.filter(grant_known())["filing_year"], study.period)
    above = given if study.counting.grant_rate == "year" else cohort
    rows = pl.DataFrame(
        {
            "year": list(filed),
            "filings": list(filed.values()),
            "grants": list(given.values()),
            "granted": list(cohort.values()),
            "rate": [_rate(above[year], filed[year], known[year]) for year in filed],
        },
        schema_overrides={"rate": pl.Float64},
    )
    pending = (
        "近年申请的专利多在审查中，其队列授权率偏低。" if study.counting.grant_rate == "cohort" else "",
        "Recent filings are mostly still pending, so their cohort rate is low.",
    )
    return make_table(
        study,
        "grants_by_year",
        title,
        columns,
        rows,
        names,
        known=grant_known(),
        notes=[incomplete_note(study), pending],
    )


def grants_by_type(study: Study) -> Table:
    """Filed and granted by type of patent, as cohort, over all years."""
    title = ("各类型专利授权情况", "Grants by type of patent")
    columns = (TableColumn("patent_type", "专利类型", "text", label_en="Type"), _FILINGS, _GRANTED, _RATE)
    names = ["filings.filing", "grants.cohort", "grant_rate.cohort"]
    if lacking := study.lacking("patent_type", "grant_date"):
        return missing_table(study, "grants_by_type", title, columns, names, lacking)
    rows = (
        study.patents.group_by("patent_type")
        .agg(filings=pl.len(), granted=granted().sum(), known=grant_known().sum())
        .filter(pl.col("patent_type").is_in([INVENTION, UTILITY, DESIGN]))
        .sort("filings", "patent_type", descending=[True, False])
        .with_columns(
            rate=pl.when(pl.col("known") >= ENOUGH * pl.col("filings")).then(
                pl.col("granted") / pl.col("filings")
            )
        )
    )
    return make_table(study, "grants_by_type", title, columns, rows, names, known=grant_known())


def _type(patent_type: str) -> pl.Expr:
    kind = of_type(patent_type)
    return everything() if kind is None else kind


def _rate(part: int, whole: int, known: int) -> float | None:
    return part / whole if whole and known >= ENOUGH * whole else None
