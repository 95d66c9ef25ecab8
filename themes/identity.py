"""Theme ids that survive rebuilds, and the log of what became of each theme.

A new theme takes the id of the old theme with which it shares most patents, one to one. What
overlaps besides is logged as merge or split, the rest as birth or death.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from themes.events import ThemeEvent

__all__ = ["CarriedOver", "Membership", "carry_over"]

# Least share of either theme's patents (those in both builds) that makes two themes the same.
_SAME = 0.3
# Least share of a theme's patents that went to, or came from, one theme to call it merge or split.
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class Membership:
    """Which patents one build put into which theme.

    Attributes:
        keys: n keys of patents.
        labels: int64 of shape (n,): theme number, −1 for unplaced.
        ids: id of each theme number; empty for a build whose themes have none yet.
    """

    keys: tuple[str, ...]
    labels: npt.NDArray[np.int64]
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """Ids of a new build.

    Attributes:
        ids: id of each of the K new themes.
        next_number: for the next theme that is born in the library.
        events: what became of the old themes and where the new ones come from.
    """

    ids: tuple[str, ...]
    next_number: int
    events: tuple[ThemeEvent, ...]


def carry_over(
    old: Membership | None, new: Membership, themes: int, *, next_number: int, prefix: str = "T"
) -> CarriedOver:
    """Give the themes of a new build their ids.

    Args:
        old: the build before, with ids; None at the first.
        new: the new build.
        themes: number of new themes K.
        next_number: first unused number of the library.
        prefix: of new ids: ``T000123``.

    Returns:
        Ids and log; the same for the same builds whatever the order of their patents.
    """
    old = old or Membership((), np.empty(0, dtype=np.int64))
    table = _shared(old, new, themes)
    pairs = _match(table)
    ids = [""] * themes
    for before, after in pairs:
        ids[after] = old.ids[before]
    for after in range(themes):
        if not ids[after]:
            ids[after] = f"{prefix}{next_number:06d}"
            next_number += 1
    return CarriedOver(tuple(ids), next_number, tuple(_events(table, pairs, old.ids, ids)))


def _shared(old: Membership, new: Membership, themes: int) -> npt.NDArray[np.int64]:
    """Patents of both builds by old and new theme; int64 of shape (old themes, new themes)."""
    place = {key: row for row, key in enumerate(old.keys)}
    rows = np.fromiter((place.get(key, -1) for key in new.keys), dtype=np.int64, count=len(new.keys))
    before = np.append(old.labels, -1)[rows]
    both = (before >= 0) & (new.labels >= 0)
    ones = np.ones(int(both.sum()), dtype=np.int64)
    table = sparse.coo_matrix((ones, (before[both], new.labels[both])), shape=(len(old.ids), themes))
    return np.asarray(table.toarray(), dtype=np.int64)


def _match(table: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """Old and new themes that are the same, the largest overlap first."""
    before, after = np.nonzero(table)
    shared = table[before, after]
    smaller = np.minimum(table.sum(axis=1)[before], table.sum(axis=0)[after])
    pairs: list[tuple[int, int]] = []
    taken: set[int] = set()
    given: set[int] = set()
    for place in np.lexsort((after, before, -shared)).tolist():
        one, other = int(before[place]), int(after[place])
        if one in taken or other in given or shared[place] < _SAME * smaller[place]:
            continue
        pairs.append((one, other))
        taken.add(one)
        given.add(other)
    return pairs


def _events(
    table: npt.NDArray[np.int64], pairs: list[tuple[int, int]], old: Sequence[str], new: Sequence[str]
) -> list[ThemeEvent]:
    """The log in the order: kept, merges and deaths of old themes, splits and births of new ones."""
    before, after = table.sum(axis=1).tolist(), table.sum(axis=0).tolist()
    log = [
        ThemeEvent("kept", old[one], "", int(table[one, other]), before[one], after[other])
        for one, other in sorted(pairs)
    ]
    for one in sorted(set(range(len(old))).difference(one for one, _ in pairs)):
        into = int(table[one].argmax()) if before[one] else -1
        if into >= 0 and table[one, into] >= _MOST * before[one]:
            shared = int(table[one, into])
            log.append(ThemeEvent("merge", old[one], new[into], shared, before[one], after[into]))
        else:
            log.append(ThemeEvent("death", old[one], before=before[one]))
    for other in sorted(set(range(len(new))).difference(other for _, other in pairs)):
        source = int(table[:, other].argmax()) if after[other] else -1
        if source >= 0 and table[source, other] >= _MOST * after[other]:
            shared = int(table[source, other])
            log.append(ThemeEvent("split", new[other], old[source], shared, before[source], after[other]))
        else:
            log.append(ThemeEvent("birth", new[other], after=after[other]))
    return log
