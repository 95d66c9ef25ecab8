"""The libraries of one service, each opened when it is first asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from api.live.library import LiveLibrary
from embed.of_library import MEMORY, Encoders
from library.once import Once
from patents.errors import InputError, NotFoundError


class Shelf:
    """Libraries by the names of their folders; the first answers where none is named.

    Args:
        paths: of the libraries, at least one.
        refresh_seconds: how often each looks for a new snapshot.
        encoder_memory: bytes that their encoders may take together.

    Raises:
        InputError: there is no library, or two folders are called the same.
    """

    def __init__(
        self, paths: Sequence[Path], *, refresh_seconds: float = 2.0, encoder_memory: int = MEMORY
    ) -> None:
        names = [path.resolve().name for path in paths]
        if not names:
            raise InputError("serve-without-library")
        twice = [name for name, times in Counter(names).items() if times > 1]
        if twice:
            raise InputError("serve-same-name", name=twice[0])
        self._paths = dict(zip(names, paths, strict=True))
        self._refresh = refresh_seconds
        self._encoders = Encoders(encoder_memory)
        self._open = Once()

    @property
    def names(self) -> list[str]:
        """Names of the libraries, in the order given."""
        return list(self._paths)

    def library(self, name: str = "") -> LiveLibrary:
        """A library, opened when it was not.

        Args:
            name: of its folder; the first library when empty.

        Raises:
            NotFoundError: none is called so.
            LibraryError: it has no snapshot that can be served.
        """
        wanted = name or self.names[0]
        if wanted not in self._paths:
            raise NotFoundError("library-not-served", name=name, names="、".join(self.names))
        return self._open.get(wanted, lambda: self._opened(self._paths[wanted]))

    def _opened(self, path: Path) -> LiveLibrary:
        return LiveLibrary(path, refresh_seconds=self._refresh, encoders=self._encoders)

    def close(self) -> None:
        """Let all that are open go."""
        for name in self.names:
            if name in self._open:
                self.library(name).close()
