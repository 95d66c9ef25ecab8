"""专利密集型产业: scale and density of inventions, with persons employed from the user's file."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from directions.facts import Coverage, TableColumn
from directions.indicators.categories import tally, unique_patents
from directions.indicators.declaration import Rows, table
from directions.indicators.facts_file import Facts
from directions.indicators.industries import INDUSTRY, members
from directions.indicators.marks import INVENTION, grant_known
from directions.indicators.shares import expect_enough
from directions.study import Study
from patents.bilingual import Text
from themes.years import incomplete_from

_YEARS = 5


def _span(study: Study) -> tuple[int, int]:
    """First and last of the last five complete years of grants."""
    last = incomplete_from(study.as_of, 0) - 1
    return last - _YEARS + 1, last


def _columns(study: Study) -> tuple[TableColumn, ...]:
    first, last = _span(study)
    return (
        INDUSTRY,
        TableColumn("grants", Text(f"{first}—{last}年发明授权量", f"Grants {first}–{last}"), "count", "件"),
        TableColumn("employees", Text("年均就业人员", "Persons employed"), "number", "万人"),
        TableColumn("density", Text("发明专利密集度", "Density"), "ratio", "件/万人"),
        TableColumn("dense", Text("专利密集型", "Intensive")),
    )


@table(
    id="dense_industries",
    title=Text("专利密集型产业", "Patent-intensive industries"),
    columns=_columns,
    definitions=("invention_scale.five_years", "invention_density.five_years", "dense.scale_and_density"),
    needs=("industries", "grant_date", "patent_type"),
)
def dense_industries(study: Study, scheme: str, facts: Facts, names: Sequence[str] = ()) -> Rows:
    """Industries by density of inventions, and whether they are 专利密集型.

    Scale and density are compared with the mean of the industries listed: grants per industry, and all
    grants over all persons employed.

    Args:
        study: what is counted.
        scheme: of the industries.
        facts: persons employed by industry.
        names: industries; all that hold a patent when empty.
    """
    first, last = _span(study)
    inventions = study.patents.filter(pl.col("patent_type") == INVENTION)
    expect_enough(inventions, grant_known(), ("grant_date", "legal_state"))
    long = members(study, scheme, names)
    given = inventions.filter(pl.col("grant_date").dt.year().is_between(first, last))
    listed = list(names) or tally(long)["category"].to_list()
    counts = dict(tally(long.join(given.select("row"), on="row", how="semi")).iter_rows())
    frame = pl.DataFrame(
        {
            "industry": listed,
            "grants": [counts.get(name, 0) for name in listed],
            "employees": [facts.mean(name, "employees", first, last) for name in listed],
        },
        schema={"industry": pl.String, "grants": pl.Int64, "employees": pl.Float64},
    )
    return Rows(_judged(frame), Coverage(unique_patents(long), study.count), (_note(facts, frame),))


def _judged(frame: pl.DataFrame) -> pl.DataFrame:
    known = frame.filter(pl.col("employees") > 0)
    frame = frame.with_columns(
        density=pl.when(pl.col("employees") > 0).then(pl.col("grants") / pl.col("employees"))
    )
    if known.is_empty():
        return frame.with_columns(dense=pl.lit(None, dtype=pl.String))
    whole = float(known["grants"].sum())
    scale, density = whole / known.height, whole / float(known["employees"].sum())
    dense = (pl.col("grants") > scale) & (pl.col("density") > density)
    return frame.with_columns(
        dense=pl.when(pl.col("density").is_not_null()).then(
            pl.when(dense).then(pl.lit("是")).otherwise(pl.lit("否"))
        )
    ).sort("density", "industry", descending=[True, False], nulls_last=True)


def _note(facts: Facts, frame: pl.DataFrame) -> Text:
    absent = frame.height - frame.filter(pl.col("employees") > 0).height
    source = Text(f"就业人员来自{facts.source}", f"Persons employed from {facts.source}")
    if not absent:
        return source + Text("。", ".")
    return source + Text(f"，{absent}个产业缺数，不作判断。", f"; not given for {absent} industries.")
