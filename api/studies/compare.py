"""Two or more sides of one library side by side: regions, applicants, periods, industries, or any 检索式."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.studies.industries import read_period
from api.studies.study import home_query, study_of
from api.themes.counting import industries
from patents.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from api.live.snapshot import LiveSnapshot
    from directions.counting import Counting
    from directions.facts import Chapter
    from directions.study import Period, Study

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


@dataclass(frozen=True, slots=True, kw_only=True)
class SideFacts:
    """A side as it was read: its title, its 检索式 with `where`, its years, its patents."""

    title: str
    query: str
    period: str
    count: int


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
    from directions.chapters.compare import chapter

    if not 2 <= len(named) <= MOST_SIDES:
        raise InputError(
            f"{len(named)} sides cannot be compared", help=f"name two to {MOST_SIDES}: regions, applicants …"
        )
    sides = tuple(side_of(live, one) for one in named)
    meant = {(side.query, side.period and (side.period.first, side.period.last)) for side in sides}
    if len(meant) < len(sides):
        raise InputError("a side is named twice", help="name each side once; sides differ in what they mean")
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
    found = _as_period(text) or _as_industry(live, text) or _as_region(live, text)
    found = found or _as_applicant(live, text)
    if found is None:
        raise NotFoundError(
            f"{text!r} is no region, industry, period or applicant of this library",
            help="write a 检索式, as 标题::AP=(名称)",
        )
    return found


def _as_period(text: str) -> Side | None:
    from directions.study import PLANS

    plan = next((plan for plan in PLANS if plan.name == text), None)
    try:
        period = plan or read_period(text)
    except InputError:
        return None
    return None if period is None else Side(title=period.label, query="", period=period)


def _as_industry(live: LiveSnapshot, text: str) -> Side | None:
    known = {one.name for one in industries(live) if one.count}
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
    import pyarrow.compute as pc

    return frozenset(map(str, pc.unique(live.table.column(column)).drop_null().to_pylist()))


def _as_applicant(live: LiveSnapshot, text: str) -> Side | None:
    """An applicant or a group of them; TREE@ unites the members."""
    if len(text) < 2 or '"' in text:
        return None
    query = f'AP=(TREE@"{text}")'
    from api.selections.choosing import choose

    return Side(title=text, query=query) if choose(live, query).selection.count else None


def _study(live: LiveSnapshot, side: Side, where: str, counting: Counting | None) -> Study:
    import polars as pl

    query = f"({side.query}) and ({where})" if side.query and where else side.query or where
    study = study_of(live, query, title=side.title, counting=counting)
    if side.period is None:
        return study
    inside = study.of(pl.col("year").is_between(side.period.first, side.period.last))
    if inside.patents.is_empty():
        raise InputError(f"{side.title}: no patent in these years", help="widen the period")
    return replace(inside, period=side.period)
