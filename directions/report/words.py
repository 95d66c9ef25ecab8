"""Fixed words of reports in both languages."""

from __future__ import annotations

from patents.bilingual import Language

_WORDS: dict[str, tuple[str, str]] = {
    "subtitle": ("专利分析报告", "Patent study"),
    "as_of": ("数据截止", "Data as of"),
    "contents": ("目　录", "Contents"),
    "table": ("表", "Table"),
    "figure": ("图", "Figure"),
    "synthetic": (
        "本报告基于合成演示数据，不反映任何地区、单位的真实情况",
        "Made from synthetic demonstration data; it says nothing about any region or holder",
    ),
    "index": ("目录", "Contents"),
    "number": ("编号", "No."),
    "title": ("标题", "Title"),
    "part": ("部分", "Part"),
    "chart": ("图", "Chart"),
    "cover": ("检索与口径", "Search and counting"),
    "source": ("数据来源", "Source"),
}


def word(name: str, language: Language) -> str:
    """A fixed word."""
    return _WORDS[name][1 if language == "en" else 0]
