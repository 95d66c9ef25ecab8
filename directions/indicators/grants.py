"""授权量 and 授权率, of those filed (队列) or of the year (当年)."""

from __future__ import annotations

import polars as pl

from directions.facts import Coverage, TableColumn
from directions.indicators.counts import YEAR, counts_of_years, incomplete_note, known_count, year_frame
from directions.indicators.declaration import Rows, Unavailable, Value, indicator, table
from directions.indicators.filings import TYPE, TYPES
from directions.indicators.marks import grant_known, granted, of_type
from directions.indicators.shares import ENOUGH, counted, share
from directions.study import Period, Study
from patents.bilingual import NO_TEXT, Text

_FILINGS = TableColumn("filings", Text("申请量", "Filings"), "count", "件")
_GRANTED = TableColumn("granted", Text("其中已授权", "Of these granted"), "count", "件")
_RATE = TableColumn("rate", Text("授权率", "Grant rate"), "share", "%")
_GRANT_YEAR = pl.col("grant_date").dt.year()


def _filed(study: Study, period: Period | None, patent_type: str) -> pl.Expr:
    """Patents of a type that were filed in a period, of the study's when None."""
    years = period or study.period
    return pl.col("filing_year").is_between(years.first, years.last) & of_type(patent_type)


def _population(study: Study, period: Period | None, patent_type: str) -> pl.Expr:
    """Patents that 授权量 speaks of."""
    if period is None or study.counting.grant_rate == "year":
        return of_type(patent_type)
    return _filed(study, period, patent_type).fill_null(False)


@indicator(
    lambda study, period: "grants.total" if period is None else f"grants.{study.counting.grant_rate}",
    within=_population,
)
def grants(study: Study, period: Period | None = None, patent_type: str = "") -> Value:
    """授权量: of all patents, or of a period by the study's 口径.

    That is: granted of those filed in the period (队列), or grants of its years (当年).

    Args:
        study: what is counted.
        period: years; all patents when None.
        patent_type: 发明 …; all types when empty.
    """
    rows, known = granted(), grant_known()
    if period is not None and study.counting.grant_rate == "year":
        rows = _GRANT_YEAR.is_between(period.first, period.last)
        known = pl.col("grant_date").is_not_null() | (grant_known() & ~granted())
    return counted(study, rows, known, _population(study, period, patent_type))


@indicator("grant_rate.{grant_rate}", within=_filed)
def grant_rate(study: Study, period: Period | None = None, patent_type: str = "") -> Value:
    """授权率 by the study's 口径, over the filings of a period (of the study's when None).

    There is no value where too many of the filed patents have neither a grant date nor a legal state:
    they may have been granted or not. Where few have neither, the interval allows for them.
    """
    filed = study.patents.filter(_filed(study, period, patent_type))
    coverage = Coverage(known_count(filed, grant_known()), filed.height)
    if filed.height and coverage.share < ENOUGH:
        raise Unavailable(
            Text(
                f"仅{coverage.share:.0%}的专利可知是否授权，需要授权公告日（grant_date）或法律状态（legal_state）",
                f"known of {coverage.share:.0%} of the patents only; needs grant_date or legal_state",
            ),
            coverage,
        )
    if study.counting.grant_rate == "cohort":
        unknown = coverage.of - coverage.known
        return share(known_count(filed, granted()), filed.height, coverage, unknown=unknown)
    years = period or study.period
    of_years = _GRANT_YEAR.is_between(years.first, years.last) & of_type(patent_type)
    return share(known_count(study.patents, of_years), filed.height, coverage)


@table(
    id="grants_by_year",
    title=Text("年度申请与授权", "Filings and grants by year"),
    columns=(
        YEAR,
        _FILINGS,
        TableColumn("grants", Text("当年授权量", "Grants of the year"), "count", "件"),
        _GRANTED,
        _RATE,
    ),
    definitions=("filings.filing", "grants.year", "grants.cohort", "grant_rate.{grant_rate}"),
    needs=("filing_year", "grant_date"),
)
def grants_by_year(study: Study) -> Rows:
    """Filings, grants of the year, granted of those filed, and the rate, for every year of the period."""
    patents, period = study.patents, study.period
    filed = counts_of_years(patents["filing_year"], period)
    given = counts_of_years(patents.select(_GRANT_YEAR)["grant_date"], period)
    cohort = counts_of_years(patents.filter(granted())["filing_year"], period)
    known = counts_of_years(patents.filter(grant_known())["filing_year"], period)
    above = given if study.counting.grant_rate == "year" else cohort
    rates = {year: _rate(above[year], filed[year], known[year]) for year in filed}
    frame = year_frame(study, filings=filed, grants=given, granted=cohort, rate=rates).drop("complete")
    pending = Text(
        "近年申请的专利多在审查中，其队列授权率偏低。",
        "Recent filings are mostly still pending, so their cohort rate is low.",
    )
    by_cohort = study.counting.grant_rate == "cohort"
    return Rows(frame, grant_known(), (incomplete_note(study), pending if by_cohort else NO_TEXT))


@table(
    id="grants_by_type",
    title=Text("各类型专利授权情况", "Grants by type of patent"),
    columns=(TYPE, _FILINGS, _GRANTED, _RATE),
    definitions=("filings.filing", "grants.cohort", "grant_rate.cohort"),
    needs=("patent_type", "grant_date"),
)
def grants_by_type(study: Study) -> Rows:
    """Filed and granted by type of patent, as cohort, over all years."""
    enough = pl.col("known") >= ENOUGH * pl.col("filings")
    frame = (
        study.patents.group_by("patent_type")
        .agg(filings=pl.len(), granted=granted().sum(), known=grant_known().sum())
        .filter(pl.col("patent_type").is_in(list(TYPES)))
        .sort("filings", "patent_type", descending=[True, False])
        .with_columns(rate=pl.when(enough).then(pl.col("granted") / pl.col("filings")))
    )
    return Rows(frame, grant_known())


def _rate(part: int, whole: int, known: int) -> float | None:
    return part / whole if whole and known >= ENOUGH * whole else None
