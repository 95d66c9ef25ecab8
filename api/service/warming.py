"""What the first requests need, loaded when a snapshot is taken up and not when a user waits for it."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from api.service.choosing import choose
from api.service.searching import Wanted, search
from api.service.selecting import Filters
from api.service.theming import Within, counted_industries, themes
from patents.errors import PatlasError

if TYPE_CHECKING:
    from api.service.live import LiveLibrary

#: Of the threads that ask.
NAME = "warming"


def keep_warm(library: LiveLibrary) -> threading.Thread:
    """`warm` the snapshot that is live, and from now on every one that the service takes up.

    Args:
        library: that is served.

    Returns:
        The thread that asks of the first snapshot.
    """
    # Where many are published in a row, one is warmed after the other: the second thread finds the newest.
    turn = threading.Lock()
    library.on_new_snapshot(lambda: warm(library, turn))
    return warm(library, turn)


def warm(library: LiveLibrary, turn: threading.Lock | None = None) -> threading.Thread:
    """Ask in the background what the page asks first: industries, themes, a search with all its parts.

    What fails here is said to whoever asks for it.

    Args:
        library: that is served.
        turn: held while asking; those that share it ask one after the other.

    Returns:
        The thread that asks; a daemon, so that it keeps no service from ending.
    """
    thread = threading.Thread(target=_ask, args=(library, turn or threading.Lock()), name=NAME, daemon=True)
    thread.start()
    return thread


def _ask(library: LiveLibrary, turn: threading.Lock) -> None:
    with turn, library.current() as live:
        with suppress(PatlasError):
            counted_industries(live, Within(chosen=choose(live)))
        with suppress(PatlasError):
            themes(live, "")
        with suppress(PatlasError):
            search(live, "一种装置及其方法", Filters(), Wanted(facets=True, highlight=True))
