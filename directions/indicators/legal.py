"""有效量, 失效量, 失效占比; 驳回 and 撤回 never count as 授权后失效."""

from __future__ import annotations

import polars as pl

from directions.definitions import definition
from directions.facts import Coverage, Indicator, Table, TableColumn, missing_indicator
from directions.indicators import marks
from directions.indicators.building import (
    COUNT,
    SHARE,
    counted,
    known_count,
    make_table,
    missing_table,
    share_of,
)
from directions.study import Study

_KNOWN = pl.col("legal_state").is_not_null()


def in_force(study: Study, patent_type: str = "") -> Indicator:
    """有效量, of one type of patent when one is named."""
    return counted(study, "in_force.count", marks.in_force(), _KNOWN, within=marks.of_type(patent_type))


def in_force_share(study: Study) -> Indicator:
    """有效率: in force of all rights that were granted and whose state is known."""
    return _share(study, "in_force_share.granted", marks.in_force(), _rights(), marks.end_known())


def lapsed(study: Study, patent_type: str = "") -> Indicator:
    """失效量 by the study's 口径: of rights that were granted, or of applications too."""
    kind = marks.of_type(patent_type)
    if study.counting.lapsed == "all":
        return counted(study, "lapsed.all", marks.ended(), _KNOWN, within=kind)
    return counted(study, "lapsed.after_grant", marks.ended_after_grant(), marks.end_known(), within=kind)


def lapse_share(study: Study) -> Indicator:
    """失效占比 by the study's 口径."""
    if study.counting.lapsed == "all":
        return _share(study, "lapse_share.all", marks.ended(), _KNOWN, _KNOWN)
    return _share(study, "lapse_share.after_grant", marks.ended_after_grant(), _rights(), marks.end_known())


def legal_states(study: Study) -> Table:
    """Patents by legal state, lapsed ones by before and after grant, with the two main types."""
    title = ("法律状态构成", "Legal states")
    columns = (
        TableColumn("state", "法律状态", "text", label_en="State"),
        COUNT,
        SHARE,
        TableColumn("invention", "发明", "count", "件", "Inventions"),
        TableColumn("utility", "实用新型", "count", "件", "Utility models"),
    )
    names = ["legal_states.share", "lapsed.after_grant"]
    if lacking := study.lacking("legal_state"):
        return missing_table(study, "legal_states", title, columns, names, lacking)
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
    kept = [line for line in lines if line[1]]
    frame = pl.DataFrame(kept, schema=["state", "count", "invention", "utility"], orient="row")
    frame = frame.with_columns(share=pl.col("count") / known)
    unknown = study.count - known
    note = (f"{unknown}件法律状态未知，不计入占比。", f"{unknown} patents of unknown state are in no share.")
    notes = [note] if unknown else []
    return make_table(study, "legal_states", title, columns, frame, names, known=_KNOWN, notes=notes)


def _rights() -> pl.Expr:
    return marks.in_force() | marks.ended_after_grant()


def _by_type(frame: pl.DataFrame, rows: pl.Expr) -> tuple[int, int, int]:
    types = frame.filter(rows)["patent_type"]
    return len(types), int((types == marks.INVENTION).sum()), int((types == marks.UTILITY).sum())


def _share(study: Study, name: str, part: pl.Expr, whole: pl.Expr, known: pl.Expr) -> Indicator:
    made = definition(name)
    if lacking := study.lacking(*made.needs):
        return missing_indicator(made, lacking, study.count)
    frame = study.patents
    coverage = Coverage(known_count(frame, known), frame.height)
    return share_of(made, known_count(frame, part & whole), known_count(frame, whole), coverage)
