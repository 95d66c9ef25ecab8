"""Tables in the shape in which chapters print them."""

from __future__ import annotations

from dataclasses import replace

from directions.facts import Table, TableColumn
from directions.indicators.counts import YEAR
from patents.bilingual import Text


def wide(years: Table, name: str) -> Table:
    """One line a year and one column for each value of `name`, from one line for each pair.

    Args:
        years: long, with columns `name`, year and count.
        name: column whose values become columns.
    """
    made = replace(years, id=f"{years.id}_wide", long=years)
    if years.empty:
        return made
    values = years.rows[name].unique(maintain_order=True).to_list()
    rows = years.rows.pivot(name, index="year", values="count").sort("year")
    columns = (TableColumn(value, Text.same(value), "count") for value in values)
    return replace(made, columns=(YEAR, *columns), rows=rows)


def first(table: Table, count: int) -> Table:
    """The first rows of a table."""
    return replace(table, rows=table.rows.head(count))


def rest(table: Table) -> Table:
    """A table without its first row."""
    return replace(table, rows=table.rows.slice(1))
