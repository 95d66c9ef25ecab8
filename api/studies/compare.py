"""Two or more sides of one library side by side: regions, applicants, periods, industries, or any 检索式."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl
import pyarrow.compute as pc

from api.live.snapshot import LiveSnapshot
from api.selections.choosing import choose
from api.studies.chain_shapes import CompareAnswer, Language, SideFacts
from api.studies.industries import read_period
from api.studies.shown_chapter import shown_chapter
from api.studies.study import home_query, study_of
from api.themes.counting import industries
from directions.chapters.compare import chapter
from directions.counting import Counting
from directions.facts import Chapter
from directions.study import PLANS, Period, Study
from patents.errors import InputError, NotFoundError

#: Tables grow too wide beyond.
MOST_SIDES = 6
_PROVINCE, _CITY = "province", "city"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a comparison.

    Attributes:
        title: as printed.
        query: 检索式; empty for every patent.
        period: only patents of these years, by the date that counts; None for all.
    """

    title: str
    query: str
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Sides with their figures.

    Attributes:
        sides: as they were read.
        studies: one a side.
        chapter: tables and figures.
    """

    sides: tuple[Side, ...]
    studies: tuple[Study, ...]
    chapter: Chapter

    def answer(self, language: Language) -> CompareAnswer:
        """What is shown of them."""
        shown = shown_chapter(self.chapter, self.studies[0], language)
        return CompareAnswer(sides=self.facts(), chapter=shown)

    def facts(self) -> list[SideFacts]:
        """Title, 检索式, years and size of every side."""
        return [
            SideFacts(
                title=study.title,
                query=study.query,
                period="" if side.period is None else f"{side.period.first}—{side.period.last}",
                count=study.count,
            )
            for side, study in zip(self.sides, self.studies, strict=True)
        ]


def compare(
    live: LiveSnapshot, named: Sequence[str], where: str = "", *, counting: Counting | None = None
) -> Compared:
    """Put sides next to each other.

    Args:
        live: the snapshot.
        named: two to six sides: a 检索式, a region (`贵州省`, `广东省/东莞市`), an industry, a plan or a
            period (`十三五`, `2011-2015`), or an applicant; `标题::检索式` gives a title.
        where: 检索式 that narrows all sides.
        counting: 口径 of all sides.

    Raises:
        InputError: fewer than two sides or more than six.
        NotFoundError: a side is nothing that this library knows.
        QueryError: a 检索式 is wrong.
    """
    if not 2 <= len(named) <= MOST_SIDES:
        raise InputError("compare-number-of-sides", count=len(named), most=MOST_SIDES)
    sides = tuple(side_of(live, side) for side in named)
    meant = {(side.query, side.period and (side.period.first, side.period.last)) for side in sides}
    if len(meant) < len(sides):
        raise InputError("compare-side-twice")
    studies = tuple(_study(live, side, where, counting) for side in sides)
    return Compared(sides=sides, studies=studies, chapter=chapter(studies))


def side_of(live: LiveSnapshot, named: str) -> Side:
    """Read one side.

    Raises:
        NotFoundError: it is nothing that this library knows.
    """
    title, sign, query = named.partition("::")
    if sign:
        return Side(title=title.strip() or query.strip(), query=query.strip())
    text = named.strip()
    if "=" in text or ":" in text or text == "*":
        return Side(title="全库" if text == "*" else text, query=text)
    side = _as_period(text) or _as_industry(live, text) or _as_region(live, text)
    side = side or _as_applicant(live, text)
    if side is None:
        raise NotFoundError("compare-side-unknown", name=text)
    return side


def _as_period(text: str) -> Side | None:
    plan = next((plan for plan in PLANS if plan.name == text), None)
    try:
        period = plan or read_period(text)
    except InputError:
        return None
    return None if period is None else Side(title=period.label, query="", period=period)


def _as_industry(live: LiveSnapshot, text: str) -> Side | None:
    known = {industry.name for industry in industries(live) if industry.count}
    return Side(title=text, query=f'INDUSTRY="{text}"') if text in known else None


def _as_region(live: LiveSnapshot, text: str) -> Side | None:
    province, _, city = text.partition("/")
    if city:
        known = province in _values(live, _PROVINCE) and city in _values(live, _CITY)
        return Side(title=city, query=home_query(text)) if known else None
    if text in _values(live, _PROVINCE):
        return Side(title=text, query=home_query(text))
    return Side(title=text, query=f'CITY="{text}"') if text in _values(live, _CITY) else None


def _values(live: LiveSnapshot, column: str) -> frozenset[str]:
    return frozenset(map(str, pc.unique(live.table.column(column)).drop_null().to_pylist()))


def _as_applicant(live: LiveSnapshot, text: str) -> Side | None:
    """An applicant or a group of them; TREE@ unites the members."""
    if len(text) < 2 or '"' in text:
        return None
    query = f'AP=(TREE@"{text}")'

    return Side(title=text, query=query) if choose(live, query).selection.count else None


def _study(live: LiveSnapshot, side: Side, where: str, counting: Counting | None) -> Study:
    query = f"({side.query}) and ({where})" if side.query and where else side.query or where
    study = study_of(live, query, title=side.title, counting=counting)
    if side.period is None:
        return study
    inside = study.of(pl.col("year").is_between(side.period.first, side.period.last))
    if inside.patents.is_empty():
        raise InputError("compare-side-empty", title=side.title)
    return replace(inside, period=side.period)
