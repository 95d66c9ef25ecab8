"""地区分布: provinces, cities and counties; per inhabitants and revenue where the user gives figures."""

from __future__ import annotations

from directions.chapters.shaping import wide
from directions.chapters.wording import growth_extremes, kept, listed, said
from directions.facts import Chapter, Figure, Finding, Table
from directions.indicators.facts_file import Facts
from directions.indicators.filings import lacking_year
from directions.indicators.regions import (
    Level,
    per_population,
    per_revenue,
    region_table,
    regions_by_year,
)
from directions.study import Study

_LINES = 15
_SERIES = 6


def chapter(study: Study, facts: Facts | None = None) -> Chapter:
    """Compose the chapter.

    Args:
        study: what is counted; its `home` says inside which region cities are compared.
        facts: population and revenue of regions; tables that need them are left out without.
    """
    within = study.home
    level: Level = "county" if "/" in within else "city"
    provinces = region_table(study, "province", count=_LINES)
    cities = region_table(study, level, within, _LINES)
    tables = [cities] if within else [provinces, cities]
    figures = [
        Figure(
            id="region_sizes",
            title="城市分布" if level == "city" else "区县分布",
            title_en="Patents by city" if level == "city" else "Patents by county",
            kind="bar_horizontal",
            table=cities,
            x="region",
            y=("count",),
        )
    ]
    if not lacking_year(study):
        years = regions_by_year(study, level, within, _SERIES)
        tables.append(wide(years, "region"))
        figures.append(
            Figure(
                id="regions_by_year",
                title="主要城市年度专利量" if level == "city" else "主要区县年度专利量",
                title_en="Leading regions by year",
                kind="line",
                table=years,
                x="year",
                y=("count",),
                series="region",
                incomplete_from=study.incomplete_from,
            )
        )
    if facts is not None:
        tables += [per_population(study, facts, level, within), per_revenue(study, facts, level, within)]
    return Chapter(
        id="regions",
        title="地区分布",
        title_en="Regions",
        findings=kept(
            (
                None if within else _leading(provinces, "省份", "provinces"),
                _leading(cities, "城市" if level == "city" else "区县", "regions"),
                growth_extremes(cities, "region"),
            )
        ),
        tables=tuple(tables),
        figures=tuple(figures),
    )


def _leading(table: Table, called: str, called_en: str) -> Finding | None:
    if table.empty:
        return None
    return said(
        f"专利量居前的{called}为{listed(table, 'region', 'count', 3, bracket='share')}。",
        f"The leading {called_en} are {listed(table, 'region', 'count', 3, 'en', bracket='share')}.",
        table,
    )
