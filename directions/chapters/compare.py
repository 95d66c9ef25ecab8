"""对比: studies side by side, in sentences, tables and figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from directions.chapters.sentences import present, sentence
from directions.facts import Chapter, Figure, Finding, Indicator, Table
from directions.indicators.compare import MEASURES, compare, compare_by_year, compare_ipc
from directions.indicators.growth import growth_rate
from directions.notation import joined, percent, printed
from directions.study import Study
from patents.bilingual import NO_TEXT, Text

#: Class in which a study stands out: at least so many times the classes of all together.
_STANDS_OUT = 1.2
#: Patents of a class that are enough to say so.
_FEWEST = 5


def chapter(studies: Sequence[Study]) -> Chapter:
    """Compose the chapter.

    Args:
        studies: two or more that count alike.

    Raises:
        ValueError: no study, or they count differently.
    """
    main, years, classes = compare(studies), compare_by_year(studies), compare_ipc(studies)
    names = " / ".join(study.title for study in studies)
    return Chapter(
        id="compare",
        title=Text(f"对比：{names}", f"Side by side: {names}"),
        findings=present(_sizes(studies, main), _growth(studies, main), *_classes(studies, classes)),
        tables=(main, years, classes),
        figures=tuple(_figures(studies, years, classes)),
        step="position",
    )


def _values(main: Table, measure: Callable[[Study], Indicator], count: int) -> list[float | None]:
    """Values of an indicator, one a study."""
    place = MEASURES.index(measure)
    return [main.rows[f"v{number}"][place] for number in range(count)]


def _sizes(studies: Sequence[Study], main: Table) -> Finding:
    largest, smallest = (pick(studies, key=lambda study: study.count) for pick in (max, min))
    more = NO_TEXT
    if largest.count > smallest.count:
        times = printed(largest.count / smallest.count, "ratio")
        more = Text(
            f"；{largest.title}是{smallest.title}的{times}倍",
            f"; {largest.title} has {times} times those of {smallest.title}",
        )
    return sentence(
        "专利量，{listed}{more}。",
        "Patents: {listed}{more}.",
        main,
        listed=Text(
            joined(f"{study.title}为{study.count}件" for study in studies),
            joined((f"{study.title} {study.count:,}" for study in studies), "en"),
        ),
        more=more,
    )


def _growth(studies: Sequence[Study], main: Table) -> Finding | None:
    rates = _values(main, growth_rate, len(studies))
    known = [(study.title, rate) for study, rate in zip(studies, rates, strict=True) if rate is not None]
    if len(known) < 2:
        return None
    ordered = sorted(known, key=lambda pair: -pair[1])
    (first, most), (last, least) = ordered[0], ordered[-1]
    return sentence(
        "年均增长率最高的是{first}（{most}），最低的是{last}（{least}）。",
        "{first} grew fastest ({most} a year) and {last} slowest ({least}).",
        main,
        first=first,
        most=Text(percent(most), percent(most, "en")),
        last=last,
        least=Text(percent(least), percent(least, "en")),
    )


def _classes(studies: Sequence[Study], classes: Table) -> list[Finding]:
    """Where each study stands out among the largest classes."""
    if classes.empty:
        return []
    findings = []
    for place, study in enumerate(studies):
        enough = pl.col(f"s{place}") * study.count >= _FEWEST
        rows = classes.rows.filter((pl.col(f"q{place}") >= _STANDS_OUT) & enough)
        own = rows.sort(f"q{place}", descending=True).head(2)
        if own.is_empty():
            continue
        lines = list(own.select("ipc", f"s{place}", f"q{place}").iter_rows())
        listed = Text(
            joined(f"{ipc}（占{percent(share)}，{printed(q, 'ratio')}倍）" for ipc, share, q in lines),
            joined(
                (f"{ipc} ({percent(share, 'en')}, {printed(q, 'ratio', 'en')}×)" for ipc, share, q in lines),
                "en",
            ),
        )
        findings.append(
            sentence(
                "{study}相对集中于{listed}。",
                "{study} concentrates on {listed}.",
                classes,
                study=study.title,
                listed=listed,
            )
        )
    return findings


def _figures(studies: Sequence[Study], years: Table, classes: Table) -> list[Figure]:
    columns = tuple(f"s{place}" for place in range(len(studies)))
    first = min(study.incomplete_from for study in studies)
    drawn = []
    if not years.empty:
        drawn.append(Figure("line", years, "year", columns, incomplete_from=first))
    if not classes.empty:
        drawn.append(Figure("bar_horizontal", classes, "ipc", columns))
    return drawn
