"""How much work one query may cause, so that no request lives on the time of all others."""

from __future__ import annotations

import time
from collections.abc import Callable

from patents.errors import QueryError

#: In texts compared with a word, each about 0.5 µs; a library of a million patents may cost three times that.
LEAST_WORK = 20_000_000
_WORK_PER_PATENT = 60
#: What finding and uniting the rows of a leaf costs, whatever it finds.
LEAF = 200
#: A regular expression, and a text made ready for proximity, beside the comparison with a word.
EXPRESSION, PROXIMITY = 4, 15


class Budget:
    """Counts the work of a query before it is done.

    Args:
        size: patents of the library.
        work: most work; None goes by the size.
        seconds: most time since the budget was made.
        clock: tells the time in seconds.
    """

    def __init__(
        self,
        size: int,
        *,
        work: int | None = None,
        seconds: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.most = max(LEAST_WORK, _WORK_PER_PATENT * size) if work is None else work
        self.spent = 0
        self._seconds = seconds
        self._clock = clock
        self._began = clock()

    def charge(self, work: int, place: int) -> None:
        """Count the work of a part that is about to be done.

        Args:
            work: an estimate, in texts compared with a word.
            place: of the part in the query.

        Raises:
            QueryError: it is more than is left, or the time is over.
        """
        self.spent += work
        if self.spent > self.most:
            raise QueryError("query-too-costly", place=place)
        if self._clock() - self._began > self._seconds:
            raise QueryError("query-too-slow", place=place, seconds=f"{self._seconds:g}")
