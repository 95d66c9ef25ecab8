"""Tables in the shape in which documents print them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from directions.facts import Table, TableColumn
from patents.bilingual import NO_TEXT, Text

_COUNT = TableColumn("count", Text("专利量", "Patents"), "count")


def wide(
    long: Table,
    index: TableColumn,
    across: str,
    value: TableColumn = _COUNT,
    *,
    keys: Sequence[str] = (),
    id: str = "",
    title: Text = NO_TEXT,
) -> Table:
    """One line for each value of one column, one column for each value of another.

    Args:
        long: one line for each pair.
        index: column whose values are lines.
        across: name of the column whose values become columns, in English where rows have `{across}_en`.
        value: what stands in the cells, with kind and unit; counts without unit when not given.
        keys: further columns that tell lines apart, not printed.
        id: of the wide table; `{id of the long one}_wide` when empty.
        title: that of the long one when empty.
    """
    names: dict[str, str] = {}
    rows = long.rows.clear().select(index.name)
    if not long.empty:
        english = f"{across}_en" if f"{across}_en" in long.rows.columns else across
        pairs = zip(long.rows[across].to_list(), long.rows[english].to_list(), strict=True)
        names = {zh: en for zh, en in pairs if zh is not None}
        rows = long.rows.pivot(across, index=[*keys, index.name], values=value.name)
        rows = rows.select(index.name, *names)
    columns = (TableColumn(zh, Text(zh, en), value.kind, value.unit) for zh, en in names.items())
    return replace(
        long,
        id=id or f"{long.id}_wide",
        title=title or long.title,
        columns=(index, *columns),
        rows=rows,
        long=long,
    )


def first(table: Table, count: int) -> Table:
    """The first rows of a table."""
    return replace(table, rows=table.rows.head(count))


def rest(table: Table) -> Table:
    """A table without its first row."""
    return replace(table, rows=table.rows.slice(1))
