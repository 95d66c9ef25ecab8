"""专利密集型产业: scale and density of inventions, with persons employed from the user's file."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from directions.facts import Coverage, Table, TableColumn
from directions.indicators.building import make_table, missing_table, too_few
from directions.indicators.categories import tally, unique_patents
from directions.indicators.facts_file import Facts
from directions.indicators.industries import INDUSTRY, members
from directions.indicators.marks import INVENTION, grant_known
from directions.study import Study
from themes.years import incomplete_from

_YEARS = 5


def dense_industries(study: Study, scheme: str, facts: Facts, names: Sequence[str] = ()) -> Table:
    """Industries by density of inventions, and whether they are 专利密集型.

    Scale and density are compared with the mean of the industries listed: grants per industry, and all
    grants over all persons employed.

    Args:
        study: what is counted.
        scheme: of the industries.
        facts: persons employed by industry.
        names: industries; all that hold a patent when empty.
    """
    last = incomplete_from(study.as_of, 0) - 1
    first = last - _YEARS + 1
    title = ("专利密集型产业", "Patent-intensive industries")
    columns = (
        INDUSTRY,
        TableColumn("grants", f"{first}—{last}年发明授权量", "count", "件", f"Grants {first}–{last}"),
        TableColumn("employees", "年均就业人员", "number", "万人", "Persons employed"),
        TableColumn("density", "发明专利密集度", "ratio", "件/万人", "Density"),
        TableColumn("dense", "专利密集型", "text", label_en="Intensive"),
    )
    definitions = ["invention_scale.five_years", "invention_density.five_years", "dense.scale_and_density"]
    if lacking := study.lacking("industries", "grant_date", "patent_type"):
        return missing_table(study, "dense_industries", title, columns, definitions, lacking)
    inventions = study.patents.filter(pl.col("patent_type") == INVENTION)
    if reason := too_few(inventions, grant_known(), ("grant_date", "legal_state")):
        return missing_table(study, "dense_industries", title, columns, definitions, (), reason=reason)
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
    notes = [_note(facts, frame)]
    coverage = Coverage(unique_patents(long), study.count)
    return make_table(
        study,
        "dense_industries",
        title,
        columns,
        _judged(frame),
        definitions,
        known=coverage,
        notes=notes,
    )


def _judged(frame: pl.DataFrame) -> pl.DataFrame:
    told = frame.filter(pl.col("employees") > 0)
    frame = frame.with_columns(
        density=pl.when(pl.col("employees") > 0).then(pl.col("grants") / pl.col("employees"))
    )
    if told.is_empty():
        return frame.with_columns(dense=pl.lit(None, dtype=pl.String))
    whole = float(told["grants"].sum())
    scale, density = whole / told.height, whole / float(told["employees"].sum())
    dense = (pl.col("grants") > scale) & (pl.col("density") > density)
    return frame.with_columns(
        dense=pl.when(pl.col("density").is_not_null()).then(
            pl.when(dense).then(pl.lit("是")).otherwise(pl.lit("否"))
        )
    ).sort("density", "industry", descending=[True, False], nulls_last=True)


def _note(facts: Facts, frame: pl.DataFrame) -> tuple[str, str]:
    absent = frame.height - frame.filter(pl.col("employees") > 0).height
    note = f"就业人员来自{facts.source}", f"Persons employed from {facts.source}"
    if not absent:
        return f"{note[0]}。", f"{note[1]}."
    return f"{note[0]}，{absent}个产业缺数，不作判断。", f"{note[1]}; {absent} industries lack them."
