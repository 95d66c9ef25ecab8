"""In which script a text is written, as far as an encoder for another language would not read it."""

from __future__ import annotations

import re
from typing import Literal

Script = Literal["han", "latin", "kana", "hangul", "cyrillic", "other"]

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_OTHER = re.compile(r"[\u0370-\u03ff\u0530-\u0fff\u10a0-\u10ff\u1200-\u139f\u1780-\u17ff]")
# A word of prose: LiFePO4, GPT-4, IL-6 and single letters are none.
_LATIN_WORD = re.compile(r"(?<![^\W_])[A-ZÀ-Þ]?[a-zß-ÿ]{2,}(?![^\W_])")
_FEWEST_LATIN = 2
_FEWEST_LETTERS = 2
# Japanese holds many Han characters, Chinese holds no kana; a sign such as の in a brand is no prose.
_KANA_SHARE = 0.2


def script_of(text: str) -> Script | None:
    """The script that most of a text's prose is written in.

    Args:
        text: of any length.

    Returns:
        None where there is no prose: formulas, standards, models, numbers, a single Latin word.
    """
    han, kana = len(_HAN.findall(text)), len(_KANA.findall(text))
    if kana >= _FEWEST_LETTERS and kana >= _KANA_SHARE * (han + kana):
        return "kana"
    letters: dict[Script, int] = {
        "hangul": len(_HANGUL.findall(text)),
        "cyrillic": len(_CYRILLIC.findall(text)),
        "other": len(_OTHER.findall(text)),
    }
    script, count = max(letters.items(), key=lambda item: item[1])
    if count >= _FEWEST_LETTERS and count > han:
        return script
    latin = len(_LATIN_WORD.findall(text))
    if latin >= _FEWEST_LATIN and latin > han:
        return "latin"
    return "han" if han else None
