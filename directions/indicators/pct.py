"""PCT: patents that were filed, or came, through the Patent Cooperation Treaty."""

from __future__ import annotations

import polars as pl

from directions.facts import Coverage, TableColumn
from directions.indicators.counts import (
    YEAR,
    everything,
    incomplete_note,
    known_count,
    year_counts,
    year_frame,
)
from directions.indicators.declaration import Rows, Value, indicator, table
from directions.indicators.marks import DESIGN
from directions.indicators.shares import counted, share
from directions.study import Study
from patents.bilingual import Text

_COLUMNS = ("pct_application_number", "pct_publication_number", "pct_entry_date")
_NO_DESIGN = pl.col("patent_type").ne_missing(DESIGN)


def _lacking(study: Study) -> tuple[str, ...]:
    """What lacks when no column is about PCT at all."""
    lacking = study.lacking(*_COLUMNS)
    return lacking if len(lacking) == len(_COLUMNS) else ()


@indicator("pct.count", needs=_lacking)
def pct_filings(study: Study) -> Value:
    """Patents with a PCT number or a date of entry into the national phase."""
    return counted(study, pct(), everything())


@indicator("pct_share.all", needs=_lacking, within=lambda: _NO_DESIGN)
def pct_share(study: Study) -> Value:
    """PCT patents of inventions and utility models."""
    frame = study.patents.filter(_NO_DESIGN)
    return share(known_count(frame, pct()), frame.height, Coverage(frame.height, frame.height))


@table(
    id="pct_by_year",
    title=Text("年度 PCT 专利量", "PCT patents by year"),
    columns=(YEAR, TableColumn("count", Text("PCT 专利量", "PCT patents"), "count", "件")),
    definitions=("pct.count",),
    needs=_lacking,
)
def pct_by_year(study: Study) -> Rows:
    """PCT patents of every year of the study's period."""
    frame = year_frame(study, count=year_counts(study, rows=pct()))
    return Rows(frame, notes=(incomplete_note(study),))


def pct() -> pl.Expr:
    """Whether a patent went through the PCT."""
    numbers = [pl.col(name).fill_null("") != "" for name in _COLUMNS[:2]]
    return pl.any_horizontal(*numbers, pl.col(_COLUMNS[2]).is_not_null())
