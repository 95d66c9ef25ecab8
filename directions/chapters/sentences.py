"""Sentences from numbers: values as tables print them, so that every figure in a text can be found there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import polars as pl

from directions.facts import ColumnKind, Coverage, Definition, Finding, Indicator, Table, TableColumn
from directions.notation import NOTHING, joined, percent, printed, term, unit_text
from directions.study import Study
from patents.bilingual import NO_TEXT, Language, Text

_KINDS: dict[str, ColumnKind] = {"件": "count", "次": "count", "个": "count", "家": "count", "%": "share"}
_LANGUAGES: tuple[Language, Language] = ("zh", "en")


def sentence(
    zh: str, en: str, *sources: Table | Indicator | Definition, **values: Text | str | float
) -> Finding:
    """Fill the values into a sentence in both languages.

    Args:
        zh: Chinese, values in braces.
        en: English.
        sources: tables, indicators and definitions that the numbers come from.
        values: by name; a text stands in each sentence in its language.
    """
    filled = (
        template.format(
            **{
                name: value.of(language) if isinstance(value, Text) else value
                for name, value in values.items()
            }
        )
        for template, language in zip((zh, en), _LANGUAGES, strict=True)
    )
    return Finding(text=Text(*filled), sources=tuple(map(_id, sources)))


def of_row(
    zh: str, en: str, table: Table, *sources: Definition, row: int = 0, **values: Text | str | float
) -> Finding | None:
    """A sentence about a row, whose cells stand in it by the names of their columns; None without rows."""
    if table.empty:
        return None
    named = {column.name for column in table.columns if f"{{{column.name}}}" in zh} - set(values)
    cells = {name: cell(table, name, row) for name in named}
    return sentence(zh, en, table, *sources, **(cells | values))


def leaders(
    table: Table,
    name: str,
    number: str,
    zh: str,
    en: str,
    *,
    most: int = 3,
    bracket: str = "",
    **values: Text,
) -> Finding | None:
    """A sentence that names the first rows of a table as `{leading}`; None without rows; see `listed`."""
    if table.empty:
        return None
    return sentence(zh, en, table, leading=listed(table, name, number, most, bracket=bracket), **values)


def valued(
    zh: str, en: str, main: Table, count: Indicator, *others: Indicator, **values: Text
) -> Finding | None:
    """A sentence about an indicator as `{count}`; None without a value; see `sentence`."""
    if count.value is None:
        return None
    return sentence(zh, en, main, count, *others, count=written(count), **values)


def _id(source: Table | Indicator | Definition) -> str:
    return source.definition.id if isinstance(source, Indicator) else source.id


def present(*findings: Finding | None) -> tuple[Finding, ...]:
    """The sentences that could be written."""
    return tuple(finding for finding in findings if finding is not None)


def enumeration(texts: Iterable[Text], zh: str = "、", en: str = ", ") -> Text:
    """Join texts by a sign of each language."""
    listed = list(texts)
    return Text(zh.join(text.zh for text in listed), en.join(text.en for text in listed))


def written(indicator: Indicator) -> Text:
    """Write the value of an indicator with its unit; `—` without a value."""
    if indicator.value is None:
        return Text.same(NOTHING)
    return _with_unit(indicator.value, indicator.definition)


def bracketed(indicator: Indicator, zh: str, en: str) -> Text:
    """Write a value into a clause; nothing without a value."""
    value = written(indicator)
    return NO_TEXT if indicator.value is None else Text(zh.format(value.zh), en.format(value.en))


def _with_unit(value: float, made: Definition) -> Text:
    unit = made.unit
    if unit == "%":
        return Text(percent(value), percent(value, "en"))
    if not unit:  # an index in [0, 1], as HHI
        return Text.same(f"{value:.4f}")
    kind = _KINDS.get(unit, "ratio" if unit == "倍" else "number")
    english = f"{printed(value, kind, 'en')} {unit_text(unit, 'en')}".rstrip()
    return Text(printed(value, kind) + unit, english)


def indicator_table(study: Study, name: str, title: Text, indicators: Sequence[Indicator]) -> Table:
    """Put single numbers into a table: value, interval, coverage, and what lacks where there is none.

    Args:
        study: that they are of.
        name: id of the table.
        title: printed above it.
        indicators: in order of print.
    """
    texts = {
        "indicator": [indicator.definition.name for indicator in indicators],
        "value": [written(indicator) for indicator in indicators],
        "interval": [_interval(indicator) for indicator in indicators],
        "remark": [indicator.missing for indicator in indicators],
    }
    rows = pl.DataFrame(
        {
            **{column: [text.zh or None for text in own] for column, own in texts.items()},
            **{f"{column}_en": [text.en or None for text in own] for column, own in texts.items()},
            "coverage": [
                indicator.coverage.share if indicator.coverage.of else None for indicator in indicators
            ],
            "number": [indicator.value for indicator in indicators],
            "unit": [indicator.definition.unit for indicator in indicators],
            "definition": [indicator.definition.id for indicator in indicators],
        },
        schema_overrides={"remark": pl.String, "remark_en": pl.String, "number": pl.Float64},
    )
    return Table(
        id=name,
        title=title,
        columns=(
            TableColumn("indicator", Text("指标", "Indicator")),
            TableColumn("value", Text("数值", "Value")),
            TableColumn("interval", Text("95%区间", "95% interval")),
            TableColumn("coverage", Text("数据覆盖率", "Coverage"), "share", "%"),
            TableColumn("remark", Text("说明", "Remark")),
        ),
        rows=rows,
        definitions=tuple(dict.fromkeys(indicator.definition for indicator in indicators)),
        coverage=Coverage(study.count, study.count),
    )


def _interval(indicator: Indicator) -> Text:
    if indicator.low is None or indicator.high is None or indicator.value is None:
        return Text.same(NOTHING)
    low, high = (_with_unit(value, indicator.definition) for value in (indicator.low, indicator.high))
    return Text(f"{low.zh}—{high.zh}", f"{low.en} – {high.en}")


def listed(table: Table, name: str, number: str, most: int, *, bracket: str = "") -> Text:
    """Name the first rows with a number: 有色冶金（120件，12.3%）.

    Args:
        table: that the numbers stand in.
        name: column of the names.
        number: column of the numbers.
        most: rows named.
        bracket: second column of numbers, behind the first.
    """
    columns = {column.name: column for column in table.columns}
    parts = []
    for row in table.rows.head(most).iter_rows(named=True):
        values = [_number(row[column], columns[column]) for column in (number, bracket) if column]
        inside = enumeration((value for value in values if value.zh != NOTHING), "，", ", ")
        english = row.get(f"{name}_en") or term(row[name], "en")
        parts.append(Text(f"{row[name]}（{inside.zh}）", f"{english} ({inside.en})"))
    return Text(joined(part.zh for part in parts), joined((part.en for part in parts), "en"))


def _number(value: object, column: TableColumn) -> Text:
    if value is None:
        return Text.same(NOTHING)
    unit = unit_text(column.unit, "en")
    space = "" if unit in ("", "%") else " "
    return Text(
        printed(value, column.kind) + column.unit, f"{printed(value, column.kind, 'en')}{space}{unit}"
    )


def cell(table: Table, column: str, row: int) -> Text:
    """Write one cell with its unit."""
    described = next(own for own in table.columns if own.name == column)
    return _number(table.rows[column][row], described)


def class_name(table: Table, row: int) -> Text:
    """Name a class of a table: its symbol, in Chinese with the title up to a mark; empty without rows."""
    if table.empty:
        return NO_TEXT
    symbol, title = table.rows["ipc"][row], str(table.rows["title"][row] or "")
    short = re.split("[；，;,]", title)[0]
    return Text(f"{symbol}（{short}）" if short else symbol, symbol)


def growth_extremes(table: Table, name: str) -> Finding | None:
    """The fastest and the slowest growing row by column growth_rate; None with fewer than two."""
    if table.empty:
        return None
    rows = table.rows.with_row_index("place").filter(pl.col("growth_rate") > -1)
    if rows.height < 2:
        return None
    ordered = rows.sort("growth_rate", descending=True)["place"].to_list()
    best, worst = int(ordered[0]), int(ordered[-1])
    return sentence(
        "年均增长率最高的是{first}（{most}），最低的是{last}（{least}）。",
        "{first} grew fastest ({most} a year) and {last} slowest ({least}).",
        table,
        first=table.rows[name][best],
        most=cell(table, "growth_rate", best),
        last=table.rows[name][worst],
        least=cell(table, "growth_rate", worst),
    )
