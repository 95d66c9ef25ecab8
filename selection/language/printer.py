"""From the tree back to text, in either spelling; parsing the text gives the same tree again."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from selection.language.fields import Dialect, Field, field_named
from selection.language.grammar import narrow, word_pattern
from selection.language.links import write_link
from selection.language.ranges import closed_range
from selection.language.raw import OPERATORS
from selection.language.tree import (
    And,
    CompanyTree,
    Everything,
    Filled,
    Frequency,
    InField,
    Node,
    Not,
    Or,
    Pattern,
    Proximity,
    Range,
    Similar,
    Term,
    Wild,
)

_WILDCARDS = {Wild.MANY: "*", Wild.ONE: "?"}
_KEYWORDS = OPERATORS | {"to", "至"}
_RESERVED = re.compile(r"[*?$#_\\]")
_TREE = "tree@"


def write(node: Node, dialect: Dialect = "incopat") -> str:
    """The text of a tree.

    The tree must be sayable in the dialect: see `translation.translate` for any tree. The canonical
    text is incoPat's spelling, with our own names for fields that incoPat lacks.
    """
    return _Writer(dialect).node(node)


def write_value(text: str, dialect: Dialect = "incopat") -> str:
    """A literal value, between quotes unless it can stand without."""
    word = narrow(text).lower()
    is_bare = _bare_word(dialect).fullmatch(text) and _bare_word(dialect).fullmatch(word)
    if is_bare and word not in _KEYWORDS and not word.startswith(_TREE) and not _RESERVED.search(word):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    for sign in "“”＂":
        escaped = escaped.replace(sign, "\\" + sign)
    return f'"{escaped}"'


class _Writer:
    """Writes nodes in one spelling."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect: Dialect = dialect
        self.words = {"and": "and", "or": "or", "not": "not", "to": "to"}
        if dialect == "patsnap":
            self.words = {word: word.upper() for word in self.words}

    def node(self, node: Node) -> str:
        match node:
            case And(parts):
                return self._conjunction(parts)
            case Or(parts):
                return f" {self.words['or']} ".join(self._inner(part) for part in parts)
            case Not(part):
                return f"{self.words['not']} {self._inner(part)}"
            case InField(field, part):
                return self._field(field_named(field), part)
            case Similar(keyword, text):
                return f"{keyword}=({_quoted(text)})"
            case Everything():
                return "*"
            case _:
                return self._leaf(node)

    def _leaf(self, node: Node) -> str:
        match node:
            case Term(text):
                return write_value(text, self.dialect)
            case Pattern(pieces):
                return "".join(piece if isinstance(piece, str) else _WILDCARDS[piece] for piece in pieces)
            case Filled():
                return "*"
            case Range():
                return f"[{node.low or '*'} {self.words['to']} {node.high or '*'}]"
            case CompanyTree(name):
                return f"TREE@{_quoted(name)}"
            case Proximity(parts, links):
                words = [self._inner(part) for part in parts]
                signs = [write_link(link, self.dialect) for link in links]
                return words[0] + "".join(
                    f" {sign} {word}" for sign, word in zip(signs, words[1:], strict=True)
                )
            case Frequency(part, times):
                sign = f"({times}f)" if self.dialect == "incopat" else f"$FREQ{times}"
                return f"{self._leaf(part)} {sign}"
        raise TypeError(f"not a leaf: {node!r}")

    def _conjunction(self, parts: tuple[Node, ...]) -> str:
        """`a and b not c`: a NOT needs no AND before it, but R= does, on either side."""
        text = self._inner(parts[0])
        for before, part in pairwise(parts):
            joined = isinstance(before, Similar) or not isinstance(part, Not)
            text += f" {self.words['and']} " if joined else " "
            text += self._inner(part) if not isinstance(part, Not) else self.node(part)
        return text

    def _inner(self, node: Node) -> str:
        """A part of something larger: compound parts in brackets."""
        text = self.node(node)
        compound = isinstance(node, (And, Or, Not, Proximity, Frequency))
        return f"({text})" if compound else text

    def _field(self, field: Field, part: Node) -> str:
        code = field.code(self.dialect) or field.name
        sign = "=" if self.dialect == "incopat" else ":"
        if isinstance(part, Range):
            if self.dialect == "incopat" and not _bracketable(part):
                return _comparison(code, part)
            return f"{code}{sign}{self.node(closed_range(field, part))}"
        text = self.node(part)
        simple = isinstance(part, (Term, Pattern, Filled))
        return f"{code}{sign}{text}" if simple else f"{code}{sign}({text})"


def _comparison(code: str, part: Range) -> str:
    left = f"{part.low}{'<' if part.above else '<='}" if part.low is not None else ""
    right = f"{'<' if part.below else '<='}{part.high}" if part.high is not None else ""
    if part.low is not None and part.high is None:
        return f"({code}{'>' if part.above else '>='}{part.low})"
    return f"({left}{code}{right})"


def _bracketable(part: Range) -> bool:
    """Whether [low to high] says it: both ends there and included."""
    return part.low is not None and part.high is not None and not (part.above or part.below)


def _quoted(text: str) -> str:
    escaped = re.sub(r"([\"“”＂\\])", r"\\\1", text)
    return f'"{escaped}"'


@cache
def _bare_word(dialect: Dialect) -> re.Pattern[str]:
    return re.compile(word_pattern(dialect))
