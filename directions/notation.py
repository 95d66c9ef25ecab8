"""How values, headings and notes are written, in Chinese and in English; the same in every document."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from directions.facts import ColumnKind, Table, TableColumn
from patents.bilingual import Language

_CONTROL = re.compile("[\x00-\x1f\x7f\ufffe\uffff]")
_MOST_NAMES = 8
#: What stands where there is no value.
NOTHING = "—"
#: Columns of these kinds are figures: set to the right, and drawn.
NUMERIC: frozenset[ColumnKind] = frozenset({"count", "share", "ratio", "number"})


def printed(value: object, kind: ColumnKind, language: Language = "zh") -> str:
    """Write a value of a table.

    Args:
        value: of the kind's type; shares are fractions.
        kind: of its column.
        language: English groups thousands and joins texts with commas.

    Returns:
        The text without its unit, which stands in the heading; `—` for null.
    """
    if value is None or value == "":
        return NOTHING
    if isinstance(value, (list, tuple)):
        texts = [without_control(str(name)) for name in value]
        return (("、" if language == "zh" else ", ").join(texts)) or NOTHING
    if kind == "date" and isinstance(value, date):
        return value.isoformat()
    if kind in NUMERIC and isinstance(value, (int, float)):
        return _number(float(value), kind, language)
    return without_control(str(value))


def without_control(text: str) -> str:
    """Take out control characters, which exports hold now and then and no document or font does."""
    return _CONTROL.sub("", text)


def _number(value: float, kind: ColumnKind, language: Language) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return NOTHING
    comma = "," if language == "en" else ""
    if kind == "count":
        return f"{value:{comma}.0f}"
    if kind == "share":
        return _without_minus_zero(f"{100 * value:{comma}.{2 if 0 < abs(value) < 0.001 else 1}f}")
    return _without_minus_zero(f"{value:{comma}.{2 if kind == 'ratio' else 1}f}")


def _without_minus_zero(text: str) -> str:
    return text.lstrip("-") if not text.strip("-0.") else text


def percent(value: float | None, language: Language = "zh") -> str:
    """Write a fraction with its sign: 12.3%; English sets no space either."""
    return NOTHING if value is None else f"{printed(value, 'share', language)}%"


def heading(column: TableColumn, language: Language = "zh") -> str:
    """Write the heading of a column, its unit behind it."""
    label, unit = column.label.of(language), unit_text(column.unit, language)
    if not unit:
        return label
    return f"{label} ({unit})" if language == "en" else f"{label}（{unit}）"


@cache
def _vocabulary() -> dict[str, dict[str, str]]:
    """Words and units in English."""
    return tomllib.loads(Path(__file__).with_name("terms.toml").read_text(encoding="utf-8"))


def unit_text(unit: str, language: Language = "zh") -> str:
    """Write a unit; English leaves out that of plain counts."""
    return _vocabulary()["units"].get(unit, unit) if language == "en" else unit


def printed_columns(table: Table) -> tuple[TableColumn, ...]:
    """Columns that documents print: row numbers are for programs."""
    return tuple(column for column in table.columns if column.kind != "rows")


def printed_rows(table: Table, language: Language = "zh") -> list[list[str]]:
    """All cells of a table as text, in the order of `printed_columns`; long lists are cut."""
    columns = printed_columns(table)
    wanted = [in_language(table, column.name, language) for column in columns]
    return [
        [
            translated(printed(_short(value, language), column.kind, language), column.kind, language)
            for value, column in zip(row, columns, strict=True)
        ]
        for row in table.rows.select(wanted).iter_rows()
    ]


def _short(value: object, language: Language) -> object:
    """The first names of a long list, and how many there are."""
    if not isinstance(value, list) or len(value) <= _MOST_NAMES + 1:
        return value
    count = f"等{len(value)}个" if language == "zh" else f"… {len(value)} in all"
    return [*value[:_MOST_NAMES], count]


def in_language(table: Table, name: str, language: Language) -> str:
    """Column that holds what `name` holds in a language: `name_en` in English where rows have it."""
    english = f"{name}_en"
    return english if language == "en" and english in table.rows.columns else name


def term(word: str, language: Language) -> str:
    """A word of a closed vocabulary, or several with dashes between; names and titles stay as they are."""
    if language == "zh":
        return word
    return "—".join(_vocabulary()["words"].get(part, part) for part in word.split("—"))


def translated(text: str, kind: ColumnKind, language: Language) -> str:
    """What a cell reads in a language; see `term`."""
    return term(text, language) if kind == "text" else text


def joined(names: Iterable[str], language: Language = "zh") -> str:
    """Join names as a sentence lists them."""
    listed = list(names)
    if language == "zh" or len(listed) < 2:
        return "、".join(listed)
    return f"{', '.join(listed[:-1])} and {listed[-1]}"
