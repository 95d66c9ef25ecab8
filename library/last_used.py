"""What was made last, kept while it is asked for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class LastUsed(Generic[_Key, _Value]):
    """The values that were asked for last; threads may share it.

    Two threads that miss the same value both make it: nobody waits for another's work.

    Args:
        most: values that are kept, or what they may weigh together; the newest is kept whatever it weighs.
        weigh: what a value weighs, such as its bytes; 1 each when None.
    """

    def __init__(self, most: int, weigh: Callable[[_Value], int] | None = None) -> None:
        self._most = most
        self._weigh = weigh or (lambda _: 1)
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Key, _Value] = OrderedDict()

    def find(self, key: _Key) -> _Value | None:
        """The value of a key; None when it is not kept."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, key: _Key, value: _Value) -> None:
        """Keep a value, and let go of the one that was not asked for the longest."""
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = value
            weight = sum(map(self._weigh, self._kept.values()))
            while weight > self._most and len(self._kept) > 1:
                weight -= self._weigh(self._kept.popitem(last=False)[1])
