"""Tables of the first pages and of the appendix: scope, 口径, coverage, definitions."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import polars as pl

from directions.counting import Counting
from directions.facts import Coverage, Definition, Table, TableColumn
from directions.printing import TERMS_EN, Language
from directions.study import Study
from library.columns import COLUMNS

#: What each choice of the 口径 is called: field → (name, English name, value → (Chinese, English)).
CHOICES: dict[str, tuple[str, str, dict[object, tuple[str, str]]]] = {
    "year_by": (
        "年份依据",
        "Year by",
        {
            "filing": ("申请日", "filing date"),
            "publication": ("公开（公告）日", "publication date"),
            "grant": ("授权公告日", "grant date"),
        },
    ),
    "designs": (
        "外观设计",
        "Designs",
        {False: ("不计入", "left out"), True: ("计入", "counted")},
    ),
    "classification": (
        "IPC分类",
        "Classification",
        {"main": ("仅主分类号", "main class only"), "any": ("任一分类号", "any class")},
    ),
    "grant_rate": (
        "授权率",
        "Grant rate",
        {
            "cohort": ("队列（同期申请中已授权的）", "cohort (granted of those filed)"),
            "year": ("当年（当年授权÷当年申请）", "of the year (grants over filings)"),
        },
    ),
    "growth": (
        "年均增长率",
        "Annual growth",
        {"cagr": ("复合增长率", "compound"), "mean": ("同比均值", "mean year on year")},
    ),
    "increment": (
        "年均增长量",
        "Annual increment",
        {"T-1": ("除以间隔数（T−1）", "over T − 1"), "T": ("除以年数（T）", "over T years")},
    ),
    "multiple": (
        "倍数",
        "Multiple",
        {"R": ("是……的R倍", "R"), "R-1": ("增长了R−1倍", "R − 1")},
    ),
    "shares": (
        "产业占比",
        "Shares of industries",
        {
            "unique": ("占去重后专利量", "of unique patents"),
            "overlapping": ("占各产业重复计数之和", "of overlapping counts"),
        },
    ),
    "operation": (
        "运营量",
        "Operation",
        {"patents": ("按专利件数", "patents"), "events": ("按运营次数", "events")},
    ),
    "within_group": (
        "集团内部转让",
        "Transfers inside groups",
        {False: ("不计入运营", "not counted"), True: ("计入运营", "counted")},
    ),
    "lapsed": (
        "失效",
        "Lapsed",
        {
            "after_grant": ("仅授权后失效", "after grant only"),
            "all": ("含驳回、撤回等授权前终止", "applications that ended too"),
        },
    ),
    "term_from": (
        "维持年限起点",
        "Maintenance from",
        {"filing": ("申请日", "filing"), "grant": ("授权日", "grant")},
    ),
    "applicants": (
        "申请人",
        "Applicants",
        {"all": ("全部申请人", "all named"), "first": ("第一申请人", "the first only")},
    ),
}


def scope_table(study: Study, parts: Sequence[Study] = (), language: Language = "zh") -> Table:
    """What was searched: 检索式, as-of date, how many patents, what was left out."""
    left = [
        (
            f"未计入：{one.reason}",
            f"Left out: {TERMS_EN.get(one.reason, one.reason)}",
            f"{one.count}件",
            f"{one.count:,}",
        )
        for one in study.left
    ]
    complete = study.incomplete_from - 1
    lines = [
        ("研究范围", "Scope", study.title, study.title),
        ("检索式", "Query", *_query(study.query)),
        ("检索截止日", "As of", f"{study.as_of:%Y-%m-%d}", f"{study.as_of:%Y-%m-%d}"),
        ("数据完整至", "Complete up to", f"{complete}年", str(complete)),
        (
            "统计期间",
            "Period",
            f"{study.period.label}年" if not study.period.name else study.period.label,
            study.period.label,
        ),
        (
            "专利量",
            "Patents",
            f"{study.count}件（同一申请的公开与授权文本计一件）",
            f"{study.count:,} (A and B of one application are one)",
        ),
        *left,
        *(
            [
                (
                    "产业",
                    "Industries",
                    "、".join(part.title for part in parts),
                    ", ".join(part.title for part in parts),
                )
            ]
            if parts
            else []
        ),
        *([("本地", "Home", study.home, study.home)] if study.home else []),
        ("数据快照", "Snapshot", str(study.snapshot), str(study.snapshot)),
    ]
    return _texts(
        "scope",
        ("检索与数据", "Search and data"),
        (("item", "项目", "Item"), ("value", "内容", "Content")),
        [(zh, value, en, value_en) for zh, en, value, value_en in lines],
    )


def _query(query: str) -> tuple[str, str]:
    return ("*（全部专利）", "* (all patents)") if query.strip() in ("", "*") else (query, query)


def counting_table(counting: Counting) -> Table:
    """The 口径: every choice with its alternatives, which `--count` switches."""
    lines = []
    for name, value in msgspec.structs.asdict(counting).items():
        label, label_en, values = CHOICES[name]
        chosen = values[value]
        others = [
            (f"{key}".lower() if isinstance(key, bool) else key, said)
            for key, said in values.items()
            if key != value
        ]
        zh = "；".join(f"{said[0]}（{name}={key}）" for key, said in others)
        en = "; ".join(f"{said[1]} ({name}={key})" for key, said in others)
        lines.append((label, chosen[0], zh, label_en, chosen[1], en))
    return _texts(
        "counting",
        ("统计口径", "How it was counted"),
        (("item", "项目", "Item"), ("value", "本报告采用", "Here"), ("others", "可改为", "Other choices")),
        lines,
    )


def coverage_table(study: Study, definitions: Sequence[Definition]) -> Table:
    """How many patents fill each column that the report's definitions need, and what rests on it."""
    labels = {column.name: column.label for column in COLUMNS} | {"industries": "产业", "theme": "主题"}
    used: dict[str, list[Definition]] = {}
    for one in definitions:
        for name in one.needs:
            used.setdefault(name, []).append(one)
    rows = []
    for name, needing in used.items():
        known = _filled(study.patents, name)
        topics = list(dict.fromkeys(one.name for one in needing))
        topics_en = list(dict.fromkeys(one.name_en or one.name for one in needing))
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
        title="字段覆盖率",
        title_en="Coverage of the columns used",
        columns=(
            TableColumn("column", "字段", "text", label_en="Column"),
            TableColumn("filled", "有值", "count", "件", "Filled"),
            TableColumn("share", "覆盖率", "share", "%", "Coverage"),
            TableColumn("used_for", "用于", "texts", label_en="Used for"),
        ),
        rows=frame,
        definitions=(),
        coverage=Coverage(study.count, study.count),
    )


