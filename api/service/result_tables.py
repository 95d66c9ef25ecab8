"""A result list as tables: what an export of hits says, whatever kind of file it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.prior_art import CLOSE, PARTLY

if TYPE_CHECKING:
    from datetime import date

    from api.live.snapshot import LiveSnapshot
    from api.prior_art.shapes import ElementFound, PriorArtAnswer, PriorArtHit, PriorArtPair
    from api.search.shapes import SearchAnswer, SimilarPatent

# Of a long query the cover shows so many characters.
_SHOWN = 600
_PARTS = {"preamble": "前序部分", "characterising": "特征部分", "whole": "特征"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A cell that is coloured by its word: 相近, 部分 or 未见."""

    word: str
    text: str


Value = str | int | float | Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its header, its width in Chinese characters, and whether a document leaves it out."""

    head: str
    width: float
    sheet_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultTable:
    """One table.

    Attributes:
        name: of the sheet, and heading in a document.
        columns: c columns.
        rows: of c values each.
        note: a sentence below the heading, or empty.
        fixed: leading columns that stay in view.
        split: a document puts as many columns on a page as fit, after the fixed ones; else all are squeezed.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    note: str = ""
    fixed: int = 1
    split: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultBook:
    """What is exported: cover lines, then tables."""

    title: str
    cover: Sequence[tuple[str, str]]
    tables: Sequence[ResultTable]


def book_of_search(live: LiveSnapshot, found: SearchAnswer) -> ResultBook:
    """The hits of a search for similar patents."""
    kinds = {"text": "文本", "number": "专利号", "patents": "多件专利"}
    modes = {"hybrid": "语义与词面", "dense": "语义", "lexical": "词面"}
    cover = [
        ("检索内容", _short(found.query)),
        ("检索方式", f"{kinds[found.kind]}；按{modes[found.mode]}排序"),
        ("检索范围", _scope(found.selection.text)),
        ("检索的专利数", str(found.selection.count)),
        *_library(
            live.library.settings["name"] or live.library.path.name, live.as_of, found.selection.snapshot
        ),
    ]
    rows = [[str(hit.rank), *_facts(hit), "；".join(hit.same_technology)] for hit in found.hits]
    columns = [Column(head="序号", width=3), *_FACTS, Column(head="同一技术另有", width=12)]
    return ResultBook(
        title="相似专利检索结果",
        cover=cover,
        tables=[ResultTable(name="检索结果", columns=columns, rows=rows, fixed=2)],
    )


def book_of_prior_art(found: PriorArtAnswer) -> ResultBook:
    """Prior art with the claim chart."""
    tables = [
        _elements(found),
        _documents(
            found.hits, "对比文件", _left_out(found.searched.undated, "公开日不明", found.searched.later)
        ),
        _chart(found, found.hits, "特征对比表"),
    ]
    if found.combinations is not None:
        tables.append(_pairs(found.combinations, len(found.elements)))
    if found.conflicting is not None and found.conflicting_searched is not None:
        searched = found.conflicting_searched
        note = "申请日早于截止日、公开于截止日或之后的中国发明与实用新型申请，只用于评价新颖性。"
        note += _left_out(searched.undated, "申请日不明", searched.later)
        tables += [
            _documents(found.conflicting, "抵触申请", note),
            _chart(found, found.conflicting, "抵触申请对比表"),
        ]
    return ResultBook(
        title="现有技术检索报告", cover=_cover(found), tables=[one for one in tables if one.rows]
    )


def explained(pair: PriorArtPair, elements: int) -> str:
    """Say what a pair discloses, in a sentence."""
    parts = [f"{pair.first} 与 {pair.second} 合起来与 {elements} 个特征中的 {pair.covered} 个相近"]
    parts.append(
        f"{pair.first} 已有特征 {_numbers(pair.by_first)}" if pair.by_first else f"{pair.first} 最接近"
    )
    parts.append(f"{pair.second} 补上特征 {_numbers(pair.by_second)}")
    if pair.open:
        parts.append(f"两篇均未达到相近的是特征 {_numbers(pair.open)}")
    parts.append(f"同属 {pair.same_field}" if pair.same_field else "两篇不属同一 IPC 小类")
    return "；".join(parts) + "。"


_FACTS = (
    Column(head="公开(公告)号", width=8.5),
    Column(head="标题", width=16),
    Column(head="申请人", width=11),
    Column(head="申请日", width=6),
    Column(head="公开日", width=6),
    Column(head="主分类号", width=7),
    Column(head="法律状态", width=4),
    Column(head="综合得分", width=4),
    Column(head="语义", width=4),
    Column(head="词面", width=4),
)


