"""产业定位: which regions are specialised in which industries."""

from __future__ import annotations

import polars as pl

from directions.chapters.wording import cell, kept, said
from directions.facts import Chapter, Finding
from directions.indicators.regions import Level
from directions.reference import PatentReference
from directions.region_industry import RegionIndustry, region_industry
from directions.study import Study

_NAMED = 3


def chapter(
    study: Study,
    scheme: str,
    names: tuple[str, ...] = (),
    *,
    reference: PatentReference | None = None,
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
        title="区域产业定位",
        title_en="Position of regions and industries",
        findings=kept((_most(made), _strong(made))),
        tables=(made.counts, made.quotients),
        figures=() if made.cells.empty else (made.figure,),
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
    place = int(rows["count"].arg_max() or 0)
    region, industry = rows["region"][place], rows["industry"][place]
    return said(
        f"专利最集中的是{region}的{industry}（{cell(made.cells, 'count', place)}，"
        f"占该产业的{cell(made.cells, 'share', place)}）。",
        f"Most patents are those of {region} in {industry} ({cell(made.cells, 'count', place, 'en')}, "
        f"{cell(made.cells, 'share', place, 'en')} of the industry).",
        made.cells,
        "region_industry.count",
    )


def _strong(made: RegionIndustry) -> Finding | None:
    if made.cells.empty:
        return None
    strong = made.cells.rows.with_row_index("place").filter(
        (pl.col("standing") == "强") & pl.col("rta").is_not_null()
    )
    if strong.is_empty():
        return None
    top = strong.sort("rta", descending=True).head(_NAMED)
    pairs = [
        (f"{region}的{industry}（{rta:.2f}）", f"{industry} in {region} ({rta:.2f})")
        for region, industry, rta in top.select("region", "industry", "rta").iter_rows()
    ]
    return said(
        f"区位熵显著大于1的组合共{strong.height}个，最高的为{'、'.join(pair[0] for pair in pairs)}。",
        f"The RTA is above 1 beyond chance for {strong.height} pairs, most of all "
        f"{', '.join(pair[1] for pair in pairs)}.",
        made.cells,
        "rta.ratio",
        "chain_class.interval",
    )
