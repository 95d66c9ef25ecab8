"""产业定位: which regions are specialised in which industries."""

from __future__ import annotations

import polars as pl

from directions.chapters.sentences import enumeration, of_row, present, sentence
from directions.definitions import definition
from directions.facts import Chapter, Finding
from directions.indicators.regions import Level
from directions.reference import PatentReference
from directions.region_industry import RegionIndustry, region_industry
from directions.study import Study
from patents.bilingual import Text

_NAMED = 3


def chapter(
    study: Study, scheme: str, names: tuple[str, ...] = (), *, reference: PatentReference | None = None
) -> Chapter:
    """Compose the chapter.

    Args:
        study: what is counted.
        scheme: of the industries.
        names: industries in order of print; all of the scheme when empty.
        reference: what RTA is measured by; the regions together when None.
    """
    level, within = level_of(study)
    made = region_industry(study, scheme, names, level=level, within=within, reference=reference)
    return Chapter(
        id="position",
        title=Text("区域产业定位", "Position of regions and industries"),
        findings=present(_most(made), _strong(made)),
        tables=(made.counts, made.quotients),
        figures=() if made.cells.empty else (made.figure,),
        step="position",
    )


def level_of(study: Study) -> tuple[Level, str]:
    """Cities of the home province where one is set; else provinces, or cities where there is one province."""
    province, _, city = study.home.partition("/")
    if city:
        return "county", study.home
    if province:
        return "city", province
    if "province" in study.patents.columns and study.patents["province"].n_unique() > 2:
        return "province", ""
    return "city", ""


def _most(made: RegionIndustry) -> Finding | None:
    rows = made.cells.rows
    if made.cells.empty or rows["count"].max() == 0:
        return None
    return of_row(
        "专利最集中的是{region}的{industry}（{count}，占该产业的{share}）。",
        "The largest number of patents is that of {region} in {industry} ({count}, {share} of the industry).",
        made.cells,
        definition("region_industry.count"),
        row=int(rows["count"].arg_max() or 0),
    )


def _strong(made: RegionIndustry) -> Finding | None:
    if made.cells.empty:
        return None
    strong = made.cells.rows.filter((pl.col("standing") == "强") & pl.col("rta").is_not_null())
    if strong.is_empty():
        return None
    top = strong.sort("rta", descending=True).head(_NAMED)
    pairs = enumeration(
        Text(f"{region}的{industry}（{rta:.2f}）", f"{industry} in {region} ({rta:.2f})")
        for region, industry, rta in top.select("region", "industry", "rta").iter_rows()
    )
    return sentence(
        "区位熵显著大于1的组合共{count}个，最高的为{pairs}。",
        "The RTA is significantly above 1 for {count} pairs, above all {pairs}.",
        made.cells,
        definition("rta.ratio"),
        definition("chain_class.interval"),
        count=strong.height,
        pairs=pairs,
    )
