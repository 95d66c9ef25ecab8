"""What the grammar gives before fields are bound: nodes with places, still in the writer's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lark import Token, Transformer, v_args

from patents.errors import QueryError

#: Brackets and NOTs inside each other; more is no query but an accident.
MAX_DEPTH = 100
#: Words that join; between quotes they are words like others.
OPERATORS = frozenset({"and", "or", "not", "gand", "与", "或", "非"})


@dataclass(slots=True)
class RawValue:
    """A word, or a text between quotes (without them)."""

    text: str
    place: int
    end: int
    quoted: bool = False
    depth: int = 1


@dataclass(slots=True)
class RawTree:
    """TREE@ and a name."""

    name: RawValue
    place: int
    end: int
    depth: int = 1


@dataclass(slots=True)
class RawSimilar:
    """R=, RAD= or RPD= with all that belongs to it."""

    text: str
    place: int
    end: int
    depth: int = 1


@dataclass(slots=True)
class RawRange:
    """[low to high]."""

    low: RawValue
    high: RawValue
    place: int
    end: int
    depth: int = 1


@dataclass(slots=True)
class RawCompare:
    """a < field <= b: two or three words and the operators between them."""

    words: list[RawValue]
    operators: list[str]
    place: int
    end: int
    depth: int = 1


@dataclass(slots=True)
class RawGroup:
    """What stands between brackets: one expression, or several separated by commas."""

    items: list[Raw]
    place: int
    end: int
    depth: int


@dataclass(slots=True)
class RawField:
    """A field code and what is sought in it; `sign` is = or :."""

    code: str
    sign: str
    part: Raw
    place: int
    end: int
    depth: int


@dataclass(slots=True)
class RawJoin:
    """Parts joined by AND or OR; `explicit[i]` tells whether the operator before part i + 1 is written."""

    operator: Literal["and", "or"]
    parts: list[Raw]
    explicit: list[bool]
    place: int
    end: int
    depth: int


@dataclass(slots=True)
class RawNot:
    """NOT part."""

    part: Raw
    place: int
    end: int
    depth: int


@dataclass(slots=True)
class RawLinks:
    """Parts with proximity operators between them."""

    parts: list[Raw]
    operators: list[tuple[str, int]]
    place: int
    end: int
    depth: int


@dataclass(slots=True)
class RawOften:
    """A part and its frequency operator."""

    part: Raw
    operator: str
    operator_place: int
    place: int
    end: int
    depth: int = field(default=1)


Raw = (
    RawValue
    | RawTree
    | RawSimilar
    | RawRange
    | RawCompare
    | RawGroup
    | RawField
    | RawJoin
    | RawNot
    | RawLinks
    | RawOften
)


@v_args(inline=True)
class RawBuilder(Transformer[Token, Raw]):
    """Builds raw nodes while lark reduces, so that no depth of input can exhaust the stack."""

    def only(self, part: Raw) -> Raw:
        """The whole query."""
        return part

    def nothing(self) -> None:
        """An empty query."""

    def word(self, token: Token) -> RawValue:
        """A word without quotes.

        Raises:
            QueryError: it is an operator with nothing to join on one side.
        """
        if str(token).lower() in OPERATORS:
            raise QueryError("query-operator-misplaced", place=_span(token)[0], token=str(token))
        return RawValue(str(token), *_span(token))

    def string(self, token: Token) -> RawValue:
        """A text between quotes."""
        return RawValue(str(token), *_span(token), quoted=True)

    def tree_word(self, tree: Token, token: Token) -> RawTree:
        """TREE@name."""
        return RawTree(self.word(token), *_span(tree, token))

    def tree_string(self, tree: Token, token: Token) -> RawTree:
        """TREE@"name"."""
        return RawTree(self.string(token), *_span(tree, token))

    def similar(self, token: Token) -> RawSimilar:
        """R=(…)."""
        return RawSimilar(str(token), *_span(token))

    def items(self, *items: Raw) -> list[Raw]:
        """What stands between brackets."""
        return list(items)

    def group(self, bracket: Token, items: list[Raw]) -> RawGroup:
        """( … )."""
        place = _span(bracket)[0]
        return RawGroup(items, place, items[-1].end + 1, _deeper(place, *items))

    def span(self, bracket: Token, low: RawValue, _to: Token, high: RawValue) -> RawRange:
        """[low to high]."""
        return RawRange(low, high, _span(bracket)[0], high.end + 1)

    def compare(self, *tokens: Token) -> RawCompare:
        """A < b <= c."""
        words = [self.word(token) for token in tokens[0::2]]
        signs = ["".join(token.split()).replace("≤", "<=").replace("≥", ">=") for token in tokens[1::2]]
        return RawCompare(words, signs, words[0].place, words[-1].end)

    def often(self, part: Raw, operator: Token) -> RawOften:
        """Part (3f)."""
        place, end = _span(operator)
        return RawOften(part, str(operator), place, part.place, end, _deeper(part.place, part))

    def fielded(self, name: Token, part: Raw) -> RawField:
        """FIELD=part."""
        code, sign = str(name)[:-1].rstrip(), str(name)[-1]
        place = _span(name)[0]
        return RawField(code, sign, part, place, part.end, _deeper(place, part))

    def fielded_often(self, name: Token, part: Raw, operator: Token) -> RawField:
        """FIELD=part (3f)."""
        return self.fielded(name, self.often(part, operator))

    def join_or(self, left: Raw, _or: Token, right: Raw) -> RawJoin:
        """Left OR right."""
        return _join("or", left, right, explicit=True)

    def join_and(self, left: Raw, _and: Token, right: Raw) -> RawJoin:
        """Left AND right."""
        return _join("and", left, right, explicit=True)

    def join_implicit(self, left: Raw, right: Raw) -> RawJoin:
        """Left right."""
        return _join("and", left, right, explicit=False)

    def join_gand(self, _left: Raw, operator: Token, _right: Raw) -> RawJoin:
        """Left GAND right: refused."""
        raise QueryError("query-gand-unsupported", place=_span(operator)[0])

    def subtract(self, left: Raw, operator: Token, right: Raw) -> RawJoin:
        """Left NOT right."""
        return _join("and", left, self.negate(operator, right), explicit=False)

    def negate(self, operator: Token, part: Raw) -> RawNot:
        """NOT part."""
        place = _span(operator)[0]
        return RawNot(part, place, part.end, _deeper(place, part))

    def link(self, left: Raw, operator: Token, right: Raw) -> RawLinks:
        """Left (2w) right."""
        found = (str(operator), _span(operator)[0])
        if isinstance(left, RawLinks):
            left.parts.append(right)
            left.operators.append(found)
            left.end, left.depth = right.end, max(left.depth, _deeper(right.place, right))
            return left
        return RawLinks([left, right], [found], left.place, right.end, _deeper(left.place, left, right))


def _join(operator: Literal["and", "or"], left: Raw, right: Raw, *, explicit: bool) -> RawJoin:
    if isinstance(left, RawJoin) and left.operator == operator:
        left.parts.append(right)
        left.explicit.append(explicit)
        left.end, left.depth = right.end, max(left.depth, _deeper(right.place, right))
        return left
    depth = _deeper(left.place, left, right)
    return RawJoin(operator, [left, right], [explicit], left.place, right.end, depth)


def _deeper(place: int, *parts: Raw) -> int:
    depth = 1 + max(part.depth for part in parts)
    if depth > MAX_DEPTH:
        raise QueryError("query-too-deep", place=place, most=MAX_DEPTH)
    return depth


def _span(first: Token, last: Token | None = None) -> tuple[int, int]:
    return first.start_pos or 0, (last or first).end_pos or 0
