"""What queries are handed of other rooms: similar patents for R=, tags put on by users, groups for TREE@."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from sqlalchemy import func, inspect, select

from api.live.parts import (
    encoder_of,
    hybrid_of,
    index_of,
    passages_of,
    scale_of,
    technologies_of,
    themes_of,
)
from api.live.scores import scores_of
from api.live.snapshot import LiveSnapshot, once
from api.patents.record import row_of
from api.patents.typed import Typed, read_typed
from embed.encoder import unread_script
from embed.passages import character_limit, windows
from index.patents import PatentHits
from patents.errors import InputError, StoreError
from selection.bitmaps import Rows, array_from_rows
from selection.company_groups import CompanyGroups
from selection.evaluation.corpus import Environment, SimilarHits, SimilarSearch, Values
from selection.saved.tables import tag_operation
from selection.saved.tags import Tags
from terms.words import words

#: R= answers so many patents; a watch asks for all and keeps those above its floor.
MOST_SIMILAR = 1_000


def environment_of(live: LiveSnapshot, *, most: int = MOST_SIMILAR, tags: bool = True) -> Environment:
    """What the live snapshot hands to its queries; cheap, made for each of them.

    Before the first tag, TAG is a field that nothing supplies yet, and a query with it is refused.

    Args:
        live: the snapshot.
        most: R= answers at most so many patents.
        tags: look for tags; a query that names none can do without.
    """
    tagged = tags and tags_of(live).ever_used()
    registered: dict[str, Callable[[], Values]] = {"tags": tags_of(live).rows} if tagged else {}
    if "theme_core" in live.table.column_names:
        registered |= themes_of(live).registered
    return Environment(
        registered=registered, similar=similar_search(live, most), company_tree=company_groups_of(live)
    )


def tags_of(live: LiveSnapshot) -> TagRows:
    """Tags (标引) that users put on patents, as rows of a snapshot."""
    return live.once(TagRows)


@once
def company_groups_of(live: LiveSnapshot) -> CompanyGroups:
    """The members of applicant groups, for TREE@."""
    return CompanyGroups(live.table, live.library.path)


class TagRows:
    """Rows of each tag on one snapshot, read again when tags have changed.

    Args:
        live: the snapshot.
    """

    def __init__(self, live: LiveSnapshot) -> None:
        self._live = live
        self._read: tuple[int, dict[str, Rows]] = (0, {})

    def rows(self) -> dict[str, Rows]:
        """Rows of each tag; tags without a patent in this snapshot are left out."""
        newest, rows = self._read
        now = self._newest_change()
        if now != newest:
            found = Tags(self._live.library.store).rows(self._live.keys)
            rows = {tag: tagged for tag, tagged in found.items() if tagged}
            self._read = (now, rows)
        return rows

    def ever_used(self) -> bool:
        """Whether anybody ever put a tag on a patent of the library."""
        return self._newest_change() > 0

    def _newest_change(self) -> int:
        """Id of the newest change of tags; 0 in a library that never had any."""
        store = self._live.library.store
        # Asked by every request: to look for the table first would take thrice as long.
        try:
            with store.reading() as connection:
                return int(connection.execute(select(func.max(tag_operation.c.id))).scalar() or 0)
        except StoreError:
            with store.reading() as connection:
                if inspect(connection).has_table(tag_operation.name):
                    raise
            return 0


def similar_search(live: LiveSnapshot, most: int) -> SimilarSearch:
    """Make the function that answers R=, RAD= and RPD= on a snapshot."""

    def search(_: str, text: str, within: Rows | None) -> SimilarHits:
        typed = read_typed(live, text)
        vectors, left_out = _query(live, typed)
        allowed = np.ones(live.count, dtype=np.bool_) if within is None else _mask(within, live.count)
        allowed[left_out] = False
        if typed.kind == "text" and not _is_near(live, typed.text, vectors, allowed):
            return SimilarHits(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))
        hits = index_of(live).search(vectors, max(1, min(most, int(allowed.sum()))), allowed=allowed)
        return _best(hits, most)

    return search


def _is_near(
    live: LiveSnapshot,
    text: str,
    vectors: np.ndarray[tuple[int, int], np.dtype[np.float32]],
    allowed: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> bool:
    """Whether the first hit of a text lies above the floor of scores; a search says the same of it."""
    hits = hybrid_of(live).search(vectors, words(text), 1, text=text, allowed=allowed)
    scores = scores_of(live, text, hits, is_read=unread_script(encoder_of(live), text) is None)
    return bool((scores >= scale_of(live).floor).any())


def _query(
    live: LiveSnapshot, typed: Typed
) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.float32]], list[int]]:
    """Vectors of a number's patent or of a text, and the rows that are the query itself."""
    if typed.kind == "numbers":
        raise InputError("similar-to-numbers", count=len(typed.numbers))
    if typed.kind == "text":
        texts = windows(typed.text, character_limit(encoder_of(live)))
        return encoder_of(live).encode(texts, role="query"), []
    number = typed.numbers[0]
    row = row_of(live, number)
    passages, technologies = passages_of(live), technologies_of(live)
    own = passages.of(row)
    if len(own) == 0:
        raise InputError("similar-patent-without-text", number=number)
    return np.asarray(passages.vectors[own]), np.flatnonzero(technologies == technologies[row]).tolist()


def _mask(rows: Rows, count: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    mask = np.zeros(count, dtype=np.bool_)
    mask[array_from_rows(rows)] = True
    return mask


def _best(hits: PatentHits, most: int) -> SimilarHits:
    """The best score of each patent over the passages of the query; equal scores by row."""
    found = hits.rows >= 0
    rows, scores = hits.rows[found], hits.scores[found]
    order = np.lexsort((rows, -scores))
    first = np.sort(np.unique(rows[order], return_index=True)[1])[:most]
    return SimilarHits(rows[order][first], scores[order][first])
