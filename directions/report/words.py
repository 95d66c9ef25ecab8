"""Fixed words of reports in both languages."""

from __future__ import annotations

from patents.bilingual import Language, Text

_WORDS = {
    "subtitle": Text("专利分析报告", "Patent study"),
    "as_of": Text("数据截止", "Data as of"),
    "contents": Text("目　录", "Contents"),
    "table": Text("表", "Table"),
    "figure": Text("图", "Figure"),
    "synthetic": Text(
        "本报告基于合成演示数据，不反映任何地区、单位的真实情况",
        "Made from synthetic demonstration data; it says nothing about any region or holder",
    ),
    "index": Text("目录", "Contents"),
    "number": Text("编号", "No."),
    "title": Text("标题", "Title"),
    "part": Text("部分", "Part"),
    "chart": Text("图", "Chart"),
    "cover": Text("检索与口径", "Search and counting"),
    "source": Text("数据来源", "Source"),
}


def word(name: str, language: Language) -> str:
    """A fixed word."""
    return _WORDS[name].of(language)
