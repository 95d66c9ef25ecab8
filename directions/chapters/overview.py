"""总体情况: the main figures of a study, and its patents year by year."""

from __future__ import annotations

from directions.chapters.wording import cell, indicator_table, kept, listed, said, written
from directions.facts import Chapter, Figure, Finding, Indicator, Table
from directions.indicators.applicants import cr10
from directions.indicators.cooperation import cooperation, industry_university
from directions.indicators.filings import filings, filings_by_year, patent_types
from directions.indicators.grants import grant_rate, grants, grants_by_year
from directions.indicators.growth import growth_rate, increment
from directions.indicators.legal import in_force, lapse_share, lapsed
from directions.indicators.maintenance import mean_maintenance
from directions.indicators.operation import operated, operation_share
from directions.indicators.regions import home_share
from directions.study import Study


def chapter(study: Study) -> Chapter:
    """Compose the chapter."""
    numbers = main_indicators(study)
    main = indicator_table(study, "main_indicators", ("主要指标", "Main figures"), numbers)
    years, types = filings_by_year(study), patent_types(study)
    granted = grants_by_year(study)
    shown = tuple(
        column.name for column in years.columns if column.name in ("invention", "utility", "design")
    )
    figures = (
        Figure(
            id="filings_by_year",
            title="年度专利量",
            title_en="Patents by year",
            kind="stacked" if len(shown) > 1 else "bar",
            table=years,
            x="year",
            y=shown if len(shown) > 1 else ("count",),
            incomplete_from=study.incomplete_from,
        ),
        Figure(
            id="patent_types",
            title="专利类型构成",
            title_en="Types of patents",
            kind="pie",
            table=types,
            x="patent_type",
            y=("count",),
        ),
        Figure(
            id="grants_by_year",
            title="年度申请与授权",
            title_en="Filings and grants by year",
            kind="line",
            table=granted,
            x="year",
            y=("filings", "grants"),
            incomplete_from=study.incomplete_from,
        ),
    )
    return Chapter(
        id="overview",
        title="总体情况",
        title_en="Overview",
        findings=kept(
            (
                _size(study, main, numbers[0]),
                _types(types),
                _growth(study, main),
                _grants(main, numbers),
                _operation(main, numbers),
                _highest(study, years),
            )
        ),
        tables=(main, years, types, granted),
        figures=figures,
    )


def main_indicators(study: Study) -> tuple[Indicator, ...]:
    """The figures that a study is summed up in."""
    return (
        filings(study),
        growth_rate(study),
        increment(study),
        grants(study),
        grant_rate(study),
        in_force(study),
        lapsed(study),
        lapse_share(study),
        mean_maintenance(study),
        operated(study),
        operation_share(study),
        cooperation(study),
        industry_university(study),
        cr10(study),
        *((home_share(study),) if study.home else ()),
    )


def _size(study: Study, main: Table, count: Indicator) -> Finding:
    day = study.as_of  # Windows has no %-m
    return said(
        f"截至{day.year}年{day.month}月{day.day}日，{study.title}共有专利{written(count)}。",
        f"As of {study.as_of:%Y-%m-%d}, {study.title} counts {written(count, 'en')} patents.",
        main,
        count,
    )


def _types(types: Table) -> Finding | None:
    if types.empty:
        return None
    return said(
        f"按类型分，{listed(types, 'patent_type', 'count', 3, bracket='share')}。",
        f"By type: {_english_types(types)}.",
        types,
    )


def _english_types(types: Table) -> str:
    from directions.printing import TERMS_EN, joined, percent

    return joined(
        (
            f"{TERMS_EN.get(kind, kind)} {count:,} ({percent(share, 'en')})"
            for kind, count, share in types.rows.select("patent_type", "count", "share").iter_rows()
        ),
        "en",
    )


def _growth(study: Study, main: Table) -> Finding | None:
    rate, more = growth_rate(study), increment(study)
    if rate.value is None or rate.value <= -1:
        # The last year holds nothing: the exports end before the as-of date says so.
        return None
    first, last = study.period.first, min(study.period.last, study.incomplete_from - 1)
    verb, verb_en = ("年均增长率", "grew") if rate.value >= 0 else ("年均变化率", "changed")
    added = f"，年均增长量为{written(more)}" if more.value is not None and more.value >= 0 else ""
    added_en = f", {written(more, 'en')}" if added else ""
    return said(
        f"{first}—{last}年，专利量{verb}为{written(rate)}{added}。",
        f"From {first} to {last} patents {verb_en} by {written(rate, 'en')} a year{added_en}.",
        main,
        rate,
        more,
    )


def _grants(main: Table, numbers: tuple[Indicator, ...]) -> Finding | None:
    by_topic = {one.definition.topic: one for one in numbers}
    given, rate, force = by_topic["grants"], by_topic["grant_rate"], by_topic["in_force"]
    zh, en = [], []
    if given.value is not None:
        zh.append(f"已授权{written(given)}")
        en.append(f"{written(given, 'en')} are granted")
    if rate.value is not None:
        zh.append(f"授权率为{written(rate)}")
        en.append(f"the grant rate is {written(rate, 'en')}")
    if force.value is not None:
        zh.append(f"有效专利{written(force)}")
        en.append(f"{written(force, 'en')} are in force")
    if not zh:
        return None
    text = ", ".join(en)
    return said("，".join(zh) + "。", text[0].upper() + text[1:] + ".", main, given, rate, force)


def _operation(main: Table, numbers: tuple[Indicator, ...]) -> Finding | None:
    by_topic = {one.definition.topic: one for one in numbers}
    done, share = by_topic["operation"], by_topic["operation_share"]
    if done.value is None:
        return None
    more = f"，占授权专利的{written(share)}" if share.value is not None else ""
    more_en = f", {written(share, 'en')} of those granted" if share.value is not None else ""
    return said(
        f"发生转让、许可或质押的专利（运营量）为{written(done)}{more}。",
        f"{written(done, 'en')} were transferred, licensed or pledged{more_en}.",
        main,
        done,
        share,
    )


def _highest(study: Study, years: Table) -> Finding | None:
    if years.empty:
        return None
    complete = years.rows.with_row_index("place").filter(years.rows["year"] < study.incomplete_from)
    if complete.is_empty() or not complete["count"].max():
        return None
    top = complete.sort("count", "year", descending=[True, False]).row(0, named=True)
    return said(
        f"在数据完整的年份中，{top['year']}年最多，为{cell(years, 'count', top['place'])}。",
        f"Of the complete years {top['year']} holds most, {cell(years, 'count', top['place'], 'en')}.",
        years,
    )
