"""The live snapshot of a library, swapped when a new one is published."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from api.live.snapshot import LiveSnapshot
from embed.of_library import Encoders
from library.folder import Library
from patents.errors import SnapshotError


class LiveLibrary:
    """Hands out the live snapshot and swaps it when CURRENT names another.

    A request keeps the snapshot that it began with: the old one is let go when its last request ends.

    Args:
        path: of the library.
        refresh_seconds: how often CURRENT is looked at.
        encoders: that the libraries of one service share; None for its own.

    Raises:
        LibraryNotFoundError: there is no library at the path.
        SnapshotError: it has no snapshot that can be served.
    """

    def __init__(self, path: Path, *, refresh_seconds: float = 2.0, encoders: Encoders | None = None) -> None:
        self._library = Library.open(path)
        self._encoders = encoders or Encoders()
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
            raise SnapshotError("library-without-snapshot", library=self._library.path)
        hold = ExitStack()
        hold.enter_context(snapshot.hold())
        live = LiveSnapshot(self._library, snapshot, self._encoders)
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
