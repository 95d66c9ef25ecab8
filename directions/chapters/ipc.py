"""技术分布: IPC classes and subclasses, their concentration, growth and operation."""

from __future__ import annotations

from directions.chapters.shaping import rest, wide
from directions.chapters.wording import called, cell, indicator_table, kept, listed, said, written
from directions.facts import Chapter, Figure, Finding, Indicator, Table
from directions.indicators.filings import lacking_year
from directions.indicators.ipc import (
    ipc_by_operation,
    ipc_by_year,
    ipc_concentration,
    most_active_ipc,
    top_ipc,
)
from directions.study import Study

_SERIES = 6


def chapter(study: Study) -> Chapter:
    """Compose the chapter."""
    classes, subclasses = top_ipc(study, "class"), top_ipc(study, "subclass")
    active, operated = most_active_ipc(study), ipc_by_operation(study)
    share = ipc_concentration(study)
    main = indicator_table(study, "ipc_concentration", ("IPC集中度", "Concentration of IPC"), (share,))
    years = ipc_by_year(study, count=_SERIES)
    tables = [classes, subclasses, main, active, operated]
    figures = [
        Figure(
            id="top_ipc",
            title="IPC小类前10位",
            title_en="Top 10 IPC subclasses",
            kind="bar_horizontal",
            table=subclasses,
            x="ipc",
            y=("count",),
            label="title",
        ),
    ]
    if not lacking_year(study):
        tables.insert(2, wide(years, "ipc"))
        figures.append(
            Figure(
                id="ipc_by_year",
                title="主要IPC小类年度专利量",
                title_en="Leading IPC subclasses by year",
                kind="line",
                table=years,
                x="year",
                y=("count",),
                series="ipc",
                incomplete_from=study.incomplete_from,
            )
        )
    return Chapter(
        id="ipc",
        title="技术分布",
        title_en="Technologies (IPC)",
        findings=kept((_top(subclasses, main, share), _active(active), _operated(operated))),
        tables=tuple(tables),
        figures=tuple(figures),
    )


def _called(table: Table, row: int) -> str:
    return called(str(table.rows["ipc"][row]), str(table.rows["title"][row] or ""))


def _top(subclasses: Table, main: Table, share: Indicator) -> Finding | None:
    if subclasses.rows.height < 3 or subclasses.missing:
        return None
    code = subclasses.rows["ipc"][0]
    return said(
        f"最受关注的IPC小类为{_called(subclasses, 0)}，{cell(subclasses, 'count', 0)}，其次为"
        f"{listed(rest(subclasses), 'ipc', 'count', 2)}；前10位小类覆盖{written(share)}的专利。",
        f"The largest IPC subclass is {code} ({cell(subclasses, 'count', 0, 'en')}); the "
        f"ten largest cover {written(share, 'en')} of the patents.",
        subclasses,
        main,
        share,
    )


def _active(active: Table) -> Finding | None:
    if active.empty:
        return None
    growth = active.rows["growth"][0]
    if growth is None or growth <= 0:
        return None
    spans = active.columns[2].label, active.columns[3].label
    return said(
        f"最活跃的IPC小类为{_called(active, 0)}，{spans[1]}年专利量{cell(active, 'later', 0)}，"
        f"较{spans[0]}年的{cell(active, 'earlier', 0)}增长{cell(active, 'growth', 0)}。",
        f"{active.rows['ipc'][0]} grows fastest: {cell(active, 'later', 0, 'en')} in {spans[1]} after "
        f"{cell(active, 'earlier', 0, 'en')} in {spans[0]} ({cell(active, 'growth', 0, 'en')}).",
        active,
    )


def _operated(operated: Table) -> Finding | None:
    if operated.empty:
        return None
    return said(
        f"运营最多的IPC小类为{_called(operated, 0)}，运营量{cell(operated, 'operated', 0)}，"
        f"占该类专利的{cell(operated, 'share', 0)}。",
        f"{operated.rows['ipc'][0]} is operated most: {cell(operated, 'operated', 0, 'en')}, "
        f"{cell(operated, 'share', 0, 'en')} of the class.",
        operated,
    )
