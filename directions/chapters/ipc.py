"""技术分布: IPC classes and subclasses, their concentration, growth and operation."""

from __future__ import annotations

from directions.chapters.sentences import (
    cell,
    class_name,
    indicator_table,
    listed,
    of_row,
    present,
    sentence,
    written,
)
from directions.facts import Chapter, Figure, Finding, Indicator, Table
from directions.indicators.categories import spans
from directions.indicators.counts import YEAR
from directions.indicators.filings import lacking_year
from directions.indicators.ipc import (
    ipc_by_operation,
    ipc_by_year,
    ipc_concentration,
    most_active_ipc,
    top_ipc,
)
from directions.shapes import rest, wide
from directions.study import Study
from patents.bilingual import Text

_SERIES = 6


def chapter(study: Study) -> Chapter:
    """Compose the chapter."""
    classes, subclasses = top_ipc(study, "class"), top_ipc(study, "subclass")
    active, operated = most_active_ipc(study), ipc_by_operation(study)
    share = ipc_concentration(study)
    main = indicator_table(study, "ipc_concentration", Text("IPC集中度", "Concentration of IPC"), (share,))
    years = ipc_by_year(study, count=_SERIES)
    tables = [classes, subclasses, main, active, operated]
    figures = [
        Figure("bar_horizontal", subclasses, "ipc", ("count",), id="top_ipc", label="title", in_parts=True)
    ]
    if not lacking_year(study):
        tables.insert(2, wide(years, YEAR, "ipc"))
        figures.append(
            Figure(
                "line",
                years,
                "year",
                ("count",),
                id="ipc_by_year",
                title=Text("主要IPC小类年度专利量", "Leading IPC subclasses by year"),
                series="ipc",
                incomplete_from=study.incomplete_from,
            )
        )
    return Chapter(
        id="ipc",
        title=Text("技术分布", "Technologies (IPC)"),
        findings=present(
            _top(subclasses, main, share),
            _active(study, active),
            of_row(
                "运营最多的IPC小类为{ipc}，运营量{operated}，占该类专利的{share}。",
                "Most operated patents are in {ipc}: {operated}, {share} of the class.",
                operated,
                ipc=class_name(operated, 0),
            ),
        ),
        tables=tuple(tables),
        figures=tuple(figures),
        slides=(subclasses,),
    )


def _top(subclasses: Table, main: Table, share: Indicator) -> Finding | None:
    if subclasses.rows.height < 3 or subclasses.missing:
        return None
    return sentence(
        "最受关注的IPC小类为{first}，{count}，其次为{next}；前10位小类覆盖{share}的专利。",
        "The largest IPC subclass is {first} ({count}); the ten largest cover {share} of the patents.",
        subclasses,
        main,
        share,
        first=class_name(subclasses, 0),
        count=cell(subclasses, "count", 0),
        next=listed(rest(subclasses), "ipc", "count", 2),
        share=written(share),
    )


def _active(study: Study, active: Table) -> Finding | None:
    if active.empty or (active.rows["growth"][0] or 0) <= 0:
        return None
    before, after = spans(study)
    return of_row(
        "最活跃的IPC小类为{ipc}，{after}年专利量{later}，较{before}年的{earlier}增长{growth}。",
        "{ipc} grows fastest: {later} in {after} after {earlier} in {before} ({growth}).",
        active,
        ipc=class_name(active, 0),
        after=after.label,
        before=before.label,
    )
