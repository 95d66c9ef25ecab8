"""Sentences from numbers: values as tables print them, so that every figure in a text can be found there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import polars as pl

from directions.facts import ColumnKind, Coverage, Definition, Finding, Indicator, Table, TableColumn
from directions.printing import NOTHING, Language, joined, missing_text, percent, printed, unit_text
from directions.study import Study

_KINDS: dict[str, ColumnKind] = {"件": "count", "次": "count", "个": "count", "家": "count", "%": "share"}


def written(indicator: Indicator, language: Language = "zh") -> str:
    """Write the value of an indicator with its unit; `—` without a value."""
    if indicator.value is None:
        return NOTHING
    return _with_unit(indicator.value, indicator.definition, language)


def _with_unit(value: float, made: Definition, language: Language) -> str:
    unit = made.unit
    if unit == "%":
        return percent(value, language)
    if not unit:  # an index in [0, 1], as HHI
        return f"{value:.4f}"
    kind = _KINDS.get(unit, "ratio" if unit == "倍" else "number")
    number = printed(value, kind, language)
    said = unit_text(unit, language)
    return f"{number} {said}".rstrip() if language == "en" else f"{number}{said}"


def indicator_table(
    study: Study, name: str, title: tuple[str, str], indicators: Sequence[Indicator]
) -> Table:
    """Put single numbers into a table: value, interval, coverage, and what lacks where there is none.

    Args:
        study: that they are of.
        name: id of the table.
        title: Chinese and English.
        indicators: in order of print.
    """
    columns = (
        TableColumn("indicator", "指标", "text", label_en="Indicator"),
        TableColumn("value", "数值", "text", label_en="Value"),
        TableColumn("interval", "95%区间", "text", label_en="95% interval"),
        TableColumn("coverage", "数据覆盖率", "share", "%", "Coverage"),
        TableColumn("remark", "说明", "text", label_en="Remark"),
    )
    rows = pl.DataFrame(
        {
            "indicator": [one.definition.name for one in indicators],
            "indicator_en": [one.definition.name_en or one.definition.name for one in indicators],
            "value": [written(one) for one in indicators],
            "value_en": [written(one, "en") for one in indicators],
            "interval": [_interval(one, "zh") for one in indicators],
            "interval_en": [_interval(one, "en") for one in indicators],
            "coverage": [one.coverage.share if one.coverage.of else None for one in indicators],
            "remark": [one.missing or None for one in indicators],
            "remark_en": [missing_text(one.missing, "en") or None for one in indicators],
            "number": [one.value for one in indicators],
            "unit": [one.definition.unit for one in indicators],
            "definition": [one.definition.id for one in indicators],
        },
        schema_overrides={"remark": pl.String, "remark_en": pl.String, "number": pl.Float64},
    )
    return Table(
        id=name,
        title=title[0],
        title_en=title[1],
        columns=columns,
        rows=rows,
        definitions=tuple(dict.fromkeys(one.definition for one in indicators)),
        coverage=Coverage(study.count, study.count),
    )


def _interval(one: Indicator, language: Language) -> str:
    if one.low is None or one.high is None or one.value is None:
        return NOTHING
    low, high = (_with_unit(value, one.definition, language) for value in (one.low, one.high))
    return f"{low}—{high}" if language == "zh" else f"{low} – {high}"


def listed(
    table: Table, name: str, number: str, most: int, language: Language = "zh", *, bracket: str = ""
) -> str:
    """Name the first rows with a number: 有色冶金（120件，12.3%）.

    Args:
        table: that the numbers stand in.
        name: column of the names.
        number: column of the numbers.
        most: rows named.
        language: of the sentence.
        bracket: second column of numbers, behind the first.
    """
    kinds = {column.name: column for column in table.columns}
    parts = []
    for row in table.rows.head(most).iter_rows(named=True):
        values = [_number(row[column], kinds[column], language) for column in (number, bracket) if column]
        inside = ("，" if language == "zh" else ", ").join(value for value in values if value != NOTHING)
        called = row.get(f"{name}_en") if language == "en" and row.get(f"{name}_en") else row[name]
        parts.append(f"{called}（{inside}）" if language == "zh" else f"{called} ({inside})")
    return joined(parts, language)


def _number(value: object, column: TableColumn, language: Language) -> str:
    if value is None:
        return NOTHING
    unit = unit_text(column.unit, language)
    number = printed(value, column.kind, language)
    return number + unit if language == "zh" or unit in ("", "%") else f"{number} {unit}"


def cell(table: Table, column: str, row: int, language: Language = "zh") -> str:
    """Write one cell with its unit."""
    described = next(one for one in table.columns if one.name == column)
    return _number(table.rows[column][row], described, language)


def said(zh: str, en: str, *sources: Table | Indicator | str) -> Finding:
    """A sentence in both languages with the tables, indicators or ids that its numbers come from."""
    return Finding(text=zh, text_en=en, sources=tuple(_id(source) for source in sources))


def _id(source: Table | Indicator | str) -> str:
    if isinstance(source, str):
        return source
    return source.id if isinstance(source, Table) else source.definition.id


def growing(rate: float | None) -> tuple[str, str]:
    """The verb that a growth rate bears: 增长 or 下降, grew or fell."""
    return ("下降", "fell") if rate is not None and rate < 0 else ("增长", "grew")


def kept(findings: Iterable[Finding | None]) -> tuple[Finding, ...]:
    """The sentences that could be written."""
    return tuple(finding for finding in findings if finding is not None)


def called(symbol: str, title: str) -> str:
    """Name a class in a sentence: its symbol with the title up to the first mark."""
    short = re.split("[；，;,]", title)[0]
    return f"{symbol}（{short}）" if short else symbol


def growth_extremes(table: Table, name: str) -> Finding | None:
    """The fastest and the slowest growing row by column growth_rate; None with fewer than two."""
    if table.empty:
        return None
    rows = table.rows.with_row_index("place").filter(pl.col("growth_rate") > -1)
    if rows.height < 2:
        return None
    ordered = rows.sort("growth_rate", descending=True)["place"].to_list()
    best, worst = int(ordered[0]), int(ordered[-1])
    names = table.rows[name]
    return said(
        f"年均增长率最高的是{names[best]}（{cell(table, 'growth_rate', best)}），"
        f"最低的是{names[worst]}（{cell(table, 'growth_rate', worst)}）。",
        f"{names[best]} grew fastest ({cell(table, 'growth_rate', best, 'en')} a year), "
        f"{names[worst]} slowest ({cell(table, 'growth_rate', worst, 'en')}).",
        table,
    )
