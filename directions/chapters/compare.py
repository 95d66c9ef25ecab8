"""对比: studies side by side, in sentences, tables and figures."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from directions.chapters.wording import kept, said
from directions.facts import Chapter, Figure, Finding, Table
from directions.indicators.compare import compare, compare_by_year, compare_ipc
from directions.printing import joined, percent, printed
from directions.study import Study

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
    figures, years, classes = compare(studies), compare_by_year(studies), compare_ipc(studies)
    names = " / ".join(study.title for study in studies)
    return Chapter(
        id="compare",
        title=f"对比：{names}",
        title_en=f"Side by side: {names}",
        findings=kept((_sizes(studies, figures), _growth(studies, figures), *_classes(studies, classes))),
        tables=(figures, years, classes),
        figures=tuple(_figures(studies, years, classes)),
    )


def _values(figures: Table, definition: str, count: int) -> list[float | None]:
    """Values of an indicator, one a study."""
    place = next(place for place, one in enumerate(figures.definitions) if one.id.startswith(definition))
    return [figures.rows[f"v{number}"][place] for number in range(count)]


def _sizes(studies: Sequence[Study], figures: Table) -> Finding:
    known = [(study.title, study.count) for study in studies]
    largest, smallest = max(known, key=lambda one: one[1]), min(known, key=lambda one: one[1])
    listed = joined(f"{title}为{count}件" for title, count in known)
    listed_en = joined((f"{title} {count:,}" for title, count in known), "en")
    times = printed(largest[1] / smallest[1], "ratio")
    more = more_en = ""
    if largest[1] > smallest[1]:
        more = f"；{largest[0]}是{smallest[0]}的{times}倍"
        more_en = f"; {largest[0]} has {times} times those of {smallest[0]}"
    return said(f"专利量，{listed}{more}。", f"Patents: {listed_en}{more_en}.", figures)


def _growth(studies: Sequence[Study], figures: Table) -> Finding | None:
    rates = _values(figures, "growth_rate.", len(studies))
    known = [(study.title, rate) for study, rate in zip(studies, rates, strict=True) if rate is not None]
    if len(known) < 2:
        return None
    ordered = sorted(known, key=lambda one: -one[1])
    first, last = ordered[0], ordered[-1]
    return said(
        f"年均增长率最高的是{first[0]}（{percent(first[1])}），最低的是{last[0]}（{percent(last[1])}）。",
        f"{first[0]} grew fastest ({percent(first[1], 'en')} a year), {last[0]} slowest "
        f"({percent(last[1], 'en')}).",
        figures,
    )


def _classes(studies: Sequence[Study], classes: Table) -> list[Finding]:
    """Where each study stands out among the largest classes."""
    if classes.empty:
        return []
    found = []
    for place, study in enumerate(studies):
        enough = pl.col(f"s{place}") * study.count >= _FEWEST
        rows = classes.rows.filter((pl.col(f"q{place}") >= _STANDS_OUT) & enough)
        own = rows.sort(f"q{place}", descending=True).head(2)
        if own.is_empty():
            continue
        pairs = list(own.select("ipc", f"s{place}", f"q{place}").iter_rows())
        listed = joined(f"{ipc}（占{percent(share)}，{printed(q, 'ratio')}倍）" for ipc, share, q in pairs)
        listed_en = joined(
            (f"{ipc} ({percent(share, 'en')}, {printed(q, 'ratio', 'en')}×)" for ipc, share, q in pairs), "en"
        )
        found.append(
            said(f"{study.title}相对集中于{listed}。", f"{study.title} concentrates on {listed_en}.", classes)
        )
    return found


def _figures(studies: Sequence[Study], years: Table, classes: Table) -> list[Figure]:
    columns = tuple(f"s{place}" for place in range(len(studies)))
    drawn = []
    if not years.empty:
        drawn.append(
            Figure(
                id="compare_by_year",
                title=years.title,
                title_en=years.title_en,
                kind="line",
                table=years,
                x="year",
                y=columns,
                incomplete_from=min(study.incomplete_from for study in studies),
            )
        )
    if not classes.empty:
        drawn.append(
            Figure(
                id="compare_ipc",
                title=classes.title,
                title_en=classes.title_en,
                kind="bar_horizontal",
                table=classes,
                x="ipc",
                y=columns,
            )
        )
    return drawn
