"""Tables of the first pages and of the appendix: scope, 口径, coverage, definitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import polars as pl

from directions.counting import Counting, choices, written_choice
from directions.facts import Coverage, Definition, Table, TableColumn
from directions.notation import term, unit_text
from directions.study import Study, filled_count
from library.columns import COLUMNS
from patents.bilingual import NO_TEXT, Text


def scope_table(study: Study, parts: Sequence[Study] = ()) -> Table:
    """What was searched: 检索式, as-of date, how many patents, what was left out."""
    as_of, complete = Text.same(f"{study.as_of:%Y-%m-%d}"), study.incomplete_from - 1
    years = "" if study.period.name else "年"
    whole = study.query.strip() in ("", "*")
    lines = [
        (Text("研究范围", "Scope"), Text.same(study.title)),
        (
            Text("检索式", "Query"),
            Text("*（全部专利）", "* (all patents)") if whole else Text.same(study.query),
        ),
        (Text("检索截止日", "As of"), as_of),
        (Text("数据完整至", "Complete up to"), Text(f"{complete}年", str(complete))),
        (Text("统计期间", "Period"), Text(f"{study.period.label}{years}", term(study.period.label, "en"))),
        (
            Text("专利量", "Patents"),
            Text(
                f"{study.count}件（同一申请的公开与授权文本计一件）",
                f"{study.count:,} (A and B of one application are one)",
            ),
        ),
        *(
            (
                Text(f"未计入：{left.reason}", f"Left out: {term(left.reason, 'en')}"),
                Text(f"{left.count}件", f"{left.count:,}"),
            )
            for left in study.left
        ),
    ]
    if parts:
        titles = [part.title for part in parts]
        lines.append((Text("产业", "Industries"), Text("、".join(titles), ", ".join(titles))))
    if study.home:
        lines.append((Text("本地", "Home"), Text.same(study.home)))
    lines.append((Text("数据快照", "Snapshot"), Text.same(str(study.snapshot))))
    columns = {"item": Text("项目", "Item"), "value": Text("内容", "Content")}
    return _texts("scope", Text("检索与数据", "Search and data"), columns, lines)


def counting_table(counting: Counting) -> Table:
    """The 口径: every choice with its alternatives, which `--count` switches."""
    lines = []
    for name, value in msgspec.structs.asdict(counting).items():
        choice = choices()[name]
        chosen = written_choice(value)
        others = {key: other for key, other in choice.values.items() if key != chosen}
        zh = "；".join(f"{other.zh}（{name}={key}）" for key, other in others.items())
        en = "; ".join(f"{other.en} ({name}={key})" for key, other in others.items())
        lines.append((choice.label, choice.values[chosen], Text(zh, en)))
    columns = {
        "item": Text("项目", "Item"),
        "value": Text("本报告采用", "Here"),
        "others": Text("可改为", "Other choices"),
    }
    return _texts("counting", Text("统计口径", "How it was counted"), columns, lines)


def coverage_table(study: Study, definitions: Sequence[Definition]) -> Table:
    """How many patents fill each column that the report's definitions need, and what rests on it."""
    labels = {column.name: column.label for column in COLUMNS} | {"industries": "产业", "theme": "主题"}
    used: dict[str, list[Definition]] = {}
    for definition in definitions:
        for name in definition.needs:
            used.setdefault(name, []).append(definition)
    rows = []
    for name, needing in used.items():
        known = filled_count(study.patents[name]) if name in study.patents.columns else 0
        topics = list(dict.fromkeys(definition.name.zh for definition in needing))
        topics_en = list(dict.fromkeys(definition.name.en for definition in needing))
        rows.append(
            (f"{labels.get(name, name)}（{name}）", name, known, known / study.count, topics, topics_en)
        )
    frame = pl.DataFrame(
        rows,
        schema={
            "column": pl.String,
            "column_en": pl.String,
            "filled": pl.Int64,
            "share": pl.Float64,
            "used_for": pl.List(pl.String),
            "used_for_en": pl.List(pl.String),
        },
        orient="row",
    )
    return Table(
        id="coverage",
        title=Text("字段覆盖率", "Coverage of the columns used"),
        columns=(
            TableColumn("column", Text("字段", "Column")),
            TableColumn("filled", Text("有值", "Filled"), "count", "件"),
            TableColumn("share", Text("覆盖率", "Coverage"), "share", "%"),
            TableColumn("used_for", Text("用于", "Used for"), "texts"),
        ),
        rows=frame,
        definitions=(),
        coverage=Coverage(study.count, study.count),
    )


def definitions_table(definitions: Sequence[Definition]) -> Table:
    """All definitions that numbers were made by."""
    lines = []
    for definition in definitions:
        of = definition.denominator
        more = Text(f"分母：{of.zh}。", f" Denominator: {of.en}.") if of else NO_TEXT
        unit = Text(definition.unit or "—", unit_text(definition.unit, "en") or "—")
        lines.append((definition.name, definition.text + more, unit, definition.source))
    columns = {
        "name": Text("指标", "Indicator"),
        "text": Text("计算方法", "How it is counted"),
        "unit": Text("单位", "Unit"),
        "source": Text("来源", "Source"),
    }
    return _texts("definitions", Text("指标定义", "Definitions"), columns, lines)


def _texts(id: str, title: Text, columns: Mapping[str, Text], lines: Sequence[tuple[Text, ...]]) -> Table:
    """A table of texts."""
    rows = {name: [line[place].zh for line in lines] for place, name in enumerate(columns)}
    rows |= {f"{name}_en": [line[place].en for line in lines] for place, name in enumerate(columns)}
    return Table(
        id=id,
        title=title,
        columns=tuple(TableColumn(name, label) for name, label in columns.items()),
        rows=pl.DataFrame(rows, schema=dict.fromkeys(rows, pl.String)),
        definitions=(),
        coverage=Coverage(0, 0),
    )
