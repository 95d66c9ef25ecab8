"""专利运营: transfers, licences, pledges."""

from __future__ import annotations

from directions.chapters.sentences import (
    bracketed,
    cell,
    class_name,
    enumeration,
    indicator_table,
    of_row,
    present,
    sentence,
    valued,
)
from directions.facts import Chapter, Figure, Finding, Table
from directions.indicators.ipc import ipc_by_operation
from directions.indicators.operation import operated, operation_by_year, operation_kinds, operation_share
from directions.notation import term
from directions.study import Study
from patents.bilingual import Text


def chapter(study: Study) -> Chapter:
    """Compose the chapter."""
    numbers = (operated(study), operation_share(study))
    title = Text("运营量与运营率", "Operated patents")
    main = indicator_table(study, "operation_indicators", title, numbers)
    kinds, years, classes = operation_kinds(study), operation_by_year(study), ipc_by_operation(study, "class")
    return Chapter(
        id="operation",
        title=Text("专利运营", "Operation"),
        findings=present(
            valued(
                "专利运营量为{count}{more}。",
                "{count} patents were operated{more}.",
                main,
                *numbers,
                more=bracketed(numbers[1], "，占授权专利的{}", ", {} of those granted"),
            ),
            _kinds(kinds),
            of_row(
                "运营最多的IPC大类为{ipc}，{operated}。",
                "Most operated patents are in IPC class {ipc}: {operated}.",
                classes,
                ipc=class_name(classes, 0),
            ),
        ),
        tables=(main, kinds, years, classes),
        figures=(Figure("stacked", years, "year", ("transfers", "licences", "pledges"), in_parts=True),),
    )


def _kinds(kinds: Table) -> Finding | None:
    if kinds.empty:
        return None
    parts = []
    for place, (kind, patents) in enumerate(kinds.rows.select("kind", "patents").iter_rows()):
        if patents:
            count = cell(kinds, "patents", place)
            parts.append(Text(f"{kind}{count.zh}", f"{term(kind, 'en')} {count.en}"))
    if not parts:
        return None
    return sentence(
        "其中{parts}（同一专利可有多种运营）。",
        "By kind: {parts}; one patent may have several.",
        kinds,
        parts=enumeration(parts),
    )
