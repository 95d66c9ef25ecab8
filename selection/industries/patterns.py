"""Lists of IPC patterns, answered for one symbol at a time.

Two spellings. Our own (library schemes): `C`, `C25`, `C25C`, `C25C3` (main group 3, not 30), `C25C3/0`
(textual prefix of subgroups), `=C25C3/06` (that symbol only). The official tables': `C25C3*` for the
main group, `C25C*`, `C25*`, and `C25C3/06` for that symbol only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from patents.errors import ClassificationError

_OWN = re.compile(r"=?[A-H](?:\d\d(?:[A-Z](?:\d{1,4}(?:/\d{0,6})?)?)?)?")
_OFFICIAL = re.compile(r"([A-H]\d\d(?:[A-Z](?:\d{1,4}(?:/\d{2,6})?)?)?)(\*?)")
_GROUP = re.compile(r"[A-H]\d\d[A-Z]\d{1,4}")

T = TypeVar("T", bound=Hashable)


def own_pattern(text: str) -> str:
    """Read a pattern as users write it: lower case and spaces are forgiven.

    Raises:
        ClassificationError: it is no pattern.
    """
    pattern = re.sub(r"\s+", "", text).upper()
    if _OWN.fullmatch(pattern) is None:
        raise ClassificationError("ipc-pattern-wrong", value=text)
    return pattern


def official_pattern(text: str) -> str:
    """Rewrite a pattern of the official tables in our own spelling.

    Raises:
        ClassificationError: it is no such pattern.
    """
    match = _OFFICIAL.fullmatch(re.sub(r"\s+", "", text).upper())
    if match is None:
        raise ClassificationError("official-pattern-wrong", value=text)
    symbol, star = match.groups()
    return f"={symbol}" if "/" in symbol and not star else symbol


@dataclass(slots=True)
class PatternIndex(Generic[T]):
    """Patterns with what they stand for; one look-up finds everything that covers a symbol.

    Attributes:
        exact: symbol → owners.
        levels: section, class, subclass or main group → owners.
        prefixes: main group → (textual prefix of the symbol, owner).
    """

    exact: dict[str, list[T]] = field(default_factory=lambda: defaultdict(list))
    levels: dict[str, list[T]] = field(default_factory=lambda: defaultdict(list))
    prefixes: dict[str, list[tuple[str, T]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, pattern: str, owner: T) -> None:
        """Register a pattern in our own spelling."""
        if pattern.startswith("="):
            self.exact[pattern[1:]].append(owner)
        elif "/" in pattern:
            self.prefixes[pattern.partition("/")[0]].append((pattern, owner))
        else:
            self.levels[pattern].append(owner)

    def of(self, symbol: str) -> Iterator[tuple[T, bool]]:
        """Yield (owner, named exactly) for every pattern that covers a symbol."""
        for owner in self.exact.get(symbol, ()):
            yield owner, True
        levels = levels_of(symbol)
        for level in levels:
            for owner in self.levels.get(level, ()):
                yield owner, False
        if self.prefixes and len(levels) == 4:
            for prefix, owner in self.prefixes.get(levels[3], ()):
                if symbol.startswith(prefix):
                    yield owner, False


@lru_cache(maxsize=131_072)
def levels_of(symbol: str) -> tuple[str, ...]:
    """Return section, class, subclass and main group of a symbol, as far as it goes."""
    levels = tuple(symbol[:length] for length in (1, 3, 4) if len(symbol) >= length)
    match = _GROUP.match(symbol) if len(symbol) > 4 else None
    return (*levels, match.group()) if match else levels


def index_of(patterns: Mapping[T, Iterable[str]]) -> PatternIndex[T]:
    """Build an index from owner → patterns."""
    index: PatternIndex[T] = PatternIndex()
    for owner, of_owner in patterns.items():
        for pattern in of_owner:
            index.add(pattern, owner)
    return index