def _facts(hit: SimilarPatent) -> list[Value]:
    return [
        hit.publication_number or hit.application_number or "",
        hit.title,
        "；".join(hit.applicants),
        _day(hit.filing_date),
        _day(hit.publication_date),
        hit.ipc_main or "",
        hit.legal_state,
        round(hit.score, 2),
        round(hit.dense, 3),
        round(hit.lexical, 1),
    ]


def _cover(found: PriorArtAnswer) -> list[tuple[str, str]]:
    kinds = {"text": "文本", "number": "专利", "draft": "申请文件"}
    claim = "" if found.asked.claim is None else f"权利要求 {found.asked.claim}"
    day = (
        "未设：凡已公开的均计入" if found.before is None else f"{found.before}（{_day_is(found.before_is)}）"
    )
    lines = [
        ("检索内容", f"{kinds[found.asked.kind]}：{_short(found.asked.name)}"),
        ("发明名称", found.asked.title),
        ("比对对象", claim),
        ("截止日", day),
        ("检索范围", _scope(found.selection.text)),
        ("检索的专利数", str(found.searched.count)),
        *_library(found.library, found.as_of, found.selection.snapshot),
        *(("提示", note) for note in found.notes),
        (
            "判断词",
            f"按特征与最接近语句的得分：{CLOSE} 以上为“相近”，{PARTLY} 以上为“部分”，以下为“未见”。"
            "判断词只说明文字上的接近程度，是否公开须由审查或代理人员阅读原文判断；只比对标题、摘要与库中已有的权利要求，"
            "不含说明书，不构成法律意见。",
        ),
    ]
    return [(label, value) for label, value in lines if value]


def _elements(found: PriorArtAnswer) -> ResultTable:
    rows: list[list[Value]] = [[one.number, _PARTS[one.part], one.text] for one in found.elements]
    columns = [Column(head="特征", width=3), Column(head="部分", width=6), Column(head="内容", width=60)]
    return ResultTable(name="技术特征", columns=columns, rows=rows)


def _documents(hits: Sequence[PriorArtHit], name: str, note: str) -> ResultTable:
    rows = [[hit.label, *_facts(hit.patent), *_counts(hit), "；".join(hit.family)] for hit in hits]
    columns = [
        Column(head="编号", width=3),
        *_FACTS,
        *(Column(head=head, width=3, sheet_only=head == "未见") for head in ("相近", "部分", "未见")),
        Column(head="平均", width=4),
        Column(head="同族或双申", width=9),
    ]
    return ResultTable(name=name, columns=columns, rows=rows, note=note, fixed=2)


def _counts(hit: PriorArtHit) -> list[Value]:
    return [hit.close, hit.partly, len(hit.elements) - hit.close - hit.partly, hit.mean]


def _chart(found: PriorArtAnswer, hits: Sequence[PriorArtHit], name: str) -> ResultTable:
    """Elements down, documents across."""
    rows: list[list[Value]] = [
        [one.number, one.text, *(_cell(hit.elements[place]) for hit in hits)]
        for place, one in enumerate(found.elements)
    ]
    heads = [
        f"{hit.label} {hit.patent.publication_number or hit.patent.application_number or ''}" for hit in hits
    ]
    columns = [Column(head="特征", width=3), Column(head="内容", width=14)]
    columns += [Column(head=head, width=16) for head in heads]
    return ResultTable(name=name, columns=columns, rows=rows if hits else [], fixed=2, split=True)


def _cell(found: ElementFound) -> Verdict:
    lines = [f"{found.verdict} {found.score:.2f}"]
    if found.text:
        lines.append(f"{found.field}：{found.text}")
    if found.missing:
        lines.append(f"差异：{'、'.join(found.missing)}")
    return Verdict(found.verdict, "\n".join(lines))


def _pairs(pairs: Sequence[PriorArtPair], elements: int) -> ResultTable:
    heads = (("结合", 8), ("相近特征数", 6), ("平均", 4), ("说明", 60))
    rows: list[list[Value]] = [
        [f"{pair.first} + {pair.second}", pair.covered, pair.mean, explained(pair, elements)]
        for pair in pairs
    ]
    columns = [Column(head=head, width=width) for head, width in heads]
    note = "两篇文件合起来与更多特征相近；是否有结合启示须另行判断。"
    return ResultTable(name="两篇结合", columns=columns, rows=rows, note=note)


def _left_out(undated: int, reason: str, later: int) -> str:
    return f"未计入：{reason}的 {undated} 件，日期不符的 {later} 件。" if undated or later else ""


def _library(name: str, as_of: date | None, snapshot: int) -> list[tuple[str, str]]:
    return [("专题库", f"{name}（快照 {snapshot}）"), ("数据截至", _day(as_of) or "未知")]


def _day_is(said: str) -> str:
    return "给定" if said == "given" else said


def _scope(text: str) -> str:
    return "全库" if text == "*" else text


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……（共 {len(text)} 个字符）"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _numbers(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers))
