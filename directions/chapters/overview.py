"""总体情况: the main figures of a study, and its patents year by year."""

from __future__ import annotations

from collections.abc import Callable

from directions.chapters.sentences import (
    bracketed,
    cell,
    enumeration,
    indicator_table,
    leaders,
    present,
    sentence,
    valued,
    written,
)
from directions.facts import Chapter, Figure, Finding, Indicator, Table
from directions.indicators.applicants import cr10
from directions.indicators.cooperation import cooperation, industry_university
from directions.indicators.counts import complete_period
from directions.indicators.filings import TYPES, filings, filings_by_year, patent_types
from directions.indicators.grants import grant_rate, grants, grants_by_year
from directions.indicators.growth import growth_rate, increment
from directions.indicators.legal import in_force, lapse_share, lapsed
from directions.indicators.maintenance import mean_maintenance
from directions.indicators.operation import operated, operation_share
from directions.indicators.regions import home_share
from directions.study import Study
from patents.bilingual import NO_TEXT, Text

Numbers = dict[Callable[..., Indicator], Indicator]
#: The figures that a study is summed up in; the last one only where a home is set.
_MAIN: tuple[Callable[..., Indicator], ...] = (
    filings,
    growth_rate,
    increment,
    grants,
    grant_rate,
    in_force,
    lapsed,
    lapse_share,
    mean_maintenance,
    operated,
    operation_share,
    cooperation,
    industry_university,
    cr10,
    home_share,
)


def chapter(study: Study) -> Chapter:
    """Compose the chapter."""
    numbers: Numbers = {make: make(study) for make in (_MAIN if study.home else _MAIN[:-1])}
    title = Text("主要指标", "Main figures")
    main = indicator_table(study, "main_indicators", title, tuple(numbers.values()))
    years, types, granted = filings_by_year(study), patent_types(study), grants_by_year(study)
    by_type = tuple(column.name for column in years.columns if column in TYPES.values())
    several = len(by_type) > 1
    return Chapter(
        id="overview",
        title=Text("总体情况", "Overview"),
        findings=present(
            _size(study, main, numbers[filings]),
            leaders(
                types, "patent_type", "count", "按类型分，{leading}。", "By type: {leading}.", bracket="share"
            ),
            _growth(study, main, numbers[growth_rate], numbers[increment]),
            _grants(main, numbers[grants], numbers[grant_rate], numbers[in_force]),
            valued(
                "发生转让、许可或质押的专利（运营量）为{count}{more}。",
                "{count} patents were transferred, licensed or pledged{more}.",
                main,
                numbers[operated],
                numbers[operation_share],
                more=bracketed(numbers[operation_share], "，占授权专利的{}", ", {} of those granted"),
            ),
            _highest(study, years),
        ),
        tables=(main, years, types, granted),
        figures=(
            Figure(
                "stacked" if several else "bar",
                years,
                "year",
                by_type if several else ("count",),
                incomplete_from=study.incomplete_from,
                in_parts=True,
            ),
            Figure("pie", types, "patent_type", ("count",)),
            Figure("line", granted, "year", ("filings", "grants"), incomplete_from=study.incomplete_from),
        ),
        slides=(main,),
        step="development",
    )


def _size(study: Study, main: Table, count: Indicator) -> Finding:
    day = study.as_of  # Windows has no %-m
    return sentence(
        "截至{as_of}，{study}共有专利{count}。",
        "As of {as_of}, {study} comprises {count} patents.",
        main,
        count,
        as_of=Text(f"{day.year}年{day.month}月{day.day}日", f"{day:%Y-%m-%d}"),
        study=study.title,
        count=written(count),
    )


def _growth(study: Study, main: Table, rate: Indicator, more: Indicator) -> Finding | None:
    if rate.value is None or rate.value <= -1:
        # The last year holds nothing: the exports end before the as-of date says so.
        return None
    years = complete_period(study)
    added = bracketed(more, "，年均增长量为{}", ", or {}") if (more.value or 0) >= 0 else NO_TEXT
    return sentence(
        "{first}—{last}年，专利量{verb}为{rate}{added}。",
        "From {first} to {last} the number of patents {verb} by {rate} a year{added}.",
        main,
        rate,
        more,
        first=years.first,
        last=years.last,
        verb=Text("年均增长率", "grew") if rate.value >= 0 else Text("年均变化率", "changed"),
        rate=written(rate),
        added=added,
    )


def _grants(main: Table, given: Indicator, rate: Indicator, force: Indicator) -> Finding | None:
    clauses = (
        bracketed(given, "已授权{}", "{} have been granted"),
        bracketed(rate, "授权率为{}", "the grant rate is {}"),
        bracketed(force, "有效专利{}", "{} are in force"),
    )
    text = enumeration(filter(None, clauses), "，")
    if not text:
        return None
    text = Text(text.zh, text.en[0].upper() + text.en[1:])
    return sentence("{text}。", "{text}.", main, given, rate, force, text=text)


def _highest(study: Study, years: Table) -> Finding | None:
    if years.empty:
        return None
    complete = years.rows.with_row_index("place").filter(years.rows["year"] < study.incomplete_from)
    if complete.is_empty() or not complete["count"].max():
        return None
    top = complete.sort("count", "year", descending=[True, False]).row(0, named=True)
    return sentence(
        "在数据完整的年份中，{year}年最多，为{count}。",
        "Of the complete years, {year} had the most: {count}.",
        years,
        year=top["year"],
        count=cell(years, "count", top["place"]),
    )
