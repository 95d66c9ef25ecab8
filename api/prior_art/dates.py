"""Which documents count against a claim: published before its day, or filed before and published since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from api.live.snapshot import LiveSnapshot

Mask = npt.NDArray[np.bool_]
Days = npt.NDArray[np.int32]

# Stands for a day that is not known; dates of patents are days since 1970 within ±100,000.
_UNKNOWN = np.iinfo(np.int32).max
_EPOCH_YEAR = 1970


@dataclass(frozen=True, slots=True)
class Dated:
    """Patents that count, and how many of those looked at do not.

    Attributes:
        allowed: bool of shape (n,).
        count: of them.
        undated: patents left out because the day that decides is not known.
        later: patents left out because of that day.
        granted: inventions among the later ones whose grant is the first publication that the library
            knows: their application came out before it, on a day that is not known.
    """

    allowed: Mask
    count: int
    undated: int
    later: int
    granted: int = 0


def published_before(live: LiveSnapshot, chosen: Mask, day: date | None) -> Dated:
    """现有技术: documents made public before a day (专利法 22 条 5 款).

    Counted from the first publication that the library knows. That day itself is not before it.

    Args:
        live: the snapshot.
        chosen: bool of shape (n,), the patents to look at.
        day: the cut-off; None lets all count, dated or not.
    """
    if day is None:
        return Dated(chosen.copy(), int(chosen.sum()), 0, 0)
    published = _days(live, "publication_date")
    known = published != _UNKNOWN
    allowed = chosen & known & (published < _number(day))
    later = chosen & known & ~allowed
    granted = int((later & _known_by_grant(live)).sum())
    return Dated(allowed, int(allowed.sum()), int((chosen & ~known).sum()), int(later.sum()), granted)


def conflicting_with(live: LiveSnapshot, chosen: Mask, day: date) -> Dated:
    """抵触申请: Chinese applications filed before a day and made public on it or later (22 条 2 款).

    Inventions and utility models only; the priority date counts as the day of filing where there is
    one. Of a patent without either the year in its application number is the latest that it can have
    been filed in, so an earlier year counts as before.

    Args:
        live: the snapshot.
        chosen: bool of shape (n,), the patents to look at.
        day: the cut-off.

    An invention of which only the grant is known may have come out before the day: it is left out, and
    counted as `undated`.

    Returns:
        `undated` and `later` count only those made public on the day or later.
    """
    published, priority = _days(live, "publication_date"), _days(live, "priority_date")
    filed = np.minimum(priority, _days(live, "filing_date"))
    years = _column(live, "filing_year", 0)
    chinese = _equals(live, "country", ("CN",)) & _equals(live, "patent_type", ("发明", "实用新型"))
    since = chosen & chinese & (published != _UNKNOWN) & (published >= _number(day))
    by_year = (filed == _UNKNOWN) & (years > 0)
    before = np.where(by_year, years < day.year, filed < _number(day))
    unknown_filing = (filed == _UNKNOWN) & ~(by_year & (years != day.year))
    undated = since & (unknown_filing | _known_by_grant(live))
    allowed = since & before & ~undated
    count, unknown = int(allowed.sum()), int(undated.sum())
    return Dated(allowed, count, unknown, int(since.sum()) - count - unknown)


def _known_by_grant(live: LiveSnapshot) -> Mask:
    """Inventions whose first publication known is their grant."""
    numbers = (live.table.column(name) for name in ("publication_number", "grant_number"))
    same: Mask = pc.equal(*numbers).fill_null(False).to_numpy()
    return same & _equals(live, "patent_type", ("发明",))


def _number(day: date) -> int:
    return day.toordinal() - _ordinal_of_epoch()


def _ordinal_of_epoch() -> int:
    return date(_EPOCH_YEAR, 1, 1).toordinal()


def _days(live: LiveSnapshot, name: str) -> Days:
    return _filled(live.table.column(name).cast(pa.int32()), _UNKNOWN)


def _column(live: LiveSnapshot, name: str, missing: int) -> Days:
    return _filled(live.table.column(name).cast(pa.int32()), missing)


def _filled(column: Any, missing: int) -> Days:  # noqa: ANN401 (an Arrow column of int32)
    values: Days = column.fill_null(missing).to_numpy()
    return values


def _equals(live: LiveSnapshot, name: str, values: tuple[str, ...]) -> Mask:
    found = pc.is_in(live.table.column(name), value_set=pa.array(values))
    mask: Mask = found.to_numpy()
    return mask
