"""专利运营: transfers, licences, pledges."""

from __future__ import annotations

from directions.chapters.wording import called, cell, indicator_table, kept, said, written
from directions.facts import Chapter, Figure, Finding, Indicator, Table
from directions.indicators.ipc import ipc_by_operation
from directions.indicators.operation import operated, operation_by_year, operation_kinds, operation_share
from directions.printing import TERMS_EN
from directions.study import Study


def chapter(study: Study) -> Chapter:
    """Compose the chapter."""
    numbers = (operated(study), operation_share(study))
    main = indicator_table(study, "operation_indicators", ("运营量与运营率", "Operated patents"), numbers)
    kinds, years, classes = operation_kinds(study), operation_by_year(study), ipc_by_operation(study, "class")
    figures = (
        Figure(
            id="operation_by_year",
            title="年度专利运营",
            title_en="Operations by year",
            kind="stacked",
            table=years,
            x="year",
            y=("transfers", "licences", "pledges"),
        ),
    )
    return Chapter(
        id="operation",
        title="专利运营",
        title_en="Operation",
        findings=kept((_size(main, numbers), _kinds(kinds), _class(classes))),
        tables=(main, kinds, years, classes),
        figures=figures,
    )


def _size(main: Table, numbers: tuple[Indicator, ...]) -> Finding | None:
    count, share = numbers
    if count.value is None:
        return None
    more = f"，占授权专利的{written(share)}" if share.value is not None else ""
    more_en = f", {written(share, 'en')} of those granted" if more else ""
    return said(
        f"专利运营量为{written(count)}{more}。",
        f"{written(count, 'en')} were operated{more_en}.",
        main,
        *numbers,
    )


def _kinds(kinds: Table) -> Finding | None:
    if kinds.empty:
        return None
    places = [place for place in range(kinds.rows.height) if kinds.rows["patents"][place]]
    if not places:
        return None
    names = kinds.rows["kind"]
    zh = "、".join(f"{names[place]}{cell(kinds, 'patents', place)}" for place in places)
    en = ", ".join(
        f"{TERMS_EN.get(names[place], names[place])} {cell(kinds, 'patents', place, 'en')}"
        for place in places
    )
    return said(f"其中{zh}（同一专利可有多种运营）。", f"By kind: {en}; one patent may have several.", kinds)


def _class(classes: Table) -> Finding | None:
    if classes.empty:
        return None
    name = called(str(classes.rows["ipc"][0]), str(classes.rows["title"][0] or ""))
    return said(
        f"运营最多的IPC大类为{name}，{cell(classes, 'operated', 0)}。",
        f"IPC class {classes.rows['ipc'][0]} is operated most: {cell(classes, 'operated', 0, 'en')}.",
        classes,
    )
