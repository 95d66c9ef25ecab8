"""产业分布: industries side by side, by year, and where they overlap."""

from __future__ import annotations

from directions.chapters.shaping import first, wide
from directions.chapters.wording import cell, growth_extremes, kept, listed, said
from directions.facts import Chapter, Figure, Finding, Table
from directions.indicators.dense import dense_industries
from directions.indicators.facts_file import Facts
from directions.indicators.filings import lacking_year
from directions.indicators.industries import industries_by_year, industry_overlaps, industry_table
from directions.indicators.sei import most_active_sei, top_sei
from directions.study import Study

_LINES = 13
_PAIRS = 15


def chapter(
    study: Study, scheme: str = "", names: tuple[str, ...] = (), facts: Facts | None = None
) -> Chapter:
    """Compose the chapter.

    Args:
        study: what is counted.
        scheme: of the industries; without one only the strategic emerging industries are counted.
        names: industries in order of print; all of the scheme when empty.
        facts: persons employed by industry; the density of inventions is left out without.
    """
    emerging, active = top_sei(study, level=1), most_active_sei(study, level=2)
    own = _own(study, scheme, names) if scheme else ((), (), ())
    dense = _dense(study, scheme, names, facts)
    sei = Figure(
        id="top_sei",
        title="战略性新兴产业分布",
        title_en="Strategic emerging industries",
        kind="bar_horizontal",
        table=emerging,
        x="industry",
        y=("count",),
    )
    return Chapter(
        id="industries",
        title="产业分布",
        title_en="Industries",
        findings=(*own[0], *kept((*map(_intensive, dense), _emerging(emerging, active)))),
        tables=(*own[1], *dense, emerging, active),
        figures=(*own[2], sei),
    )


def _dense(study: Study, scheme: str, names: tuple[str, ...], facts: Facts | None) -> tuple[Table, ...]:
    if not scheme or facts is None or all(line.employees is None for line in facts.lines):
        return ()
    return (dense_industries(study, scheme, facts, names),)


def _intensive(table: Table) -> Finding | None:
    found = [] if table.empty else table.rows.filter(table.rows["dense"] == "是")["industry"].to_list()
    if not found:
        return None
    return said(
        f"发明专利规模和密集度均高于平均水平的产业为{'、'.join(found)}。",
        f"Above the mean in grants and in density of inventions: {', '.join(found)}.",
        table,
    )


def _own(
    study: Study, scheme: str, names: tuple[str, ...]
) -> tuple[tuple[Finding, ...], tuple[Table, ...], tuple[Figure, ...]]:
    sizes = industry_table(study, scheme, names)
    overlaps = industry_overlaps(study, scheme, names)
    pairs = first(overlaps, _PAIRS)
    figures = [
        Figure(
            id="industry_sizes",
            title="各产业专利量",
            title_en="Patents by industry",
            kind="bar_horizontal",
            table=sizes,
            x="industry",
            y=("count",),
        ),
    ]
    tables = [sizes, pairs]
    if not lacking_year(study):
        years = industries_by_year(study, scheme, names or _largest(sizes))
        tables.insert(1, wide(years, "industry"))
        figures.append(
            Figure(
                id="industries_by_year",
                title="各产业年度专利量",
                title_en="Patents by industry and year",
                kind="line",
                table=years,
                x="year",
                y=("count",),
                series="industry",
                incomplete_from=study.incomplete_from,
            )
        )
    return (
        kept((_sizes(study, sizes), growth_extremes(sizes, "industry"), _overlap(pairs))),
        tuple(tables),
        tuple(figures),
    )


def _largest(sizes: Table) -> tuple[str, ...]:
    return () if sizes.empty else tuple(sizes.rows["industry"].head(_LINES).to_list())


def _sizes(study: Study, sizes: Table) -> Finding | None:
    if sizes.empty:
        return None
    known = sizes.coverage
    return said(
        f"{study.title}中归入产业的专利共{known.known}件，"
        f"专利量居前的产业为{listed(sizes, 'industry', 'count', 3, bracket='share')}。",
        f"{known.known:,} patents belong to an industry, most of all to "
        f"{listed(sizes, 'industry', 'count', 3, 'en', bracket='share')}.",
        sizes,
    )


def _overlap(pairs: Table) -> Finding | None:
    if pairs.empty:
        return None
    first, second, count, _ = pairs.rows.select("industry", "other", "count", "share").row(0)
    return said(
        f"产业间交叉最多的是{first}与{second}，共同专利{count}件，占较小产业的{cell(pairs, 'share', 0)}。",
        f"{first} and {second} overlap most: {count:,} patents, {cell(pairs, 'share', 0, 'en')} of the "
        "smaller one.",
        pairs,
    )


def _emerging(emerging: Table, active: Table) -> Finding | None:
    if emerging.empty:
        return None
    rising = ""
    rising_en = ""
    if not active.empty:
        rising = f"最活跃的是{active.rows['industry'][0]}（近三年较前三年增长{cell(active, 'growth', 0)}）"
        rising_en = f"; {active.rows['industry'][0]} grows fastest ({cell(active, 'growth', 0, 'en')})"
        if active.rows["growth"][0] is None or active.rows["growth"][0] <= 0:
            rising, rising_en = "", ""
    return said(
        f"按战略性新兴产业分，最受关注的是{listed(emerging, 'industry', 'count', 2, bracket='share')}"
        f"{'；' + rising if rising else ''}。",
        "Of the strategic emerging industries "
        f"{listed(emerging, 'industry', 'count', 2, 'en', bracket='share')} lead{rising_en}.",
        emerging,
        active,
    )
