"""Legal status (法律状态) as portals word it → 有效, 失效, 审中 or 未知, and why.

Terminal words are looked for first: 避免重复授权 contains 授权, 专利权有效期届满 contains 有效. What ended
before grant (驳回, 撤回, 视为撤回, 视为放弃取得专利权) never counts as 授权后失效. An empty status is
未知, never 失效.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from patents.half_width import fold, is_empty_mark, tidy_lines
from patents.legal_events import parse_events, starts_of_entries
from patents.legal_words import POST_GRANT_REASONS, PRE_GRANT_REASONS, find_rule
from patents.record import EventKind, LegalEvent, LegalState, PatentRecord

__all__ = ["LegalStatus", "classify_status", "ended_after_grant", "parse_events", "status_after"]


@dataclass(frozen=True, slots=True)
class LegalStatus:
    """Where a patent stands.

    Attributes:
        state: 有效, 失效, 审中 or 未知.
        reason: why it is 失效: 未缴年费, 期限届满, 主动放弃, 避免重复授权, 全部无效, 驳回, 视为撤回 …;
            None when it is not, or when no reason is known.
        kind: the step that led here; 其他 where the text does not tell.
        after_grant: whether a granted right ended (授权后失效); None unless 失效, and where no reason
            tells.
        since: the day of that step, when the text is a history with dates.
    """

    state: LegalState = "未知"
    reason: str | None = None
    kind: EventKind = "其他"
    after_grant: bool | None = None
    since: date | None = None


UNKNOWN = LegalStatus()
_LONGEST = 20_000  # characters; no history is longer, and a megabyte of junk must not hold an import up


def classify_status(text: str) -> LegalStatus:
    """Classify one status cell.

    Understands the words of CNIPA, CNIPR, incoPat, PatSnap ("授权 | 权利转移"), CNKI, Google Patents
    and lens.org, and whole histories with dates, of which the last step counts.

    Returns:
        The status; 未知 for an empty cell and for words that are not known.
    """
    return UNKNOWN if is_empty_mark(text) else _classify(text[:_LONGEST])


@lru_cache(maxsize=16384)
def _classify(text: str) -> LegalStatus:
    folded = tidy_lines(fold(text))
    if len(starts_of_entries(folded)) > 1:
        status = status_after(parse_events(text))
        if status.state != "未知":
            return status
    parts = folded.split("|") if "|" in folded else [folded]
    known = (status for status in map(_of_words, dict.fromkeys(parts)) if status.state != "未知")
    return next(known, UNKNOWN)


def _of_words(words: str) -> LegalStatus:
    rule = find_rule(words)
    if rule is None:
        return UNKNOWN
    return LegalStatus(rule.state, rule.reason, rule.kind, _is_after_grant(rule.reason))


def _is_after_grant(reason: str | None) -> bool | None:
    if reason in PRE_GRANT_REASONS:
        return False
    return True if reason in POST_GRANT_REASONS else None


def status_after(events: Iterable[LegalEvent]) -> LegalStatus:
    """The status that a history leads to; events without date are passed over.

    A restored right (恢复) is 有效 again after a grant, 审中 before. Transfers, licences and pledges
    change nothing. A right that lapsed had been granted, also where the history does not say so.
    """
    status, granted = UNKNOWN, False
    for event in sorted((e for e in events if e.date), key=lambda e: e.date or date.min):
        step = _step(event, granted)
        if step.state != "未知":
            status = step
        granted = granted or event.kind == "授权" or bool(step.after_grant)
    return status


def _step(event: LegalEvent, granted: bool) -> LegalStatus:
    if event.kind in ("转让", "许可", "质押", "变更", "其他"):
        return UNKNOWN
    if event.kind == "恢复":
        return LegalStatus("有效" if granted else "审中", None, "恢复", None, event.date)
    status = _of_words(event.text)
    return LegalStatus(status.state, status.reason, status.kind, status.after_grant, event.date)


def ended_after_grant(record: PatentRecord) -> bool | None:
    """Whether a granted right ended (授权后失效).

    Returns:
        False for a living patent and for one that ended before grant; None for a 失效 of which
        neither the reason nor a grant tells.
    """
    if record.legal_state != "失效":
        return False
    after = _is_after_grant(record.lapse_reason)
    if after is None and (record.grant_number or record.grant_date):
        return True
    return after
