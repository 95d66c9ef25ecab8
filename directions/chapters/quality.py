"""专利质量: PCT filings and 高价值发明专利."""

from __future__ import annotations

from directions.chapters.sentences import bracketed, indicator_table, present, sentence, written
from directions.facts import Chapter, Finding, Indicator, Table, figure
from directions.indicators.high_value import high_value, high_value_criteria, high_value_share
from directions.indicators.pct import pct_by_year, pct_filings, pct_share
from directions.study import Study
from patents.bilingual import Text


def chapter(study: Study) -> Chapter:
    """Compose the chapter."""
    pct, high = (pct_filings(study), pct_share(study)), (high_value(study), high_value_share(study))
    title = Text("PCT与高价值发明专利", "PCT and high-value inventions")
    main = indicator_table(study, "quality", title, (*pct, *high))
    years, criteria = pct_by_year(study), high_value_criteria(study)
    drawn = figure(
        "bar",
        years,
        "year",
        "count",
        title=Text("年度PCT专利量", "PCT patents by year"),
        incomplete_from=study.incomplete_from,
    )
    return Chapter(
        id="quality",
        title=Text("专利质量", "Quality"),
        findings=present(_pct(main, *pct), _high(main, *high)),
        tables=(main, criteria, years),
        figures=(drawn,),
    )


def _pct(main: Table, count: Indicator, share: Indicator) -> Finding | None:
    if count.value is None:
        return None
    return sentence(
        "PCT相关专利{count}{more}。",
        "{count} PCT patents{more}.",
        main,
        count,
        share,
        count=written(count),
        more=bracketed(share, "，占{}", " ({})"),
    )


def _high(main: Table, count: Indicator, share: Indicator) -> Finding | None:
    if count.value is None:
        return None
    return sentence(
        "按可判定的情形计，高价值发明专利{count}{more}。",
        "By the criteria that the columns tell of, {count} are high-value inventions{more}.",
        main,
        count,
        share,
        count=written(count),
        more=bracketed(share, "，占有效发明专利的{}", ", {} of the inventions in force"),
    )
