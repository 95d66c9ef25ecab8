"""区位熵 (RTA): how much more of a field one side has than a reference, with an interval and a standing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from patents.bilingual import NO_TEXT, Text
from themes.trends import growth as compare_counts

#: 强, 一般, 弱, 空白; empty where nothing can be said.
Standing = Literal["强", "一般", "弱", "空白", ""]
STANDINGS: dict[Standing, Text] = {
    "强": Text("强", "strong"),
    "一般": Text("一般", "middling"),
    "弱": Text("弱", "weak"),
    "空白": Text("空白", "blank"),
    "": NO_TEXT,
}
#: The rule in words, as reports print it.
RULE = Text(
    "强弱判定：空白，本地专利为零；强，区位熵95%区间全部大于1；弱，区间全部小于1；一般，区间含1。",
    "Blank: no local patent; strong: the whole 95% interval of the RTA lies above 1; weak: it lies below 1; "
    "middling: it contains 1.",
)
_LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Specialisation:
    """RTA of one field.

    Attributes:
        value: share of the field at home over its share in the reference; None where the reference has
            nothing in the field.
        low, high: exact 95 % interval of the ratio of two Poisson counts; `high` is infinite where the
            reference has nothing in the field.
    """

    value: float | None
    low: float
    high: float


def specialisation(
    local: int, local_total: int, reference: int, reference_total: int
) -> Specialisation | None:
    """RTA of a field; None where one side has no patents at all.

    Args:
        local: patents of the field at home.
        local_total: all patents at home.
        reference: patents of the field in the reference.
        reference_total: all patents of the reference.
    """
    if not local_total or not reference_total:
        return None
    rta = compare_counts(reference, local, exposure=(reference_total, local_total), level=_LEVEL)
    return Specialisation(rta.ratio, rta.low, rta.high)


def standing(local: int, rta: Specialisation | None) -> Standing:
    """强, 一般, 弱 or 空白 by the rule `RULE`; nothing without a reference."""
    if rta is None:
        return ""
    if local == 0:
        return "空白"
    if rta.low > 1:
        return "强"
    return "弱" if rta.high < 1 else "一般"


#: Columns of `figures_of`.
FIGURES: dict[str, type[pl.DataType]] = {
    "rta": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "standing": pl.String,
    "standing_en": pl.String,
}


def figures_of(
    local: int, rta: Specialisation | None
) -> tuple[float | None, float | None, float | None, str, str]:
    """RTA, its interval and the standing in both languages, as tables hold them; see `FIGURES`."""
    state = STANDINGS[standing(local, rta)]
    if rta is None:
        return None, None, None, state.zh, state.en
    return rta.value, rta.low, rta.high, state.zh, state.en
