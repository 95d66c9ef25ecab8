"""失效原因 and 失效年."""

from __future__ import annotations

import polars as pl

from directions.facts import Coverage, Table, TableColumn
from directions.indicators.building import (
    COUNT,
    SHARE,
    YEAR,
    counts_of_years,
    make_table,
    missing_table,
)
from directions.indicators.marks import ended, ended_after_grant
from directions.study import Study


def lapse_reasons(study: Study) -> Table:
    """Why rights lapsed (or applications ended as well, by the study's 口径), most frequent first."""
    title = ("失效原因构成", "Reasons of lapse")
    columns = (TableColumn("reason", "失效原因", "text", label_en="Reason"), COUNT, SHARE)
    names = [f"lapse_reason.{study.counting.lapsed}"]
    if lacking := study.lacking("legal_state", "lapse_reason"):
        return missing_table(study, "lapse_reasons", title, columns, names, lacking)
    rows = study.patents.filter(_lapsed(study))
    known = rows.drop_nulls("lapse_reason")
    frame = (
        known.group_by(reason="lapse_reason")
        .agg(count=pl.len())
        .with_columns(share=pl.col("count") / max(known.height, 1))
        .sort("count", "reason", descending=[True, False])
    )
    unknown = rows.height - known.height
    note = (
        f"{unknown}件失效原因未知，不计入占比。",
        f"{unknown} without a known reason are left out.",
    )
    return make_table(
        study,
        "lapse_reasons",
        title,
        columns,
        frame,
        names,
        known=Coverage(known.height, rows.height),
        notes=[note] if unknown else [],
    )


def lapses_by_year(study: Study) -> Table:
    """Rights that lapsed after grant, by year of lapse, over the study's period."""
    title = ("年度失效量", "Lapses by year")
    columns = (YEAR, COUNT)
    names = ["lapses.year"]
    if lacking := study.lacking("legal_state", "lapse_date"):
        return missing_table(study, "lapses_by_year", title, columns, names, lacking)
    rows = study.patents.filter(ended_after_grant())
    years = counts_of_years(rows.select(pl.col("lapse_date").dt.year())["lapse_date"], study.period)
    frame = pl.DataFrame({"year": list(years), "count": list(years.values())})
    coverage = Coverage(rows.height - rows["lapse_date"].null_count(), rows.height)
    return make_table(study, "lapses_by_year", title, columns, frame, names, known=coverage)


def _lapsed(study: Study) -> pl.Expr:
    return ended() if study.counting.lapsed == "all" else ended_after_grant()
