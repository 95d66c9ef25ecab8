"""增长: 同比, plans against each other, peaks and phases."""

from __future__ import annotations

import polars as pl

from directions.chapters.wording import cell, kept, said
from directions.facts import Chapter, Figure, Finding, Table
from directions.indicators.growth import growth_by_year, peak_years, plan_multiples
from directions.indicators.phases import growth_phases
from directions.printing import TERMS_EN, joined, printed
from directions.study import Study


def chapter(study: Study) -> Chapter:
    """Compose the chapter."""
    years, plans = growth_by_year(study), plan_multiples(study)
    peaks, phases = peak_years(study), growth_phases(study)
    figures = (
        Figure(
            id="growth_by_year",
            title="专利量与三年移动平均",
            title_en="Patents and their moving average",
            kind="line",
            table=years,
            x="year",
            y=("count", "moving_average"),
            incomplete_from=study.incomplete_from,
        ),
        Figure(
            id="plans",
            title="各时期专利量",
            title_en="Patents by period",
            kind="bar",
            table=plans,
            x="period",
            y=("count",),
        ),
    )
    return Chapter(
        id="growth",
        title="增长趋势",
        title_en="Growth",
        findings=kept((_plans(study, plans), _phases(phases), _peaks(peaks), _lately(study, years))),
        tables=(years, plans, phases, peaks),
        figures=figures,
    )


def _plans(study: Study, plans: Table) -> Finding | None:
    """The last complete plan against the one before, as 是……的N倍 or 增长了N倍."""
    if plans.empty:
        return None
    rows = plans.rows.with_row_index("place")
    told = rows.filter(pl.col("multiple").is_not_null())
    if told.is_empty():
        return None
    place = int(told["place"][-1])
    now, before = plans.rows["period"][place], plans.rows["period"][place - 1]
    counts = cell(plans, "count", place), cell(plans, "count", place - 1)
    if study.counting.multiple == "R":
        number = printed(plans.rows["multiple"][place], "ratio")
        zh, en = f"是{before}时期（{counts[1]}）的{number}倍", f"{number} times"
    else:
        increase = plans.rows["increase"][place]
        number = printed(increase, "ratio")
        grown = f"增长{number}倍" if increase >= 0 else f"的增长倍数为{number}倍"
        zh, en = f"较{before}时期（{counts[1]}）{grown}", f"a change of {number} times from"
    english = cell(plans, "count", place, "en"), cell(plans, "count", place - 1, "en")
    return said(
        f"{now}时期专利量为{counts[0]}，{zh}。",
        f"The {TERMS_EN.get(now, now)} counts {english[0]} patents, {en} the {english[1]} of the "
        f"{TERMS_EN.get(before, before)}.",
        plans,
    )


def _phases(phases: Table) -> Finding | None:
    if phases.empty:
        return None
    zh, en = [], []
    for row in phases.rows.iter_rows(named=True):
        rate = printed(row["rate"], "share")
        zh.append(f"{row['years']}年{row['phase']}（年增长率{rate}%）")
        en.append(f"{row['years']} ({rate}% a year)")
    return said(
        f"按变点划分，专利量经历{printed(phases.rows.height, 'count')}个阶段：{'，'.join(zh)}。",
        f"Change points part the years into phases: {joined(en, 'en')}.",
        phases,
    )


def _peaks(peaks: Table) -> Finding | None:
    if peaks.empty:
        return None
    zh = joined(f"{row['year']}年（{row['count']}件）" for row in peaks.rows.iter_rows(named=True))
    en = joined((f"{row['year']} ({row['count']:,})" for row in peaks.rows.iter_rows(named=True)), "en")
    return said(f"峰值出现在{zh}。", f"Peaks stand in {en}.", peaks)


def _lately(study: Study, years: Table) -> Finding | None:
    """同比 of the last complete year."""
    if years.empty:
        return None
    told = years.rows.filter(pl.col("yoy") > -1)
    if told.is_empty():
        return None
    year, rate = told["year"][-1], told["yoy"][-1]
    verb = ("下降", "fell") if rate < 0 else ("增长", "grew")
    number = printed(abs(rate), "share")
    return said(
        f"{year}年专利量同比{verb[0]}{number}%，为最近可比的完整年份。",
        f"In {year}, the last complete year to compare, patents {verb[1]} by {number}% year on year.",
        years,
    )
