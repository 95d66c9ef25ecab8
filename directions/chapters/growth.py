"""增长: 同比, plans against each other, peaks and phases."""

from __future__ import annotations

import polars as pl

from directions.chapters.sentences import cell, present, sentence
from directions.facts import Chapter, Figure, Finding, Table
from directions.indicators.growth import growth_by_year, peak_years, plan_multiples
from directions.indicators.phases import growth_phases
from directions.notation import joined, printed, term
from directions.study import Study
from patents.bilingual import Text


def chapter(study: Study) -> Chapter:
    """Compose the chapter."""
    years, plans = growth_by_year(study), plan_multiples(study)
    peaks, phases = peak_years(study), growth_phases(study)
    return Chapter(
        id="growth",
        title=Text("增长趋势", "Growth"),
        findings=present(_plans(study, plans), _phases(phases), _peaks(peaks), _lately(years)),
        tables=(years, plans, phases, peaks),
        figures=(
            Figure(
                "line",
                years,
                "year",
                ("count", "moving_average"),
                title=Text("专利量与三年移动平均", "Patents and their moving average"),
                incomplete_from=study.incomplete_from,
            ),
            Figure(
                "bar",
                plans,
                "period",
                ("count",),
                id="plans",
                title=Text("各时期专利量", "Patents by period"),
            ),
        ),
        slides=(plans,),
        step="development",
    )


def _plans(study: Study, plans: Table) -> Finding | None:
    """The last complete plan against the one before, as 是……的N倍 or 增长了N倍."""
    if plans.empty:
        return None
    compared = plans.rows.with_row_index("place").filter(pl.col("multiple").is_not_null())
    if compared.is_empty():
        return None
    place = int(compared["place"][-1])
    now, before = (
        Text(name, term(name, "en"))
        for name in (plans.rows["period"][place], plans.rows["period"][place - 1])
    )
    if study.counting.multiple == "R":
        number = printed(plans.rows["multiple"][place], "ratio")
        change = "是{before}时期（{earlier}）的{number}倍", "{number} times"
    else:
        increase = plans.rows["increase"][place]
        number = printed(increase, "ratio")
        grown = "增长{number}倍" if increase >= 0 else "的增长倍数为{number}倍"
        change = f"较{{before}}时期（{{earlier}}）{grown}", "a change of {number} times from"
    return sentence(
        f"{{now}}时期专利量为{{later}}，{change[0]}。",
        f"In the {{now}} there were {{later}} patents, {change[1]} the {{earlier}} of the {{before}}.",
        plans,
        now=now,
        before=before,
        later=cell(plans, "count", place),
        earlier=cell(plans, "count", place - 1),
        number=number,
    )


def _phases(phases: Table) -> Finding | None:
    if phases.empty:
        return None
    lines = [
        (years, phase, printed(rate, "share"))
        for years, phase, rate in phases.rows.select("years", "phase", "rate").iter_rows()
    ]
    return sentence(
        "按变点划分，专利量经历{count}个阶段：{phases}。",
        "Change points divide the years into phases: {phases}.",
        phases,
        count=len(lines),
        phases=Text(
            "，".join(f"{years}年{phase}（年增长率{rate}%）" for years, phase, rate in lines),
            joined((f"{years} ({rate}% a year)" for years, _, rate in lines), "en"),
        ),
    )


def _peaks(peaks: Table) -> Finding | None:
    if peaks.empty:
        return None
    lines = list(peaks.rows.select("year", "count").iter_rows())
    return sentence(
        "峰值出现在{peaks}。",
        "Peak years were {peaks}.",
        peaks,
        peaks=Text(
            joined(f"{year}年（{count}件）" for year, count in lines),
            joined((f"{year} ({count:,})" for year, count in lines), "en"),
        ),
    )


def _lately(years: Table) -> Finding | None:
    """同比 of the last complete year."""
    if years.empty:
        return None
    compared = years.rows.filter(pl.col("yoy") > -1)
    if compared.is_empty():
        return None
    year, rate = compared["year"][-1], compared["yoy"][-1]
    return sentence(
        "{year}年专利量同比{verb}{rate}%，为最近可比的完整年份。",
        "In {year}, the last complete year to compare, patents {verb} by {rate}% year on year.",
        years,
        year=year,
        verb=Text("下降", "fell") if rate < 0 else Text("增长", "grew"),
        rate=printed(abs(rate), "share"),
    )
