"""What a row says about its patent: granted, in force, lapsed, operated; expressions over `Study.patents`."""

from __future__ import annotations

import polars as pl

from patents.legal_words import POST_GRANT_REASONS, PRE_GRANT_REASONS

INVENTION, UTILITY, DESIGN = "发明", "实用新型", "外观设计"
_AFTER = sorted(reason for reason in POST_GRANT_REASONS if reason)
_BEFORE = sorted(reason for reason in PRE_GRANT_REASONS if reason)


def granted() -> pl.Expr:
    """Whether the patent was ever granted: a grant date or number, or a state that only a grant leads to."""
    return (
        pl.col("grant_date").is_not_null()
        | (pl.col("grant_number").fill_null("") != "")
        | in_force()
        | pl.col("lapse_reason").is_in(_AFTER).fill_null(False)
    )


def grant_known() -> pl.Expr:
    """Whether it is known if the patent was granted: it was, or its legal state is known."""
    return granted() | pl.col("legal_state").is_not_null()


def in_force() -> pl.Expr:
    """有效."""
    return (pl.col("legal_state") == "有效").fill_null(False)


def pending() -> pl.Expr:
    """审中."""
    return (pl.col("legal_state") == "审中").fill_null(False)


def ended() -> pl.Expr:
    """失效, before or after grant."""
    return (pl.col("legal_state") == "失效").fill_null(False)


def ended_after_grant() -> pl.Expr:
    """授权后失效: ended, not for a reason that ends an application, and granted.

    The reason comes first: 驳回 and 撤回 are not lapses of a right whatever else the row says.
    """
    return ended() & ~pl.col("lapse_reason").is_in(_BEFORE).fill_null(False) & granted()


def ended_before_grant() -> pl.Expr:
    """Ended as an application: 驳回, 撤回, 视为撤回 … ."""
    return ended() & pl.col("lapse_reason").is_in(_BEFORE).fill_null(False)


def end_known() -> pl.Expr:
    """Whether it is known if a right lapsed: not ended, or ended plainly before or after grant."""
    return (pl.col("legal_state").is_not_null()) & (~ended() | ended_after_grant() | ended_before_grant())


def of_type(patent_type: str) -> pl.Expr:
    """Patents of one type; all when empty."""
    if not patent_type:
        return pl.col("key").is_not_null()
    return (pl.col("patent_type") == patent_type).fill_null(False)
