"""专利质量: PCT filings and 高价值发明专利."""

from __future__ import annotations

from directions.chapters.sentences import bracketed, indicator_table, present, valued
from directions.facts import Chapter, Figure
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
    drawn = Figure(
        "bar",
        years,
        "year",
        ("count",),
        title=Text("年度PCT专利量", "PCT patents by year"),
        incomplete_from=study.incomplete_from,
    )
    return Chapter(
        id="quality",
        title=Text("专利质量", "Quality"),
        findings=present(
            valued(
                "PCT相关专利{count}{more}。",
                "{count} PCT patents{more}.",
                main,
                *pct,
                more=bracketed(pct[1], "，占{}", " ({})"),
            ),
            valued(
                "按可判定的情形计，高价值发明专利{count}{more}。",
                "By the criteria that the data cover, {count} are high-value inventions{more}.",
                main,
                *high,
                more=bracketed(high[1], "，占有效发明专利的{}", ", {} of the inventions in force"),
            ),
        ),
        tables=(main, criteria, years),
        figures=(drawn,),
    )
