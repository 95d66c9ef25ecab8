"""The live snapshot of a library with all that answering needs; swapped when a new one is published."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from api.service.encoding import encoder_of
from api.service.vector_server import token
from library.folder import Library
from patents.errors import SnapshotError

if TYPE_CHECKING:
    import pyarrow as pa

    from api.service.environment import TagRows
    from api.service.facets import FacetColumns
    from api.service.groups import CompanyGroups
    from api.service.selecting import KeptSelections
    from api.service.theme_shelf import ThemeShelf
    from embed.encoder import Encoder
    from index.choice import BuiltIndex
    from index.hybrid import HybridIndex
    from index.lexical import LexicalIndex
    from index.patents import PatentIndex
    from library.snapshot import Snapshot
    from selection.evaluation.corpus import Corpus, Environment


T = TypeVar("T")


def loaded_once(load: Callable[[LiveSnapshot], T]) -> cached_property[T]:
    """A cached property that requests running side by side load only once."""
    name = load.__name__

    @wraps(load)
    def locked(live: LiveSnapshot) -> T:
        with live.loading:
            if name not in live.__dict__:
                live.__dict__[name] = load(live)
            loaded: T = live.__dict__[name]
            return loaded

    return cached_property(locked)


class LiveSnapshot:
    """One snapshot, opened for answering; parts load when first used.

    Args:
        library: that it belongs to.
        snapshot: opened and held by the caller.
    """

    def __init__(self, library: Library, snapshot: Snapshot) -> None:
        self.library = library
        self.snapshot = snapshot
        self.loading = threading.RLock()

    @property
    def number(self) -> int:
        """Number of the snapshot."""
        return self.snapshot.number

    @property
    def count(self) -> int:
        """Number of patents."""
        return self.snapshot.count

    @property
    def table(self) -> pa.Table:
        """The columns; a row's place is its row number everywhere."""
        return self.snapshot.table

    @cached_property
    def as_of(self) -> date | None:
        """检索截止日: the newest as-of date of the imports behind this snapshot."""
        text = self.snapshot.manifest.facts.get("as_of")
        return date.fromisoformat(str(text)) if text else None

    @cached_property
    def rows_by_key(self) -> dict[str, int]:
        """Row of each patent key."""
        return {str(key): row for row, key in enumerate(self.table.column("key").to_pylist())}

    @loaded_once
    def corpus(self) -> Corpus:
        """What queries (检索式) are evaluated on."""
        from selection.evaluation.corpus import Corpus

        folder = self.snapshot.part("text") if self.snapshot.has("text") else None
        return Corpus(self.table, snapshot=self.number, text=folder)

    @cached_property
    def keys(self) -> list[str]:
        """Key of each row's patent."""
        return list(self.rows_by_key)

    @cached_property
    def tags(self) -> TagRows:
        """Tags (标引) that users put on patents, as rows of this snapshot."""
        from api.service.environment import TagRows

        return TagRows(self)

    @property
    def environment(self) -> Environment:
        """What queries are handed of other rooms, as it is now."""
        from api.service.environment import environment_of

        return environment_of(self)

    @cached_property
    def themes(self) -> ThemeShelf:
        """The themes, opened when first asked for."""
        from api.service.theme_shelf import ThemeShelf

        return ThemeShelf(self)

    def number_of(self, row: int) -> str:
        """The number that a patent is called by: publication, else application number, else key."""
        names = ("publication_number", "application_number", "key")
        return str(next(number for name in names if (number := self.table.column(name)[row].as_py())))

    @cached_property
    def company_groups(self) -> CompanyGroups:
        """The members of applicant groups, for TREE@."""
        from api.service.groups import CompanyGroups

        return CompanyGroups(self)

    @cached_property
    def technologies(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """The first row of each patent's technology; twins (一案双申) share one."""
        from index.twins import technologies

        return technologies(self.table)

    @property
    def encoder_name(self) -> str:
        """Id and revision of the encoder that made the vectors."""
        stamp = self.snapshot.manifest.encoder
        return f"{stamp.id} {stamp.revision}" if stamp else ""

    @loaded_once
    def encoder(self) -> Encoder:
        """The library's encoder, checked against the snapshot.

        Raises:
            SnapshotError: the vectors were made by another one.
        """
        encoder = encoder_of(self.library)
        self.snapshot.require_encoder(encoder)
        return encoder

    @cached_property
    def vectors(self) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        """Passage vectors, float32 of shape (passages, dim), memory-mapped."""
        mapped = np.load(self.snapshot.part("dense") / "vectors.npy", mmap_mode="r", allow_pickle=False)
        # A plain array over the same pages: indexing a memmap costs several times as much.
        array: np.ndarray[tuple[int, int], np.dtype[np.float32]] = mapped.view(np.ndarray)
        return array

    @cached_property
    def passage_rows(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """The patent of each passage, int64 of shape (passages,), ascending."""
        array: np.ndarray[tuple[int], np.dtype[np.int64]] = np.load(
            self.snapshot.part("dense") / "passage_rows.npy", allow_pickle=False
        )
        return array

    def passage_name(self, passage: int) -> str:
        """Which text of its patent a passage is: 标题摘要 or 权利要求."""
        from embed.passages import PASSAGE_KINDS

        return PASSAGE_KINDS[int(self._passage_kinds[passage])]

    @cached_property
    def _passage_kinds(self) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
        array: np.ndarray[tuple[int], np.dtype[np.int8]] = np.load(
            self.snapshot.part("dense") / "passage_kinds.npy", allow_pickle=False
        )
        return array

    @cached_property
    def _passage_starts(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.searchsorted(self.passage_rows, np.arange(self.count + 1))

    def passages_of(self, row: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Numbers of the passages of a patent, title with abstract first; none when it has no text."""
        return np.arange(self._passage_starts[row], self._passage_starts[row + 1])

    @loaded_once
    def built_index(self) -> BuiltIndex:
        """The index over passages as the build chose it, with what was measured of it."""
        from index.choice import load_index

        return load_index(self.snapshot.part("faiss"), self.vectors, token=token())

    @loaded_once
    def index(self) -> PatentIndex:
        """The vector index over patents."""
        from index.patents import PatentIndex

        return PatentIndex(self.built_index.index, self.passage_rows, self.count)

    @loaded_once
    def lexical(self) -> LexicalIndex:
        """The inverted index over the words of the same passages."""
        from index.lexical import LexicalIndex

        return LexicalIndex(self.snapshot.part("lexical"))

    @loaded_once
    def hybrid(self) -> HybridIndex:
        """Meaning and words in one list."""
        from api.service.patent_texts import PatentTexts
        from index.hybrid import HybridIndex

        texts = PatentTexts(self.table)
        return HybridIndex(self.index, self.lexical, self.passage_rows, self.vectors, texts.of)

    @loaded_once
    def selections(self) -> KeptSelections:
        """What filters select here."""
        from api.service.selecting import KeptSelections

        return KeptSelections(self)

    @loaded_once
    def facet_columns(self) -> FacetColumns:
        """The columns that facets count."""
        from api.service.facets import FacetColumns

        return FacetColumns(self.table)


class LiveLibrary:
    """Hands out the live snapshot and swaps it when CURRENT names another.

    A request keeps the snapshot that it began with: the old one is let go when its last request ends.

    Args:
        path: of the library.
        refresh_seconds: how often CURRENT is looked at.

    Raises:
        LibraryNotFoundError: there is no library at the path.
        SnapshotError: it has no snapshot that can be served.
    """

    def __init__(self, path: Path, *, refresh_seconds: float = 2.0) -> None:
        self._library = Library.open(path)
        self._refresh = refresh_seconds
        self._lock = threading.Lock()
        self._looked = time.monotonic()
        self._holds: dict[int, tuple[LiveSnapshot, ExitStack, int]] = {}
        self._taken_up: Callable[[], object] | None = None
        self._current = self._open()

    @contextmanager
    def current(self) -> Iterator[LiveSnapshot]:
        """Hold the live snapshot while the block runs."""
        with self._lock:
            self._look()
            live = self._current
            self._count_users(live, +1)
        try:
            yield live
        finally:
            with self._lock:
                self._count_users(live, -1)

    def on_new_snapshot(self, do: Callable[[], object]) -> None:
        """From now on do this each time a new snapshot is taken up.

        Args:
            do: what is done; the request that noticed the snapshot waits for it, so it must be quick and must
                not ask for the snapshot itself, only have another thread ask.
        """
        self._taken_up = do

    def refresh(self) -> None:
        """Look for a new snapshot now: this process has just published one."""
        with self._lock:
            self._looked = float("-inf")
            self._look()

    def _look(self) -> None:
        if time.monotonic() - self._looked < self._refresh:
            return
        self._looked = time.monotonic()
        if self._library.current_number() != self._current.number:
            old, self._current = self._current, self._open()
            self._count_users(old, 0)
            if self._taken_up is not None:
                self._taken_up()

    def _open(self) -> LiveSnapshot:
        snapshot = self._library.current()
        if snapshot is None:
            raise SnapshotError(
                f"library {self._library.path} has no snapshot yet",
                help=f"patlas build --library {self._library.path}",
            )
        hold = ExitStack()
        hold.enter_context(snapshot.hold())
        live = LiveSnapshot(self._library, snapshot)
        self._holds[live.number] = (live, hold, 0)
        return live

    def _count_users(self, live: LiveSnapshot, change: int) -> None:
        held, hold, users = self._holds[live.number]
        users += change
        self._holds[live.number] = (held, hold, users)
        if users == 0 and live is not self._current:
            del self._holds[live.number]
            hold.close()

    def close(self) -> None:
        """Let everything go."""
        with self._lock:
            for _, hold, _ in self._holds.values():
                hold.close()
            self._holds.clear()
            self._library.close()


@contextmanager
def open_live(path: Path) -> Iterator[LiveSnapshot]:
    """Open the live snapshot of a library for one command."""
    live = LiveLibrary(path)
    try:
        with live.current() as snapshot:
            yield snapshot
    finally:
        live.close()
