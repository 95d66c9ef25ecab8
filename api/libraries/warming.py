"""What the first requests need, loaded when a snapshot is taken up and not when a user waits for it."""

from __future__ import annotations

import threading
import time
from contextlib import suppress

from api.live.library import LiveLibrary
from api.search.shapes import Wanted
from api.search.similar import search
from api.selections.choosing import choose
from api.themes.counting import Within
from api.themes.listing import counted_industries, themes
from patents.errors import PatlasError
from selection.filters import Filters

#: Of the threads that ask.
NAME = "warming"
#: Seconds that requests have a new snapshot to themselves: loading beside them doubles their time.
PAUSE = 1.0


def keep_warm(library: LiveLibrary, *, pause: float = PAUSE) -> threading.Thread:
    """`warm` the snapshot that is live, and from now on every one that the service takes up.

    Args:
        library: that is served.
        pause: seconds from taking up a later snapshot to asking of it.

    Returns:
        The thread that asks of the first snapshot.
    """
    # Of many published in a row the newest is asked of, by one thread after the other.
    turn = threading.Lock()
    library.on_new_snapshot(lambda: warm(library, turn, pause=pause))
    return warm(library, turn)


def warm(library: LiveLibrary, turn: threading.Lock | None = None, *, pause: float = 0.0) -> threading.Thread:
    """Ask in the background what the page asks first: industries, themes, a search with all its parts.

    Each part is compared with its checksums before it is used; at the end come those that nobody asked for.

    What fails here fails again for whoever asks for it.

    Args:
        library: that is served.
        turn: held while asking; those that share it ask one after the other.
        pause: seconds to wait before asking.

    Returns:
        The thread that asks; a daemon, so that it keeps no service from ending.
    """
    given = (library, turn or threading.Lock(), pause)
    thread = threading.Thread(target=_ask, args=given, name=NAME, daemon=True)
    thread.start()
    return thread


def _ask(library: LiveLibrary, turn: threading.Lock, pause: float) -> None:
    time.sleep(pause)
    with turn, library.current() as live:
        with suppress(PatlasError):
            counted_industries(live, Within(chosen=choose(live)))
        with suppress(PatlasError):
            themes(live, "")
        with suppress(PatlasError):
            search(live, "一种装置及其方法", Filters(), Wanted(facets=True, highlight=True))
        live.snapshot.check()
