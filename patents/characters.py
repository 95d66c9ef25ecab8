"""One spelling of each character: traditional forms, radicals and compatibility forms become simplified."""

from __future__ import annotations

import unicodedata
from functools import cache

# CJK radicals, Kangxi radicals, ideographs and their compatibility forms. Source: Unicode 15, Blocks.txt.
_BLOCKS = ((0x2E80, 0x2FE0), (0x3400, 0xA000), (0xF900, 0xFB00))
# Fonts that share a glyph between 车 and its radical ⻋ often name the radical; compatibility normalisation
# leaves these simplified ones as they are. Source: Unicode 15, EquivalentUnifiedIdeograph.txt.
_RADICALS = dict(
    zip(
        "⺠⺟⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "民母虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


def simplified(text: str) -> str:
    """Traditional characters as simplified ones (申請號 → 申请号), radicals (⽔, ⻋) as 水 and 车.

    Returns:
        Text of the same length: character i of it stands for character i of the argument.
    """
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return text.translate(_table())
    return text


@cache
def other_forms() -> str:
    """A regular expression for one character that `simplified` replaces: few texts hold any."""
    return f"[{''.join(map(chr, _table()))}]"


@cache
def _table() -> dict[int, str]:
    # Loads dictionaries: only where a character is met that GB 2312 lacks.
    from opencc import OpenCC

    characters = "".join(chr(code) for first, last in _BLOCKS for code in range(first, last))
    plain = [_RADICALS.get(form) or unicodedata.normalize("NFKC", form) for form in characters]
    # On lines of their own, so that no phrase of two characters is converted.
    converted: str = OpenCC("t2s").convert("\n".join(plain))
    table = zip(characters, converted.split("\n"), strict=True)
    return {ord(form): character for form, character in table if form != character and len(character) == 1}
