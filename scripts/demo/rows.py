"""The rows of a PatSnap-like export: one per publication, several values joined by " | ", "-" for nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from scripts.demo.applications import Application
from scripts.demo.deeds import Deed
from scripts.demo.draw import Draws
from scripts.demo.holders import Holder
from scripts.demo.settings import MARK

Cell = str | int
_DEED_WORDS = {"转让": "权利转移", "许可": "许可", "质押": "质押"}
_KIND_WORDS = {
    "企业": "公司",
    "高校": "院校/研究所",
    "科研院所": "院校/研究所",
    "医院": "医院",
    "个人": "个人",
}


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication of an application: what a row is about.

    Attributes:
        granted: whether it is the grant (B, U, S) and not the published application (A).
        serial: running number in the export.
        official: whether the two industry columns are filled in, (GB/T 4754, SEI).
        value, pages: what the portal thinks it is worth, and its length.
    """

    application: Application
    granted: bool
    serial: int
    official: tuple[bool, bool]
    value: int
    pages: int

    @property
    def number(self) -> str:
        """Its publication number."""
        return self.application.granted if self.granted else self.application.published

    @property
    def day(self) -> date:
        """When it was published."""
        life = self.application.life
        day = life.grant if self.granted else life.publication
        assert day is not None
        return day


def publications(applications: Sequence[Application], draws: Draws) -> list[Publication]:
    """All publications, the newest first."""
    found: list[tuple[Application, bool]] = []
    for application in applications:
        found += [(application, False)] if application.published else []
        found += [(application, True)] if application.granted else []
    facts = {a.number: _facts(draws) for a in sorted(applications, key=lambda a: a.number)}
    made = [Publication(a, granted, 0, *facts[a.number]) for a, granted in found]
    made.sort(key=lambda p: (p.day, p.number), reverse=True)
    return [
        Publication(p.application, p.granted, serial, p.official, p.value, p.pages)
        for serial, p in enumerate(made, 1)
    ]


def _facts(draws: Draws) -> tuple[tuple[bool, bool], int, int]:
    value = round(10 ** draws.around(4.2, 0.6, 2.7, 6.5), -2)
    return (draws.chance(0.55), draws.chance(0.5)), int(value), draws.between(5, 19)


def cells(rows: Iterable[Publication]) -> Iterator[tuple[Cell, ...]]:
    """The cells of rows, in the order of `HEADERS`."""
    for row in rows:
        yield tuple("-" if (cell := column(row)) == "" else cell for column in COLUMNS.values())


def _names(names: Iterable[str]) -> str:
    return " | ".join(names)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _current(row: Publication) -> tuple[Holder, ...]:
    return row.application.register.holders or row.application.party.applicants


def _status(row: Publication) -> str:
    application = row.application
    words = [application.life.words]
    words += dict.fromkeys(_DEED_WORDS[deed.kind] for deed in application.register.deeds)
    if application.twin is not None:
        words.append("一案双申")
    return _names(words)


def _history(row: Publication) -> str:
    """Newest first, as INPADOC's triples."""
    return _names(f"{day} | {text} | CN" for day, text in reversed(row.application.life.history))


def _deeds(row: Publication, kind: str) -> list[Deed]:
    return [deed for deed in row.application.register.deeds if deed.kind == kind]


def _deed_columns(
    kind: str, given: str, taken: str, day: str, count: str
) -> dict[str, Callable[[Publication], Cell]]:
    """Four columns of one kind of deed; party by party where there is one on each side."""
    return {
        given: lambda row: _names(name for deed in _deeds(row, kind) for name in deed.given),
        taken: lambda row: _names(name for deed in _deeds(row, kind) for name in deed.taken),
        day: lambda row: _names(_day(deed.day) for deed in _deeds(row, kind)),
        count: lambda row: len(_deeds(row, kind)),
    }


def _region(row: Publication, part: str) -> str:
    place = row.application.party.applicants[0].place
    return str(getattr(place, part)) if place else ""


def _reports(row: Publication) -> bool:
    """Citations stand on the last publication of an application."""
    return row.granted or not row.application.granted


def _cites(row: Publication) -> str:
    return _names(
        f"{cited.publications[0]}({letter})" for cited, letter in row.application.cites if _reports(row)
    )


def _cited_by(row: Publication) -> str:
    return _names(other.publications[-1] for other in _citing(row))


def _citing(row: Publication) -> list[Application]:
    """Documents cite the first publication."""
    first = row.number == row.application.publications[0]
    return sorted(row.application.cited_by, key=lambda a: a.number) if first else []


def _cited_within(row: Publication, years: int) -> int:
    start = row.day
    return sum((other.life.filing - start).days <= 365 * years for other in _citing(row))


def _claim(row: Publication) -> str:
    draft = row.application.draft
    return draft.granted_claim if row.granted and row.application.published else draft.claim


def _claim_count(row: Publication) -> int:
    """A grant often has a claim or two less."""
    count = row.application.draft.claim_count
    return max(1, count - row.pages % 3) if count and row.granted and row.application.published else count


