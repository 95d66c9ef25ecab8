"""Values that are made when first asked for and stay as long as their owner."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

_T = TypeVar("_T")


class Once:
    """Makes each value once; threads may share it.

    Threads that ask for a value while it is made wait for it; those that ask for another do not. Making one
    may ask for others. Where it fails nothing is kept, and the next who asks tries again.
    """

    def __init__(self) -> None:
        self._making: defaultdict[Hashable, threading.Lock] = defaultdict(threading.Lock)
        self._made: dict[Hashable, Any] = {}

    def __contains__(self, name: Hashable) -> bool:
        """Whether a value has been made."""
        return name in self._made

    def get(self, name: Hashable, make: Callable[[], _T]) -> _T:
        """The value of a name, made by `make` when it is asked for the first time."""
        if name not in self._made:
            with self._making[name]:
                if name not in self._made:
                    self._made[name] = make()
        value: _T = self._made[name]
        return value
