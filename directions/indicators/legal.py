"""有效量, 失效量, 失效占比; 驳回 and 撤回 never count as 授权后失效."""

from __future__ import annotations

import polars as pl

from directions.facts import Coverage, TableColumn
from directions.indicators import marks
from directions.indicators.counts import COUNT, SHARE, known_count
from directions.indicators.declaration import Rows, Value, indicator, table
from directions.indicators.filings import TYPES
from directions.indicators.shares import counted, share
from directions.study import Study
from patents.bilingual import NO_TEXT, Text

_KNOWN = pl.col("legal_state").is_not_null()


@indicator("in_force.count", within=marks.of_type)
def in_force(study: Study, patent_type: str = "") -> Value:
    """有效量, of one type of patent when one is named."""
    return counted(study, marks.in_force(), _KNOWN, marks.of_type(patent_type))


@indicator("in_force_share.granted")
def in_force_share(study: Study) -> Value:
    """有效率: in force of all rights that were granted and whose state is known."""
    return _share(study, marks.in_force(), _rights(), marks.end_known())


@indicator("lapsed.{lapsed}", within=marks.of_type)
def lapsed(study: Study, patent_type: str = "") -> Value:
    """失效量 by the study's 口径: of rights that were granted, or of applications too."""
    within = marks.of_type(patent_type)
    if study.counting.lapsed == "all":
        return counted(study, marks.ended(), _KNOWN, within)
    return counted(study, marks.ended_after_grant(), marks.end_known(), within)


@indicator("lapse_share.{lapsed}")
def lapse_share(study: Study) -> Value:
    """失效占比 by the study's 口径."""
    if study.counting.lapsed == "all":
        return _share(study, marks.ended(), _KNOWN, _KNOWN)
    return _share(study, marks.ended_after_grant(), _rights(), marks.end_known())


@table(
    id="legal_states",
    title=Text("法律状态构成", "Legal states"),
    columns=(
        TableColumn("state", Text("法律状态", "State")),
        COUNT,
        SHARE,
        TYPES[marks.INVENTION],
        TYPES[marks.UTILITY],
    ),
    definitions=("legal_states.share", "lapsed.after_grant"),
    needs=("legal_state",),
)
def legal_states(study: Study) -> Rows:
    """Patents by legal state, lapsed ones by before and after grant, with the two main types."""
    unclear = marks.ended() & ~marks.ended_after_grant() & ~marks.ended_before_grant()
    states = (
        ("有效", marks.in_force()),
        ("审中", marks.pending()),
        ("失效（授权后）", marks.ended_after_grant()),
        ("失效（授权前）", marks.ended_before_grant()),
        ("失效（是否授权不明）", unclear),
    )
    known = known_count(study.patents, _KNOWN)
    lines = [(label, *_by_type(study.patents, rows)) for label, rows in states]
    shown = [line for line in lines if line[1]]
    frame = pl.DataFrame(shown, schema=["state", "count", "invention", "utility"], orient="row")
    frame = frame.with_columns(share=pl.col("count") / known)
    unknown = study.count - known
    note = Text(
        f"{unknown}件法律状态未知，不计入占比。",
        f"{unknown} patents whose state is unknown are left out of the shares.",
    )
    return Rows(frame, _KNOWN, (note if unknown else NO_TEXT,))


def _rights() -> pl.Expr:
    return marks.in_force() | marks.ended_after_grant()


def _by_type(frame: pl.DataFrame, rows: pl.Expr) -> tuple[int, int, int]:
    types = frame.filter(rows)["patent_type"]
    return len(types), int((types == marks.INVENTION).sum()), int((types == marks.UTILITY).sum())


def _share(study: Study, part: pl.Expr, whole: pl.Expr, known: pl.Expr) -> Value:
    frame = study.patents
    coverage = Coverage(known_count(frame, known), frame.height)
    return share(known_count(frame, part & whole), known_count(frame, whole), coverage)
