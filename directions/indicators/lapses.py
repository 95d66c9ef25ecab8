"""失效原因 and 失效年."""

from __future__ import annotations

import polars as pl

from directions.facts import Coverage, TableColumn
from directions.indicators.counts import COUNT, SHARE, YEAR, counts_of_years
from directions.indicators.declaration import Rows, table
from directions.indicators.marks import ended, ended_after_grant
from directions.study import Study
from patents.bilingual import NO_TEXT, Text


@table(
    id="lapse_reasons",
    title=Text("失效原因构成", "Reasons for lapse"),
    columns=(TableColumn("reason", Text("失效原因", "Reason")), COUNT, SHARE),
    definitions=("lapse_reason.{lapsed}",),
    needs=("legal_state", "lapse_reason"),
)
def lapse_reasons(study: Study) -> Rows:
    """Why rights lapsed (or applications ended as well, by the study's 口径), most frequent first."""
    rows = study.patents.filter(ended() if study.counting.lapsed == "all" else ended_after_grant())
    known = rows.drop_nulls("lapse_reason")
    frame = (
        known.group_by(reason="lapse_reason")
        .agg(count=pl.len())
        .with_columns(share=pl.col("count") / max(known.height, 1))
        .sort("count", "reason", descending=[True, False])
    )
    unknown = rows.height - known.height
    note = Text(
        f"{unknown}件失效原因未知，不计入占比。", f"{unknown} patents without a known reason are left out."
    )
    return Rows(frame, Coverage(known.height, rows.height), (note if unknown else NO_TEXT,))


@table(
    id="lapses_by_year",
    title=Text("年度失效量", "Lapses by year"),
    columns=(YEAR, COUNT),
    definitions=("lapses.year",),
    needs=("legal_state", "lapse_date"),
)
def lapses_by_year(study: Study) -> Rows:
    """Rights that lapsed after grant, by year of lapse, over the study's period."""
    rows = study.patents.filter(ended_after_grant())
    years = counts_of_years(rows.select(pl.col("lapse_date").dt.year())["lapse_date"], study.period)
    frame = pl.DataFrame({"year": list(years), "count": list(years.values())})
    return Rows(frame, Coverage(rows.height - rows["lapse_date"].null_count(), rows.height))
