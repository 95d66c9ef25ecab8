r"""The normal form in which texts and terms are compared.

A text is a row of *units*. A unit is one Chinese (Japanese, Korean) character, one Latin word (a run
of letters and digits of any other script), or one other sign. White space is no unit, save line
ends, which part paragraphs. Width and case are folded (Unicode NFKC, lower case), and traditional
characters become simplified ones.

The normal form writes units one behind the other and puts a space before and behind every Latin
word, so that two neighbouring words have two spaces between them:

    采用 LED 灯，Air Condition  →  采用 led 灯, air  condition

Then "the term's units occur one behind the other" is plain containment of normal forms: Chinese
matches as a run of characters, Latin by whole words, and neither needs a tokenizer.
"""

from __future__ import annotations

import re
from functools import lru_cache

import polars as pl

from patents.characters import other_forms, simplified

#: Scripts written without spaces between words: each character is a unit.
CHARACTERS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}ー"
#: One letter or digit of a Latin word (or Greek, Cyrillic …), as a regular expression of Rust.
LETTER = rf"[\p{{L}}\p{{N}}--[{CHARACTERS}]]"
CHARACTER = f"[{CHARACTERS}]"
_MARK = "\x01"
_IDEOGRAPHS = re.compile("[\u4e00-\u9fff]+")
_ASCII_WORD = re.compile("[A-Za-z0-9]+")


def normal_forms(texts: pl.Series) -> pl.Series:
    """Normal forms of texts; null becomes the empty text."""
    filled = texts.cast(pl.String).fill_null("")
    other = filled.str.contains(other_forms()).arg_true()
    return _units(filled.scatter(other, [simplified(text) for text in filled.gather(other)]))


@lru_cache(maxsize=4096)
def normal_form(text: str) -> str:
    """Normal form of one text."""
    # Most words of queries are of one kind; a query may have thousands, and Polars takes a millisecond each.
    if _IDEOGRAPHS.fullmatch(text):
        return simplified(text)
    if _ASCII_WORD.fullmatch(text):
        return f" {text.lower()} "
    return str(_units(pl.Series([simplified(text)]))[0])


def _units(texts: pl.Series) -> pl.Series:
    return (
        texts.str.replace_all(_MARK, " ", literal=True)
        .str.normalize("NFKC")
        .str.to_lowercase()
        .str.replace_all(r"\s*[\n\r\u2028\u2029]\s*", "\n")
        .str.replace_all(rf"[^\S\n]*({LETTER}+)[^\S\n]*", f"{_MARK}$1{_MARK}")
        .str.replace_all(r"[^\S\n]+", "")
        .str.replace_all(_MARK, " ", literal=True)
    )