def _type_words(row: Publication) -> str:
    if row.application.patent_type == "发明":
        return "授权发明" if row.granted else "发明申请"
    return row.application.patent_type


def _family(row: Publication) -> tuple[str, ...]:
    pct = row.application.pct_numbers[1].replace("/", "")
    return (*row.application.publications, *((f"{pct}A1",) if pct else ()))


def _priority(row: Publication, place: int) -> str:
    priority = row.application.priority
    return "" if priority is None else (priority[0] if place == 0 else _day(priority[1]))


def _sei(row: Publication) -> str:
    return row.application.topic.sei if row.official[1] and row.application.classes else ""


def _gb4754(row: Publication) -> str:
    return row.application.topic.gb4754 if row.official[0] else ""


def _last_event(row: Publication) -> str:
    life = row.application.life
    days = [day for day, _ in life.history] + [deed.day for deed in row.application.register.deeds]
    return _day(max(days))


def _remark(row: Publication) -> str:
    return f"{MARK} | {row.application.topic.industry} | {row.application.topic.name}"


COLUMNS: dict[str, Callable[[Publication], Cell]] = {
    "序号": lambda row: row.serial,
    "公开(公告)号": lambda row: row.number,
    "申请号": lambda row: row.application.number,
    "标题": lambda row: row.application.draft.title,
    "摘要": lambda row: row.application.draft.abstract,
    "首项权利要求": _claim,
    "权利要求数量": _claim_count,
    "文献页数": lambda row: row.pages,
    "专利类型": _type_words,
    "受理局": lambda row: "中国",
    "申请日": lambda row: _day(row.application.life.filing),
    "公开(公告)日": lambda row: _day(row.day),
    "实质审查生效日": lambda row: _day(row.application.life.examination),
    "授权日": lambda row: _day(row.application.life.grant) if row.granted else "",
    "失效日": lambda row: _day(row.application.life.lapse),
    "预估到期日": lambda row: _day(row.application.life.expiry),
    "法律状态/事件": _status,
    "简单法律状态": lambda row: row.application.life.state,
    "法律状态更新日": _last_event,
    "INPADOC法律状态": _history,
    "IPC主分类号": lambda row: row.application.classes[0] if row.application.classes else "",
    "IPC分类号": lambda row: _names(row.application.classes),
    "LOC分类号": lambda row: row.application.locarno,
    "战略新兴产业分类": _sei,
    "国民经济行业分类号": _gb4754,
    "原始申请(专利权)人": lambda row: _names(a.name for a in row.application.party.applicants),
    "[标]原始申请(专利权)人": lambda row: _names(a.name for a in row.application.party.applicants),
    "[标]原始申请(专利权)人类型": lambda row: _names(
        _KIND_WORDS.get(a.kind, "其他") for a in row.application.party.applicants
    ),
    "原始申请(专利权)人地址": lambda row: row.application.party.applicants[0].address,
    "原始申请(专利权)人州/省": lambda row: _region(row, "province"),
    "原始申请(专利权)人地市": lambda row: _region(row, "city"),
    "原始申请(专利权)人区县": lambda row: _region(row, "county"),
    "当前申请(专利权)人": lambda row: _names(a.name for a in _current(row)),
    "[标]当前申请(专利权)人": lambda row: _names(a.name for a in _current(row)),
    "当前申请(专利权)人数量": lambda row: len(_current(row)),
    "发明人": lambda row: _names(row.application.party.inventors),
    "发明人数量": lambda row: len(row.application.party.inventors),
    "代理机构": lambda row: row.application.party.agency,
    "代理人": lambda row: _names(row.application.party.agents),
    "审查员": lambda row: row.application.examiner if row.granted else "",
    "引用专利": _cites,
    "引用专利数量": lambda row: len(row.application.cites) if _reports(row) else 0,
    "被引用专利": _cited_by,
    "被引用专利数量": lambda row: len(_citing(row)),
    "3年内被引用次数": lambda row: _cited_within(row, 3),
    "5年内被引用次数": lambda row: _cited_within(row, 5),
    **_deed_columns("转让", "转让人", "受让人", "权利转移生效日", "权利转移次数"),
    **_deed_columns("许可", "许可人", "被许可人", "许可生效日", "许可次数"),
    **_deed_columns("质押", "质押人", "质权人", "质押生效日", "质押次数"),
    "优先权号": lambda row: _priority(row, 0),
    "优先权日": lambda row: _priority(row, 1),
    "PCT国际申请号": lambda row: row.application.pct_numbers[0],
    "PCT国际公布号": lambda row: row.application.pct_numbers[1],
    "PCT进入国家阶段日": lambda row: _day(row.application.pct_entry),
    "简单同族编号": lambda row: row.application.family,
    "简单同族": lambda row: _names(_family(row)),
    "简单同族专利申请数量": lambda row: 2 if row.application.pct_entry else 1,
    "一案双申": lambda row: row.application.twin.number if row.application.twin else "",
    "专利价值": lambda row: row.value,
    "备注": _remark,
}
HEADERS: tuple[str, ...] = tuple(COLUMNS)
