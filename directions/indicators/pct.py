"""PCT: patents that were filed, or came, through the Patent Cooperation Treaty."""

from __future__ import annotations

import polars as pl

from directions.definitions import definition
from directions.facts import Coverage, Indicator, Table, TableColumn, missing_indicator
from directions.indicators.building import (
    COUNT,
    YEAR,
    incomplete_note,
    known_count,
    make_table,
    missing_table,
    share_of,
    year_counts,
)
from directions.indicators.marks import DESIGN
from directions.study import Study

_COLUMNS = ("pct_application_number", "pct_publication_number", "pct_entry_date")


def pct_filings(study: Study) -> Indicator:
    """Patents with a PCT number or a date of entry into the national phase."""
    made = definition("pct.count")
    if lacking := _lacking(study):
        return missing_indicator(made, lacking, study.count)
    value = known_count(study.patents, pct())
    return Indicator(value=value, definition=made, coverage=Coverage(study.count, study.count))


def pct_share(study: Study) -> Indicator:
    """PCT patents of inventions and utility models."""
    made = definition("pct_share.all")
    frame = study.patents.filter(pl.col("patent_type").ne_missing(DESIGN))
    if lacking := _lacking(study):
        return missing_indicator(made, lacking, frame.height)
    return share_of(made, known_count(frame, pct()), frame.height, Coverage(frame.height, frame.height))


def pct_by_year(study: Study) -> Table:
    """PCT patents of every year of the study's period."""
    title = ("年度 PCT 专利量", "PCT patents by year")
    columns = (YEAR, TableColumn("count", "PCT 专利量", COUNT.kind, "件", "PCT patents"))
    names = ["pct.count"]
    if lacking := _lacking(study):
        return missing_table(study, "pct_by_year", title, columns, names, lacking)
    years = year_counts(study, rows=pct())
    frame = pl.DataFrame(
        {
            "year": list(years),
            "count": list(years.values()),
            "complete": [year < study.incomplete_from for year in years],
        }
    )
    return make_table(study, "pct_by_year", title, columns, frame, names, notes=[incomplete_note(study)])


def pct() -> pl.Expr:
    """Whether a patent went through the PCT."""
    numbers = [pl.col(name).fill_null("") != "" for name in _COLUMNS[:2]]
    return pl.any_horizontal(*numbers, pl.col(_COLUMNS[2]).is_not_null())


def _lacking(study: Study) -> tuple[str, ...]:
    """What lacks when no column tells of PCT at all."""
    lacking = study.lacking(*_COLUMNS)
    return lacking if len(lacking) == len(_COLUMNS) else ()
