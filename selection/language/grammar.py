"""The two parsers: one grammar, with each dialect's own words and comments.

lark builds an LALR(1) parser with a contextual lexer: linear time without backtracking, keywords
that are words where no keyword can stand (`[2011 to 2020]` against `seat to floor`), a place for
every error and the set of what could have stood there. PLY and SLY are no longer maintained,
parsimonious and pyparsing backtrack and are slower by an order of magnitude.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from lark import Lark

from selection.language.fields import Dialect
from selection.language.raw import RawBuilder

#: Full-width forms, one character each, so that places stay.
_NARROW = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code not in (0xFF02, 0xFF07)},
    0x3000: 0x20,
    0x3010: ord("["),
    0x3011: ord("]"),
    0xFEFF: 0x20,
}
DOUBLE, SINGLE = '"“”＂', "'‘’＇"
_DELIMITERS = rf"\s()\[\]{DOUBLE}{SINGLE},;、"
_ENDS = rf"(?=[{_DELIMITERS}]|$)"
_NOT_IN_WORD = rf"\s()\[\]{DOUBLE},;、:=<>≤≥"
FIELD_NAME = r"[A-Za-z\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff-]*"
QUOTED = rf"[{DOUBLE}](?:\\[\s\S]|[^{DOUBLE}\\])*[{DOUBLE}]|[{SINGLE}](?:\\[\s\S]|[^{SINGLE}\\])*[{SINGLE}]"
SIMILAR = (
    r"(?i:RAD|RPD|R)\s*=\s*"
    rf"(?:{QUOTED}|\(\s*(?:{QUOTED})\s*\)|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|[^\s()\[\]{DOUBLE}]+)"
)
#: Proximity and frequency operators, incoPat's and PatSnap's.
# Possessive, so that a long run of white space is looked at once.
BRACKET_LINK = r"\(\s*+(?:[0-9]*+\s*+[wWnN]|[sSpP])\s*+\)"
DOLLAR_LINK = rf"\$(?i:W[0-9]+|PRE[0-9]+|WS|SEN|PARA){_ENDS}"
BRACKET_OFTEN = r"\(\s*+[0-9]++\s*+[fF]\s*+\)"
DOLLAR_OFTEN = rf"\$(?i:FREQ)[0-9]+{_ENDS}"

_COMMON = {
    "AND.4": rf"(?i:and|与){_ENDS}",
    "OR.4": rf"(?i:or|或){_ENDS}",
    "NOT.4": rf"(?i:not|非){_ENDS}",
    "GAND.4": rf"(?i:gand){_ENDS}",
    "TO.4": rf"(?i:to|至){_ENDS}",
    "NEAR.4": f"{BRACKET_LINK}|{DOLLAR_LINK}",
    "FREQ.4": f"{BRACKET_OFTEN}|{DOLLAR_OFTEN}",
    "SIMILAR.4": SIMILAR,
    "FIELD.3": rf"{FIELD_NAME}\s*[=:]",
    "TREE.3": r"(?i:tree@)",
    "CMP": r"[<>]\s*=?|[≤≥]",
    "STRING": QUOTED,
    "SPACE": r"\n|[^\S\n]+",
}
_BY_DIALECT: dict[Dialect, dict[str, str]] = {
    "incopat": {
        "WORD": rf"[^{_NOT_IN_WORD}{SINGLE}][^{_NOT_IN_WORD}]*",
        "COMMENT.5": r"(?m:^)[^\S\n]*\#[^\n]*",
    },
    "patsnap": {"WORD": rf"[^{_NOT_IN_WORD}{SINGLE}$][^{_NOT_IN_WORD}$]*"},
}


def narrow(text: str) -> str:
    """Half-width punctuation, letters and digits for full-width ones, character by character.

    Quotation marks stay, so that what is between them keeps its end.
    """
    return text.translate(_NARROW)


@cache
def parser(dialect: Dialect) -> Lark:
    """The parser of a dialect; `parse` gives a raw node, None for an empty query."""
    return _build(dialect)


def word_pattern(dialect: Dialect) -> str:
    """Regular expression of what may stand without quotes."""
    return _BY_DIALECT[dialect]["WORD"]


def _build(dialect: Dialect) -> Lark:
    grammar = files("selection.language").joinpath("query.lark").read_text(encoding="utf-8")
    terminals = {**_COMMON, **_BY_DIALECT[dialect]}
    lines = [f"{name}: /{pattern.replace('/', chr(92) + '/')}/" for name, pattern in terminals.items()]
    if "COMMENT.5" in terminals:
        lines.append("%ignore COMMENT")
    return Lark("\n".join([grammar, *lines]), parser="lalr", lexer="contextual", transformer=RawBuilder())
