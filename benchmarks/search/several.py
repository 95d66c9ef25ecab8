"""Do three patents of a main group find others of it, and does telling what is not meant help?

    python benchmarks/search/several.py LIBRARY --out benchmarks/results/search-several.json

Three patents of one IPC main group are asked for together; a hit counts when its main classification is of
that group. What hits should not be like are three patents of another group of the same subclass.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from api.live.library import open_live
from api.live.parts import passages_of
from api.live.snapshot import LiveSnapshot
from api.search.ranking import RankedQuery, query_of_patent, query_of_patents, rank

_ASKED = 150
_LIKE = 3
_HITS = 10
_AWAY = (0.0, 0.15, 0.3, 0.5, 0.8)


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """Mean share of ten hits that are of the group asked for, and of the group not meant."""

    asked: str
    of_group: float
    of_other: float | None
    trials: int


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--trials", type=int, default=_ASKED)
    options = parser.parse_args()
    with open_live(options.library) as live:
        shares = _Trials(live).run(options.trials)
    print(*shares, sep="\n")
    if options.out:
        options.out.write_bytes(msgspec.json.format(msgspec.json.encode(shares), indent=1) + b"\n")


class _Trials:
    def __init__(self, live: LiveSnapshot) -> None:
        self._live = live
        self._rng = np.random.default_rng(3)
        self._group = [
            (symbol or "").partition("/")[0] for symbol in live.table.column("ipc_main").to_pylist()
        ]
        members = defaultdict(list)
        for row, group in enumerate(self._group):
            if len(group) > 4 and len(passages_of(live).of(row)):
                members[group].append(row)
        self._members = {group: rows for group, rows in members.items() if 30 <= len(rows) <= 2_000}
        self._everything = np.ones(live.count, dtype=np.bool_)

    def run(self, trials: int) -> list[Share]:
        values: dict[str, list[tuple[float, float | None]]] = defaultdict(list)
        groups = list(self._members)
        for _ in range(trials):
            group = groups[self._rng.integers(len(groups))]
            like = self._some(group)
            asked = query_of_patents(self._live, like)
            values["the middle of three"].append((self._of(asked, group), None))
            values["the best of three"].append((self._of(self._best_of(asked, like), group), None))
            values["one of them"].append((self._of(query_of_patent(self._live, like[0]), group), None))
            others = [one for one in groups if one[:4] == group[:4] and one != group]
            if others:
                other = others[self._rng.integers(len(others))]
                unlike = self._some(other)
                for away in _AWAY:
                    moved = query_of_patents(self._live, like, unlike, away=away)
                    values[f"away from others by {away}"].append(
                        (self._of(moved, group), self._of(moved, other))
                    )
        return [_share(name, found) for name, found in values.items()]

    def _some(self, group: str) -> list[str]:
        rows = self._rng.choice(self._members[group], _LIKE, replace=False)
        return [self._live.number_of(int(row)) for row in rows]

    def _best_of(self, asked: RankedQuery, like: Sequence[str]) -> RankedQuery:
        vectors = [query_of_patent(self._live, number).vectors for number in like]
        return RankedQuery(
            text=asked.text, vectors=np.concatenate(vectors), words=asked.words, left_out=asked.left_out
        )

    def _of(self, asked: RankedQuery, group: str) -> float:
        hits = rank(self._live, asked, _HITS, self._everything)
        return float(np.mean([self._group[hit.row] == group for hit in hits]))


def _share(name: str, found: Sequence[tuple[float, float | None]]) -> Share:
    others = [other for _, other in found if other is not None]
    return Share(
        asked=name,
        of_group=round(float(np.mean([own for own, _ in found])), 3),
        of_other=round(float(np.mean(others)), 3) if others else None,
        trials=len(found),
    )


if __name__ == "__main__":
    main()
