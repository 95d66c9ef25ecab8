"""The chapters of a report, in order: for the whole study and, in short, for each industry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

import polars as pl

from directions.chapters import (
    applicants,
    effects,
    growth,
    industries,
    ipc,
    legal,
    operation,
    overview,
    quality,
    regions,
    themes,
)
from directions.facts import Chapter
from directions.indicators.facts_file import Facts
from directions.study import Study
from patents.bilingual import Text
from patents.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class Scope:
    """What chapters need to know besides the study.

    Attributes:
        scheme: of the industries, as in `provincial`; empty when none are asked for.
        industries: names in order of print; all of the scheme when empty.
        part: whether the study is one industry of a report, which leaves out comparisons of industries.
        facts: population and revenue of regions, persons employed by industry, from the user's file.
        mined: effects of the study's patents or more, see `directions.effects.mine_effects`; mined when None.
    """

    scheme: str = ""
    industries: tuple[str, ...] = ()
    part: bool = False
    facts: Facts | None = None
    mined: pl.DataFrame | None = None


@dataclass(frozen=True, slots=True)
class ChapterKind:
    """A chapter that reports may have.

    Attributes:
        id: as in `growth`.
        title: of the chapter.
        make: composes it.
        in_parts: whether the parts for single industries have it too.
    """

    id: str
    title: Text
    make: Callable[[Study, Scope], Chapter]
    in_parts: bool = True


def _plain(make: Callable[[Study], Chapter]) -> Callable[[Study, Scope], Chapter]:
    return lambda study, _: make(study)


CHAPTERS: tuple[ChapterKind, ...] = (
    ChapterKind("overview", Text("总体情况", "Overview"), _plain(overview.chapter)),
    ChapterKind("growth", Text("增长趋势", "Growth"), _plain(growth.chapter)),
    ChapterKind(
        "industries",
        Text("产业分布", "Industries"),
        lambda study, scope: industries.chapter(study, scope.scheme, scope.industries, scope.facts),
        in_parts=False,
    ),
    ChapterKind("ipc", Text("技术分布", "Technologies (IPC)"), _plain(ipc.chapter)),
    ChapterKind("applicants", Text("申请人", "Applicants"), _plain(applicants.chapter)),
    ChapterKind(
        "regions", Text("地区分布", "Regions"), lambda study, scope: regions.chapter(study, scope.facts)
    ),
    ChapterKind("legal", Text("法律状态与维持", "Legal state and maintenance"), _plain(legal.chapter)),
    ChapterKind("operation", Text("专利运营", "Operation"), _plain(operation.chapter)),
    ChapterKind("quality", Text("专利质量", "Quality"), _plain(quality.chapter)),
    ChapterKind("themes", Text("技术方向", "Themes and directions"), _plain(themes.chapter)),
    ChapterKind(
        "effects",
        Text("技术功效", "Technical effects"),
        lambda study, scope: effects.chapter(study, scope.mined),
    ),
)


def make_chapter(name: str, study: Study, scope: Scope | None = None) -> Chapter:
    """Compose one chapter.

    Raises:
        NotFoundError: there is no chapter of that name; the message names the nearest.
    """
    for kind in CHAPTERS:
        if kind.id == name:
            return kind.make(study, scope or Scope())
    known = [kind.id for kind in CHAPTERS]
    near = get_close_matches(name, known, n=1, cutoff=0.4)
    raise NotFoundError("chapter-not-found", name=name, names=near[0] if near else "、".join(known))


def make_chapters(study: Study, scope: Scope, names: Sequence[str] = ()) -> tuple[Chapter, ...]:
    """Compose the chapters of a report.

    Args:
        study: what is counted.
        scope: of industries; `part` leaves out what only the whole has.
        names: chapters wanted; all when empty.

    Raises:
        NotFoundError: there is no chapter of one of the names.
    """
    wanted = names or tuple(kind.id for kind in CHAPTERS if kind.in_parts or not scope.part)
    made = (make_chapter(name, study, scope) for name in wanted)
    return tuple(_in_short(chapter) if scope.part else chapter for chapter in made)


def _in_short(chapter: Chapter) -> Chapter:
    """A chapter with the figures only that parts draw."""
    return replace(
        chapter,
        figures=tuple(figure for figure in chapter.figures if figure.in_parts),
        chapters=tuple(_in_short(inner) for inner in chapter.chapters),
    )
