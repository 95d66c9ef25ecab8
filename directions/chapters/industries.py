"""产业分布: industries side by side, by year, and where they overlap."""

from __future__ import annotations

from directions.chapters.sentences import cell, growth_extremes, leaders, listed, of_row, present, sentence
from directions.facts import Chapter, Figure, Finding, Table
from directions.indicators.counts import YEAR
from directions.indicators.dense import dense_industries
from directions.indicators.facts_file import Facts
from directions.indicators.filings import lacking_year
from directions.indicators.industries import industries_by_year, industry_overlaps, industry_table
from directions.indicators.sei import most_active_sei, top_sei
from directions.shapes import first, wide
from directions.study import Study
from patents.bilingual import NO_TEXT, Text

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
    findings, tables, figures = _own(study, scheme, names) if scheme else ((), (), ())
    dense = _dense(study, scheme, names, facts)
    return Chapter(
        id="industries",
        title=Text("产业分布", "Industries"),
        findings=(*findings, *present(*map(_intensive, dense), _emerging(emerging, active))),
        tables=(*tables, *dense, emerging, active),
        figures=(*figures, Figure("bar_horizontal", emerging, "industry", ("count",), id="top_sei")),
        step="development",
    )


def _dense(study: Study, scheme: str, names: tuple[str, ...], facts: Facts | None) -> tuple[Table, ...]:
    if not scheme or facts is None or all(line.employees is None for line in facts.lines):
        return ()
    return (dense_industries(study, scheme, facts, names),)


def _intensive(table: Table) -> Finding | None:
    dense = [] if table.empty else table.rows.filter(table.rows["dense"] == "是")["industry"].to_list()
    if not dense:
        return None
    return sentence(
        "发明专利规模和密集度均高于平均水平的产业为{dense}。",
        "Above the mean in grants and in density of inventions: {dense}.",
        table,
        dense=Text("、".join(dense), ", ".join(dense)),
    )


def _own(
    study: Study, scheme: str, names: tuple[str, ...]
) -> tuple[tuple[Finding, ...], tuple[Table, ...], tuple[Figure, ...]]:
    sizes = industry_table(study, scheme, names)
    pairs = first(industry_overlaps(study, scheme, names), _PAIRS)
    title = Text("各产业专利量", "Patents by industry")
    figures = [Figure("bar_horizontal", sizes, "industry", ("count",), id="industry_sizes", title=title)]
    tables = [sizes, pairs]
    if not lacking_year(study):
        years = industries_by_year(study, scheme, names or _largest(sizes))
        tables.insert(1, wide(years, YEAR, "industry"))
        figures.append(
            Figure(
                "line",
                years,
                "year",
                ("count",),
                title=Text("各产业年度专利量", "Patents by industry and year"),
                series="industry",
                incomplete_from=study.incomplete_from,
            )
        )
    findings = present(
        _sizes(study, sizes),
        growth_extremes(sizes, "industry"),
        of_row(
            "产业间交叉最多的是{industry}与{other}，共同专利{count}，占较小产业的{share}。",
            "{industry} and {other} overlap the most: {count} patents, {share} of the smaller one.",
            pairs,
        ),
    )
    return findings, tuple(tables), tuple(figures)


def _largest(sizes: Table) -> tuple[str, ...]:
    return () if sizes.empty else tuple(sizes.rows["industry"].head(_LINES).to_list())


def _sizes(study: Study, sizes: Table) -> Finding | None:
    known = sizes.coverage.known
    return leaders(
        sizes,
        "industry",
        "count",
        "{study}中归入产业的专利共{known}件，专利量居前的产业为{leading}。",
        "{known} patents belong to an industry; the largest industries are {leading}.",
        bracket="share",
        study=Text.same(study.title),
        known=Text(str(known), f"{known:,}"),
    )


def _emerging(emerging: Table, active: Table) -> Finding | None:
    if emerging.empty:
        return None
    rising = NO_TEXT
    if not active.empty and (active.rows["growth"][0] or 0) > 0:
        industry, growth = active.rows["industry"][0], cell(active, "growth", 0)
        rising = Text(
            f"；最活跃的是{industry}（近三年较前三年增长{growth.zh}）",
            f"; {industry} grows fastest ({growth.en})",
        )
    return sentence(
        "按战略性新兴产业分，最受关注的是{leading}{rising}。",
        "Among the strategic emerging industries, {leading} lead{rising}.",
        emerging,
        active,
        leading=listed(emerging, "industry", "count", 2, bracket="share"),
        rising=rising,
    )
