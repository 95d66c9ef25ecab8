"""地区分布: provinces, cities and counties; per inhabitants and revenue where the user gives figures."""

from __future__ import annotations

from directions.chapters.sentences import growth_extremes, leaders, present
from directions.facts import Chapter, Figure
from directions.indicators.counts import YEAR
from directions.indicators.facts_file import Facts
from directions.indicators.filings import lacking_year
from directions.indicators.regions import Level, per_population, per_revenue, region_table, regions_by_year
from directions.shapes import wide
from directions.study import Study
from patents.bilingual import Text

_LINES = 15
_SERIES = 6
_LEVELS = {
    "province": Text("省份", "provinces"),
    "city": Text("城市", "cities"),
    "county": Text("区县", "counties"),
}


def chapter(study: Study, facts: Facts | None = None) -> Chapter:
    """Compose the chapter.

    Args:
        study: what is counted; its `home` says inside which region cities are compared.
        facts: population and revenue of regions; tables that need them are left out without.
    """
    within = study.home
    level: Level = "county" if "/" in within else "city"
    cities = region_table(study, level, within, _LINES)
    provinces = () if within else (region_table(study, "province", count=_LINES),)
    tables = [*provinces, cities]
    figures = [Figure("bar_horizontal", cities, "region", ("count",), id="region_sizes", in_parts=True)]
    if not lacking_year(study):
        years = regions_by_year(study, level, within, _SERIES)
        tables.append(wide(years, YEAR, "region"))
        figures.append(
            Figure(
                "line",
                years,
                "year",
                ("count",),
                id="regions_by_year",
                title=Text(f"主要{_LEVELS[level].zh}年度专利量", "Leading regions by year"),
                series="region",
                incomplete_from=study.incomplete_from,
            )
        )
    if facts is not None:
        tables += [per_population(study, facts, level, within), per_revenue(study, facts, level, within)]
    return Chapter(
        id="regions",
        title=Text("地区分布", "Regions"),
        findings=present(
            *(
                leaders(
                    table,
                    "region",
                    "count",
                    "专利量居前的{level}为{leading}。",
                    "The leading {level} are {leading}.",
                    bracket="share",
                    level=_LEVELS[of],
                )
                for of, table in [*(("province", table) for table in provinces), (level, cities)]
            ),
            growth_extremes(cities, "region"),
        ),
        tables=tuple(tables),
        figures=tuple(figures),
        step="development",
    )
