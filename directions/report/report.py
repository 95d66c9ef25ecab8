"""What a report consists of: a cover with the 口径, a part for the whole, a part for each industry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from directions.chapters import CHAPTERS, Scope, make_chapters
from directions.facts import Chapter, Table
from directions.report.cover import counting_table, coverage_table, definitions_table, scope_table
from directions.study import Study
from patents.bilingual import NO_TEXT, Language, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One study in a report.

    Attributes:
        title: heading; empty where the report has a single part.
        study: that it is about.
        chapters: in order.
    """

    title: Text
    study: Study
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that is printed, whatever the format.

    Attributes:
        title: on the cover.
        language: of the report.
        study: the whole.
        cover: tables of the first pages: scope with 检索式 and dates, 口径, coverage of the columns used.
        parts: the whole first.
        appendix: definitions of all numbers.
        synthetic: whether the patents are made up, which the cover then says.
    """

    title: str
    language: Language
    study: Study
    cover: tuple[Table, ...]
    parts: tuple[Part, ...]
    appendix: tuple[Table, ...]
    synthetic: bool = False


def make_report(
    whole: Study,
    parts: Sequence[Study] = (),
    *,
    scope: Scope | None = None,
    language: Language = "zh",
    chapters: Sequence[str] = (),
    more: Sequence[Chapter] = (),
) -> Report:
    """Compose a report.

    Args:
        whole: the study of everything.
        parts: one study for each industry.
        scope: scheme of the industries.
        language: of the report.
        chapters: ids of those wanted; all when empty.
        more: chapters made elsewhere (a chain), put behind those of the whole.

    Raises:
        NotFoundError: there is no chapter of one of the names.
    """
    known = scope or Scope()
    inner = replace(known, part=True)
    whole_only = {kind.id for kind in CHAPTERS if not kind.in_parts}
    wanted = tuple(name for name in chapters if name not in whole_only)
    made = [
        Part(
            title=Text("总体", "All industries") if parts else NO_TEXT,
            study=whole,
            chapters=(*make_chapters(whole, known, chapters), *more),
        ),
        *(
            Part(title=Text.same(study.title), study=study, chapters=make_chapters(study, inner, wanted))
            for study in parts
        ),
    ]
    shown = list(tables(made))
    definitions = tuple(dict.fromkeys(definition for table in shown for definition in table.definitions))
    return Report(
        title=whole.title,
        language=language,
        study=whole,
        cover=(scope_table(whole, parts), counting_table(whole.counting), coverage_table(whole, definitions)),
        parts=tuple(made),
        appendix=(definitions_table(definitions),),
        synthetic=is_synthetic(whole),
    )


def tables(parts: Sequence[Part]) -> Iterator[Table]:
    """All tables of some parts, those behind figures too."""
    for part in parts:
        for chapter in part.chapters:
            yield from _of(chapter)


def _of(chapter: Chapter) -> Iterator[Table]:
    yield from chapter.tables
    yield from (figure.table for figure in chapter.figures)
    for inner in chapter.chapters:
        yield from _of(inner)


def is_synthetic(study: Study) -> bool:
    """Whether the patents come from `scripts/make_demo.py`: their serials were never issued.

    Application numbers of the demonstration have serials from 9,000,000 on; an office that counts upwards
    within a year never came near.
    """
    numbers = study.patents["application_number"].drop_nulls().head(200)
    if numbers.is_empty():
        return False
    return bool(numbers.str.contains(r"^(?:CN|ZL)?\d{4}[1-9]9\d{6}(?:\.|$)").all())
