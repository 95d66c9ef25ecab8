"""Prior art with its claim chart as a book of tables, whatever kind of file it becomes."""

from __future__ import annotations

from collections.abc import Sequence

from api.prior_art.shapes import ElementFound, PriorArtAnswer, PriorArtHit, PriorArtPair
from api.search.book import (
    PATENT_COLUMNS,
    library_lines,
    patent_cells,
    scope_words,
    score_words,
    shortened,
)
from documents.book import Book, BookColumn, BookTable, Shaded, Value
from index.prior_art import CLOSE, PARTLY

_PARTS = {"preamble": "前序部分", "characterising": "特征部分", "whole": "特征"}
#: Fill of a cell by its verdict; dark text on each has a contrast above 12 : 1.
_FILLS = {"相近": "CFE8D5", "部分": "FBE9B7", "未见": "EDEFF1"}


def book_of_prior_art(found: PriorArtAnswer) -> Book:
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
    return Book(title="现有技术检索报告", cover=_cover(found), tables=[one for one in tables if one.rows])


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


def _cover(found: PriorArtAnswer) -> list[tuple[str, str]]:
    kinds = {"text": "文本", "number": "专利", "draft": "申请文件"}
    claim = "" if found.asked.claim is None else f"权利要求 {found.asked.claim}"
    day = (
        "未设：凡已公开的均计入" if found.before is None else f"{found.before}（{_day_is(found.before_is)}）"
    )
    lines = [
        ("检索内容", f"{kinds[found.asked.kind]}：{shortened(found.asked.name)}"),
        ("发明名称", found.asked.title),
        ("比对对象", claim),
        ("截止日", day),
        ("检索范围", scope_words(found.selection.text)),
        ("检索的专利数", str(found.searched.count)),
        *library_lines(found.library, found.as_of, found.selection.snapshot),
        ("得分", score_words(found.score_scale)),
        *(("提示", note) for note in found.notes),
        (
            "判断词",
            f"按特征与最接近语句的得分：{CLOSE} 以上为“相近”，{PARTLY} 以上为“部分”，以下为“未见”。"
            "判断词只说明文字上的接近程度，是否公开须由审查或代理人员阅读原文判断；只比对标题、摘要与库中已有的权利要求，"
            "不含说明书，不构成法律意见。",
        ),
    ]
    return [(label, value) for label, value in lines if value]


def _elements(found: PriorArtAnswer) -> BookTable:
    rows: list[list[Value]] = [[one.number, _PARTS[one.part], one.text] for one in found.elements]
    columns = [
        BookColumn(head="特征", width=3),
        BookColumn(head="部分", width=6),
        BookColumn(head="内容", width=60),
    ]
    return BookTable(name="技术特征", columns=columns, rows=rows)


def _documents(hits: Sequence[PriorArtHit], name: str, note: str) -> BookTable:
    rows = [[hit.label, *patent_cells(hit.patent), *_counts(hit), "；".join(hit.family)] for hit in hits]
    columns = [
        BookColumn(head="编号", width=3),
        *PATENT_COLUMNS,
        *(BookColumn(head=head, width=3, sheet_only=head == "未见") for head in ("相近", "部分", "未见")),
        BookColumn(head="平均", width=4),
        BookColumn(head="同族或双申", width=9),
    ]
    return BookTable(name=name, columns=columns, rows=rows, note=note, fixed=2)


def _counts(hit: PriorArtHit) -> list[Value]:
    return [hit.close, hit.partly, len(hit.elements) - hit.close - hit.partly, hit.mean]


def _chart(found: PriorArtAnswer, hits: Sequence[PriorArtHit], name: str) -> BookTable:
    """Elements down, documents across."""
    rows: list[list[Value]] = [
        [one.number, one.text, *(_cell(hit.elements[place]) for hit in hits)]
        for place, one in enumerate(found.elements)
    ]
    heads = [
        f"{hit.label} {hit.patent.publication_number or hit.patent.application_number or ''}" for hit in hits
    ]
    columns = [BookColumn(head="特征", width=3), BookColumn(head="内容", width=14)]
    columns += [BookColumn(head=head, width=16) for head in heads]
    return BookTable(name=name, columns=columns, rows=rows if hits else [], fixed=2, split=True)


def _cell(found: ElementFound) -> Shaded:
    lines = [f"{found.verdict} {found.score:.2f}"]
    if found.text:
        lines.append(f"{found.field}：{found.text}")
    if found.missing:
        lines.append(f"差异：{'、'.join(found.missing)}")
    return Shaded("\n".join(lines), _FILLS[found.verdict])


def _pairs(pairs: Sequence[PriorArtPair], elements: int) -> BookTable:
    heads = (("结合", 8), ("相近特征数", 6), ("平均", 4), ("说明", 60))
    rows: list[list[Value]] = [
        [f"{pair.first} + {pair.second}", pair.covered, pair.mean, explained(pair, elements)]
        for pair in pairs
    ]
    columns = [BookColumn(head=head, width=width) for head, width in heads]
    note = "两篇文件合起来与更多特征相近；是否有结合启示须另行判断。"
    return BookTable(name="两篇结合", columns=columns, rows=rows, note=note)


def _left_out(undated: int, reason: str, later: int) -> str:
    return f"未计入：{reason}的 {undated} 件，日期不符的 {later} 件。" if undated or later else ""


def _day_is(source: str) -> str:
    return "给定" if source == "given" else source


def _numbers(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers))
