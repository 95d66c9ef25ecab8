"""What the first requests need, loaded when a service starts and not when a user waits for it."""

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


def warm(library: LiveLibrary) -> threading.Thread:
    """Ask in the background what the page asks first: industries, themes, a search with all its parts.

    What fails here is said to whoever asks for it.

    Args:
        library: that is served.

    Returns:
        The thread that asks; a daemon, so that it keeps no service from ending.
    """
    thread = threading.Thread(target=_ask, args=(library,), name="warming", daemon=True)
    thread.start()
    return thread


def _ask(library: LiveLibrary) -> None:
    with library.current() as live:
        with suppress(PatlasError):
            counted_industries(live, Within(chosen=choose(live)))
        with suppress(PatlasError):
            themes(live, "")
        with suppress(PatlasError):
            search(live, "一种装置及其方法", Filters(), Wanted(facets=True, highlight=True))
