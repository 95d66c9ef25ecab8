"""The words of legal status, in the order in which they decide.

Sources: 专利公报 transaction codes (AV01, CF01, CX01, IW01, RR01 …), the status lists of CNIPR, incoPat and
PatSnap, the case states of 中国及多国专利审查信息查询, Google Patents and lens.org.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from patents.record import EventKind, LegalState


class Rule(NamedTuple):
    """Words (searched in upper-case text without spaces) and what they mean."""

    words: re.Pattern[str]
    state: LegalState
    reason: str | None
    kind: EventKind


def _rule(words: str, state: LegalState, reason: str | None, kind: EventKind) -> Rule:
    return Rule(re.compile(words), state, reason, kind)


RULES: tuple[Rule, ...] = (
    # still alive although a terminal word occurs
    _rule("驳回等复审|驳回.{0,2}复审中|复审请求审查", "审中", None, "实审"),
    _rule("等年费|^年费滞纳", "有效", None, "授权"),
    _rule("届满前|^ACTIVE\\b", "有效", None, "授权"),
    _rule("专利申请.{0,3}恢复|申请权?的?恢复", "审中", None, "恢复"),
    _rule("^权利的?恢复|^专利权的?恢复|^恢复权利|^恢复专利权|REINSTATEMENT", "有效", None, "恢复"),
    # ended
    _rule("重复授[权予]|AVOID REGRANT", "失效", "避免重复授权", "失效"),
    _rule("全部无效|宣告无效|专利权无效(?!宣告)|无效宣告失效|INVALIDATED", "失效", "全部无效", "无效"),
    _rule("全部撤销|专利权的?撤销|撤销专利权|REVOKED", "失效", "全部撤销", "无效"),
    _rule("视为撤回|视撤|DEEMED (TO BE )?WITHDRAW", "失效", "视为撤回", "撤回"),
    _rule("视为放弃|DEEMED ABANDONED", "失效", "视为放弃取得专利权", "撤回"),
    _rule("驳回|REJECT|(?<!REASON FOR )(?<!REASONS FOR )REFUS", "失效", "驳回", "驳回"),
    _rule("主动撤回", "失效", "主动撤回", "撤回"),
    _rule("撤回(?!.{0,4}(优先权|声明|请求))|WITHDRAWN", "失效", "撤回", "撤回"),
    _rule("PCT指定期满|未进入国家", "失效", "PCT指定期满", "撤回"),
    _rule("届满|EXPIRED - LIFETIME|EXPIRY|EXPIRATION", "失效", "期限届满", "失效"),
    _rule("未缴|未交|欠费|年费.{0,4}终止|FEE RELATED|NON-?PAYMENT", "失效", "未缴年费", "失效"),
    _rule("申请.{0,2}终止|分案结案", "失效", "申请终止", "撤回"),
    _rule("权利?的?终止|终止失效|^终止|CEASED|LAPSED?\\b|TERMINATION", "失效", "权利终止", "失效"),
    _rule("主动放弃|放弃专利权|专利权的?放弃|ACTIVELY ABANDONED", "失效", "主动放弃", "失效"),
    _rule("放弃", "失效", "放弃", "失效"),
    _rule(
        "失效|^无权$|^无效$|^无效专利|INACTIVE|NOT ACTIVE|NOT.IN.FORCE|ABANDONED|DISCONTINUED|EXPIRED",
        "失效",
        None,
        "失效",
    ),
    # before grant although a word of grant occurs
    _rule(
        "公告封卷|颁证|年登印|授权通知|授权办登|办理登记|GRANT.{0,40}INTEND|INTENTION TO GRANT",
        "审中",
        None,
        "实审",
    ),
    _rule("PCT指定期内", "审中", None, "公开"),
    # in force
    _rule("部分无效|部分撤销", "有效", None, "无效"),
    _rule("维持|^专利权有效|续展", "有效", None, "授权"),
    _rule("(?<!未)授权|授予|有效|有权|登记公告|GRANT|PATENTED", "有效", None, "授权"),
    _rule("^专利权的?(转移|质押|保全|人)|专利实施许可|专利权质押", "有效", None, "其他"),
    # pending
    _rule(
        "实质?审|审查中|在审|待审|审中|审查|初审|复审|答复|回案|SUBSTANTIVE EXAMINATION|PENDING",
        "审中",
        None,
        "实审",
    ),
    _rule("公开|公布|受理|^(专利)?申请$|^申请中|已申请|^PUBLICATION|PUBLISHED|^FILED$", "审中", None, "公开"),
)

PRE_GRANT_REASONS = frozenset(rule.reason for rule in RULES if rule.kind in ("驳回", "撤回"))
POST_GRANT_REASONS = frozenset(
    rule.reason for rule in RULES if rule.state == "失效" and rule.kind in ("失效", "无效")
) - {None, "放弃"}


def find_rule(words: str) -> Rule | None:
    """The first rule whose words occur; white space does not matter for Chinese."""
    joined = re.sub(r"\s+", " ", words).strip().upper()
    if not joined.isascii():
        joined = joined.replace(" ", "")
    return next((rule for rule in RULES if rule.words.search(joined)), None)
