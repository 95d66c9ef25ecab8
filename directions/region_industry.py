"""区域×产业: patents of every region in every industry, its share, RTA, growth, standing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from directions.facts import Coverage, Figure, Table, TableColumn
from directions.indicators.categories import growth_rates, tally, unique_patents
from directions.indicators.counts import COUNT, GROWTH_RATE, incomplete_note
from directions.indicators.declaration import Rows, table
from directions.indicators.industries import INDUSTRY, members
from directions.indicators.regions import Level, regions
from directions.reference import PatentReference
from directions.shapes import wide
from directions.specialisation import FIGURES, RULE, figures_of, specialisation
from directions.study import Study
from patents.bilingual import Text

_REGION = TableColumn("region", Text("区域", "Region"))
_RTA = TableColumn("rta", Text("区位熵", "RTA"), "ratio")


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
    cells = region_industry_cells(
        study, scheme, names, level=level, within=within, reference=reference, most=most
    )
    return RegionIndustry(
        cells=cells,
        counts=_wide(cells, COUNT),
        quotients=_wide(cells, _RTA),
        figure=Figure(
            "heat",
            cells,
            "industry",
            ("rta",),
            title=Text("区域×产业区位熵", "RTA of regions and industries"),
            series="region",
        ),
    )


@table(
    id="region_industry",
    title=Text("区域×产业分布", "Regions and industries"),
    columns=(
        _REGION,
        INDUSTRY,
        COUNT,
        TableColumn("share", Text("占该产业", "Share of the industry"), "share", "%"),
        _RTA,
        TableColumn("low", Text("下限", "Low"), "ratio"),
        TableColumn("high", Text("上限", "High"), "ratio"),
        TableColumn("standing", Text("强弱", "Standing")),
        GROWTH_RATE,
    ),
    definitions=(
        "region_industry.count",
        "region_industry.share",
        "rta.ratio",
        "chain_class.interval",
        "growth_rate.{growth}",
    ),
    needs=lambda study, level: study.lacking(level, "industries"),
)
def region_industry_cells(
    study: Study,
    scheme: str,
    names: Sequence[str] = (),
    *,
    level: Level = "city",
    within: str = "",
    reference: PatentReference | None = None,
    most: int = 15,
) -> Rows:
    """One line a region and industry; arguments as `region_industry`'s."""
    placed = regions(study, level, within)
    industries = members(study, scheme, names)
    listed = list(names) or tally(industries)["category"].to_list()
    shown = tally(placed).head(most)["category"].to_list()
    known = placed.rename({"category": "region"})
    long = known.join(industries.rename({"category": "industry"}), on="row")
    cells = _cells(study, long, known, shown, listed, _sizes(study, scheme, listed, known, reference))
    measure = Text("各区域合计", "all regions together") if reference is None else Text.same(reference.title)
    note = Text(f"区位熵的参照：{measure.zh}。", f"RTA is measured by {measure.en}. ") + RULE
    return Rows(cells, Coverage(unique_patents(placed), study.count), (note, incomplete_note(study)))


def _sizes(
    study: Study, scheme: str, names: Sequence[str], known: pl.DataFrame, reference: PatentReference | None
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
    pairs = long.group_by("region", "industry").agg(count=pl.col("row").n_unique())
    counts = {(region, industry): count for region, industry, count in pairs.iter_rows()}
    totals = dict(known.group_by("region").len().iter_rows())
    of_industry = dict(long.group_by("industry").agg(pl.col("row").n_unique()).iter_rows())
    sizes, everything = measure
    lines = []
    for region in regions_shown:
        for industry in industries:
            count = counts.get((region, industry), 0)
            rta = specialisation(count, totals[region], sizes.get(industry, 0), everything)
            lines.append(
                (
                    region,
                    industry,
                    count,
                    count / of_industry[industry] if of_industry.get(industry) else None,
                    *figures_of(count, rta),
                )
            )
    schema = {"region": pl.String, "industry": pl.String, "count": pl.Int64}
    schema |= {"share": pl.Float64, **FIGURES}
    frame = pl.DataFrame(lines, schema=schema, orient="row")
    paired = long.select("row", category=pl.format("{}\t{}", "region", "industry"))
    keys = frame.select(pl.format("{}\t{}", "region", "industry")).to_series().to_list()
    return frame.with_columns(growth_rate=pl.Series(growth_rates(study, paired, keys), dtype=pl.Float64))


def _wide(cells: Table, value: TableColumn) -> Table:
    title = cells.title + Text("：", ": ") + value.label
    return wide(cells, _REGION, "industry", value, id=f"{cells.id}_{value.name}", title=title)
