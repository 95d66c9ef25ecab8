"""Histories of legal status (法律状态信息, 法律事件) → dated events with their parties."""

from __future__ import annotations

import re
from datetime import date

from patents.applicants import split_names
from patents.dates import parse_date
from patents.errors import DateError
from patents.half_width import fold, is_empty_mark, tidy_lines
from patents.legal_words import find_rule
from patents.record import EventKind, LegalEvent

_DAY = r"(?:19|20)\d{2}(?:\d{4}|\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}日?)"
# The day that opens an entry: at the start, after a separator, or labelled as the day of the gazette.
_START = re.compile(
    rf"(?:^|[|;。#\n\[\]]|(?<=[;|\n])\s)\s*(?:(?:法律状态|状态|事件|法律事件)?(?:公告)?(?:日期?|时间)[:：]\s*)?({_DAY})(?![\d年])\s*"
)
_LABELS = re.compile(r"(?:当前)?法律状态(?:信息|类型)?:|描述信息:|(?:法律)?事件:|内容:")
_INPADOC_END = re.compile(r"\s*\|\s*[A-Z]{2}\s*\|?\s*$")
_DETAIL = re.compile(
    r"IPC\(主分类\)|变更事项|变更前|变更后|登记生效日|申请日|授权公告日|合同备案号|登记号|;|:"
)
_PARTY = re.compile(
    r"(变更事项|变更前[^:;，,。]{0,8}|变更后[^:;，,。]{0,8}|让与人|受让人|许可人|被许可人|出质人|质权人)\s*:\s*([^;。\n]*)"
)
_FROM = ("变更前", "让与人", "许可人", "出质人")
_NO_PARTY = re.compile("地址|邮编|国籍|代理|联系人|发明人|设计人")

_DEEDS: tuple[tuple[str, EventKind], ...] = (
    ("(质押|许可|保全).{0,8}(注销|解除|变更|终止)|CANCELLATION OF", "变更"),
    ("转移|转让|TRANSFER|ASSIGNMENT", "转让"),
    ("质押|出质|PLEDGE", "质押"),
    ("许可|LICEN[CS]", "许可"),
    ("无效程序|无效宣告请求|无效审查|口头审理|口审", "无效"),
    ("变更|更正|CHANGE (OF|IN)|CORRECTION", "变更"),
    ("^(FEE PAYMENT|RECEIPT OF ANNUAL|FIRST PAYMENT)|GRANT OR REJECTION", "其他"),
    ("保全|复审|诉讼|一案双申|文件的公告送达", "其他"),
)
_KINDS = tuple((re.compile(words), kind) for words, kind in _DEEDS)


def parse_events(text: str) -> tuple[LegalEvent, ...]:
    """Read the legal history of a patent.

    Understands the histories of CNIPR ("2012.05.30 公开" by line, or blocks of
    "法律状态公告日：…;法律状态：…;描述信息：…" with their parties), INPADOC as PatSnap prints it
    ("2022-07-05 | +PATENT GRANT | CN | …"), and PatSnap's undated "授权 | 质押 | 权利转移".
    A status without a date is no event; a transfer, licence or pledge without one is.

    Returns:
        Events by date, those without date last; duplicates once.
    """
    if is_empty_mark(text):
        return ()
    folded = tidy_lines(fold(text))
    starts = starts_of_entries(folded)
    events = _undated(folded) if not starts else _dated(folded, starts)
    return tuple(sorted(dict.fromkeys(events), key=lambda event: event.date or date.max))


def starts_of_entries(folded: str) -> list[re.Match[str]]:
    """Matches of the days that open an entry; group 1 is the day."""
    return list(_START.finditer(folded))


def _undated(folded: str) -> list[LegalEvent]:
    words = [part.strip() for part in re.split(r"[|;\n]", folded)]
    found = [(_kind_of_deed(word), word) for word in words if word]
    return [LegalEvent(kind=kind, text=word) for kind, word in found if kind]


def _dated(folded: str, starts: list[re.Match[str]]) -> list[LegalEvent]:
    events = []
    ends = [start.start() for start in starts[1:]] + [len(folded)]
    for start, end in zip(starts, ends, strict=True):
        try:
            day = parse_date(start[1].replace(" ", ""))
        except DateError:
            day = None
        words = _words(folded[start.end() : end])
        if words:
            events.append(_event(words, day))
    return events


def _words(entry: str) -> str:
    entry = _INPADOC_END.sub("", entry)
    entry = _LABELS.sub("", entry).replace("\n", "").strip(" |;,#+-:[]。\t\n")
    heading, _, description = entry.partition(";")
    return description if heading and description.startswith(heading) else entry


def _event(words: str, day: date | None) -> LegalEvent:
    given, received = _parties(words)
    return LegalEvent(kind=_kind(words), date=day, parties_from=given, parties_to=received, text=words)


def _kind(words: str) -> EventKind:
    heading = _DETAIL.split(words, maxsplit=1)[0] or words
    kind = _kind_of_deed(heading)
    if kind:
        return kind
    rule = find_rule(words)
    return rule.kind if rule else "其他"


def _kind_of_deed(words: str) -> EventKind | None:
    upper = words.upper()
    return next((kind for pattern, kind in _KINDS if pattern.search(upper)), None)


def _parties(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    given: dict[str, None] = {}
    received: dict[str, None] = {}
    item = ""
    for label, value in _PARTY.findall(words):
        if label == "变更事项":
            item = value
        elif not _NO_PARTY.search(item + label):
            side = given if label.startswith(_FROM) else received
            side.update(dict.fromkeys(split_names(value)))
    return tuple(given), tuple(received)
