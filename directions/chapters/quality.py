"""专利质量: PCT filings and 高价值发明专利."""

from __future__ import annotations

from directions.chapters.wording import indicator_table, kept, said, written
from directions.facts import Chapter, Figure, Finding, Indicator, Table
from directions.indicators.high_value import high_value, high_value_criteria, high_value_share
from directions.indicators.pct import pct_by_year, pct_filings, pct_share
from directions.study import Study


def chapter(study: Study) -> Chapter:
    """Compose the chapter."""
    numbers = (pct_filings(study), pct_share(study), high_value(study), high_value_share(study))
    main = indicator_table(
        study, "quality", ("PCT与高价值发明专利", "PCT and high-value inventions"), numbers
    )
    years, criteria = pct_by_year(study), high_value_criteria(study)
    figures = (
        Figure(
            id="pct_by_year",
            title="年度PCT专利量",
            title_en="PCT patents by year",
            kind="bar",
            table=years,
            x="year",
            y=("count",),
            incomplete_from=study.incomplete_from,
        ),
    )
    return Chapter(
        id="quality",
        title="专利质量",
        title_en="Quality",
        findings=kept((_pct(main, numbers), _high(main, numbers))),
        tables=(main, criteria, years),
        figures=figures,
    )


def _pct(main: Table, numbers: tuple[Indicator, ...]) -> Finding | None:
    count, share = numbers[:2]
    if count.value is None:
        return None
    more = f"，占{written(share)}" if share.value is not None else ""
    more_en = f" ({written(share, 'en')})" if more else ""
    return said(
        f"PCT相关专利{written(count)}{more}。",
        f"{written(count, 'en')} PCT patents{more_en}.",
        main,
        count,
        share,
    )


def _high(main: Table, numbers: tuple[Indicator, ...]) -> Finding | None:
    count, share = numbers[2:]
    if count.value is None:
        return None
    more = f"，占有效发明专利的{written(share)}" if share.value is not None else ""
    more_en = f", {written(share, 'en')} of the inventions in force" if more else ""
    return said(
        f"按可判定的情形计，高价值发明专利{written(count)}{more}。",
        f"By the criteria that can be told, {written(count, 'en')} are high-value inventions{more_en}.",
        main,
        count,
        share,
    )
