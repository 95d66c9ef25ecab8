"""区域×产业: patents of every region in every industry, its share, RTA, growth, standing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from directions.definitions.chains import CHAINS
from directions.facts import Coverage, Definition, Figure, Table, TableColumn
from directions.indicators.building import (
    GROWTH_RATE,
    growth_definition,
    incomplete_note,
    make_table,
    missing_table,
)
from directions.indicators.categories import growth_rates, tally, unique_patents
from directions.indicators.industries import members
from directions.indicators.regions import Level, regions
from directions.reference import PatentReference
from directions.specialisation import RULE, RULE_EN, STANDINGS_EN, specialisation, standing
from directions.study import Study

_DEFINED = {one.id: one for one in CHAINS}
_TITLE = ("区域×产业分布", "Regions and industries")
_REGION = TableColumn("region", "区域", "text", label_en="Region")
_LONG = (
    _REGION,
    TableColumn("industry", "产业", "text", label_en="Industry"),
    TableColumn("count", "专利量", "count", "件", "Patents"),
    TableColumn("share", "占该产业", "share", "%", "Share of the industry"),
    TableColumn("rta", "区位熵", "ratio", label_en="RTA"),
    TableColumn("low", "下限", "ratio", label_en="Low"),
    TableColumn("high", "上限", "ratio", label_en="High"),
    TableColumn("standing", "强弱", "text", label_en="Standing"),
    GROWTH_RATE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionIndustry:
    """Regions × industries.

    Attributes:
        cells: one line a cell, with RTA, interval, standing and growth.
        counts: as printed, one line a region and one column an industry.
        quotients: the same with RTA.
        figure: RTA as a heat map.
    """

    cells: Table
    counts: Table
    quotients: Table
    figure: Figure


def region_industry(
    study: Study,
    scheme: str,
    names: Sequence[str] = (),
    *,
    level: Level = "city",
    within: str = "",
    reference: PatentReference | None = None,
    most: int = 15,
) -> RegionIndustry:
    """Count regions against industries.

    Args:
        study: what is counted.
        scheme: of the industries.
        names: industries in order; all that hold a patent, largest first, when empty.
        level: province, city or county.
        within: only regions of this province or city; all when empty.
        reference: whose industries RTA is measured by; the regions shown together when None.
        most: regions with most patents.
    """
    ids: list[str | Definition] = [
        _DEFINED["region_industry.count"],
        _DEFINED["region_industry.share"],
        _DEFINED["rta.ratio"],
        _DEFINED["chain_class.interval"],
        growth_definition(study),
    ]
    if lacking := study.lacking(level, "industries"):
        return _made(missing_table(study, "region_industry", _TITLE, _LONG, ids, lacking), [], [])
    placed = regions(study, level, within)
    industries = members(study, scheme, names)
    listed = list(names) or tally(industries)["category"].to_list()
    shown = tally(placed).head(most)["category"].to_list()
    known = placed.rename({"category": "region"})
    long = known.join(industries.rename({"category": "industry"}), on="row")
    cells = _cells(study, long, known, shown, listed, _sizes(study, scheme, listed, known, reference))
    measured = "各区域合计" if reference is None else reference.title
    notes = [
        (f"区位熵的参照：{measured}。{RULE}", f"RTA is measured by {measured}. {RULE_EN}"),
        incomplete_note(study),
    ]
    coverage = Coverage(unique_patents(placed), study.count)
    table = make_table(study, "region_industry", _TITLE, _LONG, cells, ids, known=coverage, notes=notes)
    return _made(table, shown, listed)


def _sizes(
    study: Study,
    scheme: str,
    names: Sequence[str],
    known: pl.DataFrame,
    reference: PatentReference | None,
) -> tuple[dict[str, int], int]:
    """Patents of every industry, and of all, in what RTA is measured by."""
    if reference is None:
        own = members(study, scheme, names).join(known.select("row"), on="row", how="semi")
        return dict(tally(own).iter_rows()), unique_patents(known)
    return dict(tally(members(reference.study, scheme, names)).iter_rows()), reference.study.count


def _cells(
    study: Study,
    long: pl.DataFrame,
    known: pl.DataFrame,
    regions_shown: Sequence[str],
    industries: Sequence[str],
    measure: tuple[dict[str, int], int],
) -> pl.DataFrame:
    found = dict(zip(*_pairs(long), strict=True))
    totals = dict(known.group_by("region").len().iter_rows())
    of_industry = dict(long.group_by("industry").agg(pl.col("row").n_unique()).iter_rows())
    sizes, everything = measure
    lines = []
    for region in regions_shown:
        for industry in industries:
            count = found.get((region, industry), 0)
            rta = specialisation(count, totals[region], sizes.get(industry, 0), everything)
            told = standing(count, rta)
            lines.append(
                (
                    region,
                    industry,
                    count,
                    count / of_industry[industry] if of_industry.get(industry) else None,
                    None if rta is None else rta.value,
                    None if rta is None else rta.low,
                    None if rta is None else rta.high,
                    told,
                    STANDINGS_EN[told],
                )
            )
    schema = {"region": pl.String, "industry": pl.String, "count": pl.Int64}
    schema |= dict.fromkeys(("share", "rta", "low", "high"), pl.Float64)
    schema |= dict.fromkeys(("standing", "standing_en"), pl.String)
    frame = pl.DataFrame(lines, schema=schema, orient="row")
    paired = long.select("row", category=pl.format("{}\t{}", "region", "industry"))
    keys = frame.select(pl.format("{}\t{}", "region", "industry")).to_series().to_list()
    return frame.with_columns(growth_rate=pl.Series(growth_rates(study, paired, keys), dtype=pl.Float64))


def _pairs(long: pl.DataFrame) -> tuple[list[tuple[str, str]], list[int]]:
    counted = long.group_by("region", "industry").agg(count=pl.col("row").n_unique())
    return list(counted.select("region", "industry").iter_rows()), counted["count"].to_list()


def _made(cells: Table, regions_shown: Sequence[str], industries: Sequence[str]) -> RegionIndustry:
    figure = Figure(
        id="region_industry",
        title="区域×产业区位熵",
        title_en="RTA of regions and industries",
        kind="heat",
        table=cells,
        x="industry",
        y=("rta",),
        series="region",
    )
    return RegionIndustry(
        cells=cells,
        counts=_wide(cells, "count", "专利量", "Patents", regions_shown, industries),
        quotients=_wide(cells, "rta", "区位熵", "RTA", regions_shown, industries),
        figure=figure,
    )


def _wide(
    cells: Table, value: str, name: str, name_en: str, regions_shown: Sequence[str], industries: Sequence[str]
) -> Table:
    """One line a region, one column an industry."""
    if cells.empty:
        rows = pl.DataFrame({"region": []})
    else:
        rows = cells.rows.pivot("industry", index="region", values=value).select("region", *industries)
    kind, unit = ("count", "件") if value == "count" else ("ratio", "")
    return Table(
        id=f"region_industry_{value}",
        title=f"{cells.title}：{name}",
        title_en=f"{cells.title_en}: {name_en}",
        columns=(
            _REGION,
            *(
                TableColumn(industry, industry, "count" if kind == "count" else "ratio", unit, industry)
                for industry in industries
            ),
        ),
        rows=rows,
        definitions=cells.definitions,
        coverage=cells.coverage,
        notes=cells.notes,
        missing=cells.missing,
        notes_en=cells.notes_en,
    )