def _filled(patents: pl.DataFrame, name: str) -> int:
    if name not in patents.columns:
        return 0
    column = patents[name]
    if column.dtype == pl.String:
        return int((column.fill_null("") != "").sum())
    if isinstance(column.dtype, pl.List):
        return int((column.list.len() > 0).sum())
    return len(column) - column.null_count()


def definitions_table(definitions: Sequence[Definition]) -> Table:
    """All definitions that numbers were made by."""
    lines = [
        (
            one.name,
            one.text + (f"分母：{one.denominator}。" if one.denominator else ""),
            one.unit or "—",
            one.source or "—",
            one.name_en or one.name,
            one.text_en or one.text,
            one.unit or "—",
            one.source or "—",
        )
        for one in definitions
    ]
    return _texts(
        "definitions",
        ("指标定义", "Definitions"),
        (
            ("name", "指标", "Indicator"),
            ("text", "计算方法", "How it is counted"),
            ("unit", "单位", "Unit"),
            ("source", "来源", "Source"),
        ),
        lines,
    )


def _texts(
    name: str,
    title: tuple[str, str],
    columns: Sequence[tuple[str, str, str]],
    lines: Sequence[tuple[str, ...]],
) -> Table:
    """A table of texts; the second half of each line is in English."""
    names = [column[0] for column in columns]
    schema = {key: pl.String for key in (*names, *(f"{key}_en" for key in names))}
    return Table(
        id=name,
        title=title[0],
        title_en=title[1],
        columns=tuple(TableColumn(key, zh, "text", label_en=en) for key, zh, en in columns),
        rows=pl.DataFrame(list(lines), schema=schema, orient="row"),
        definitions=(),
        coverage=Coverage(0, 0),
    )
