"""What an industry is: rules over classifications and words, or a 检索式."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from patents.errors import NotFoundError


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Conditions that must all hold; an empty one holds for every patent.

    Attributes:
        ipc: patterns (see `patterns`), one of which covers the main classification, or any
            classification where `any` says so.
        not_ipc: patterns that take a symbol out again, unless `ipc` names that symbol exactly (`=`).
        also_ipc: patterns, one of which covers any classification.
        keywords: one of these stands in title or abstract.
        title: one of these stands in the title.
        codes: industries of other schemes, `sei:3.2` or `gb4754:C32` with what lies below.
        any: count every classification of the patent, not the first only.
    """

    ipc: tuple[str, ...] = ()
    not_ipc: tuple[str, ...] = ()
    also_ipc: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    any: bool = False

    @property
    def by_ipc_only(self) -> bool:
        """Whether one symbol decides."""
        return not (self.also_ipc or self.keywords or self.title or self.codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Industry:
    """One industry of a scheme.

    Attributes:
        name: unique in its scheme.
        code: official code, empty when there is none.
        parent: code or name of the industry above; its patents are this one's and its siblings'.
        rules: the patents of any rule are its patents.
        query: a 检索式 that defines it instead of, or besides, the rules.
        notes: for readers of the scheme: what is meant and what is left out.
    """

    name: str
    code: str = ""
    parent: str = ""
    rules: tuple[Rule, ...] = ()
    query: str = ""
    notes: str = ""

    @property
    def key(self) -> str:
        """Code, or the name where there is none."""
        return self.code or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A classification of industries.

    Attributes:
        name: short and stable: `gb4754`, `sei`, `wipo`, or that of a library.
        title: Chinese title for reports.
        industries: in their printed order, parents before children.
        main_only: whether the main classification alone decides (unless a rule says otherwise).
        from_portal: whether the industry columns of an export outrank the rules.
        bridged: translate symbols of other IPC editions before the rules see them.
        missing: code of the text on what the scheme needs before it works on IPC; empty when it works.
        source: where the definition comes from.
    """

    name: str
    title: str
    industries: tuple[Industry, ...]
    main_only: bool = True
    from_portal: bool = False
    bridged: bool = False
    missing: str = ""
    source: str = ""
    _keys: Mapping[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        keys: dict[str, int] = {}
        for position, industry in enumerate(self.industries):
            keys[industry.name] = position
            keys[industry.key] = position
        object.__setattr__(self, "_keys", keys)

    def position(self, key: str) -> int | None:
        """Position of an industry by name or code; None when the scheme has none of it."""
        return self._keys.get(key)

    def industry(self, key: str) -> Industry:
        """Return an industry by name or code.

        Raises:
            NotFoundError: the scheme has none of it.
        """
        position = self._keys.get(key)
        if position is None:
            raise NotFoundError(
                "industry-not-in-scheme",
                scheme=self.name,
                industry=key,
                names=", ".join(industry.name for industry in self.industries[:40]),
            )
        return self.industries[position]

    def ancestors(self, position: int) -> tuple[int, ...]:
        """Positions of the industries above one, nearest first."""
        found: list[int] = []
        parent = self.industries[position].parent
        while parent and (above := self._keys.get(parent)) is not None and above not in found:
            found.append(above)
            parent = self.industries[above].parent
        return tuple(found)
