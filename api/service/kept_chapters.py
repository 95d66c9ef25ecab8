"""Chapters of a study, composed once however many tables and figures of them are asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from directions.facts import Chapter


class KeptChapters:
    """The chapters of one study that were composed so far.

    A page asks for a chapter, then for each of its figures, several at a time. Requests for one chapter
    wait for the first of them; those for another chapter do not.
    """

    def __init__(self) -> None:
        self._chapters: dict[str, Chapter] = {}
        self._composing: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, name: str, compose: Callable[[], Chapter]) -> Chapter:
        """A chapter, composed when it was not yet.

        Args:
            name: id of the chapter.
            compose: makes it; what it raises is raised, and nothing is kept.
        """
        with self._lock:
            composing = self._composing.setdefault(name, threading.Lock())
        with composing:
            if name not in self._chapters:
                try:
                    self._chapters[name] = compose()
                except BaseException:
                    with self._lock:
                        self._composing.pop(name, None)
                    raise
            return self._chapters[name]
