"""Chapters, tables and figures of a study, one at a time, and as files for download."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, TypeVar

from api.live.snapshot import LiveSnapshot
from api.studies.industries import StudyRequest, last_studies
from api.studies.shapes import ChaptersAnswer, DefinitionsAnswer, NamedChapter, ShownDefinition
from directions.chapters import CHAPTERS, make_chapter
from directions.definitions import all_definitions
from directions.facts import Chapter, Figure, Table
from directions.figures import picture
from directions.notation import heading, in_language
from directions.report.xlsx_writer import write_table
from directions.study import Study
from patents.errors import NotFoundError
from patents.messages import N_, current_language

if TYPE_CHECKING:
    _Thing = TypeVar("_Thing", Table, Figure)


@dataclass(frozen=True, slots=True)
class MadeChapter:
    """A chapter with the study that it is about."""

    chapter: Chapter
    study: Study


def chapter_names() -> ChaptersAnswer:
    """The chapters, in order of a report."""
    language = current_language()
    return ChaptersAnswer(
        chapters=[NamedChapter(id=kind.id, title=kind.title.of(language)) for kind in CHAPTERS]
    )


def definitions() -> DefinitionsAnswer:
    """Every definition that indicators count by."""
    listed = [
        ShownDefinition(
            id=definition.id,
            name=definition.name.zh,
            text=definition.text.zh,
            unit=definition.unit,
            denominator=definition.denominator.zh,
            needs=definition.needs,
            source=definition.source.zh,
            name_en=definition.name.en,
            text_en=definition.text.en,
        )
        for definition in all_definitions()
    ]
    return DefinitionsAnswer(definitions=listed)


def made_chapter(
    live: LiveSnapshot,
    name: str,
    *,
    where: str = "",
    industry: str = "",
    counting: tuple[str, ...] = (),
    period: str = "",
) -> MadeChapter:
    """Compose one chapter of a study, once for all its tables and figures.

    Args:
        live: the snapshot.
        name: id of the chapter.
        where: 检索式.
        industry: only this industry's patents; all when empty.
        counting: choices of the 口径 as `name=value`.
        period: years.

    Raises:
        QueryError, InputError: see `make_studies`.
        NotFoundError: there is no such chapter or industry.
    """
    wanted = (industry,) if industry else ()
    studies = last_studies(
        live, StudyRequest(where=where, industries=wanted, counting=counting, period=period)
    )
    study = studies.parts[0] if industry else studies.whole
    chapter = studies.chapters.get(name, lambda: make_chapter(name, study, studies.scope()))
    return MadeChapter(chapter, study)


def find_table(chapter: Chapter, name: str) -> Table:
    """A table of a chapter, or one that a figure of it draws.

    Raises:
        NotFoundError: it has none of that id.
    """
    return _find(
        name,
        [
            *(table for part in walk(chapter) for table in part.tables),
            *(figure.table for part in walk(chapter) for figure in part.figures),
        ],
        N_("table-not-found"),
        chapter,
    )


def find_figure(chapter: Chapter, name: str) -> Figure:
    """A figure of a chapter.

    Raises:
        NotFoundError: it has none of that id.
    """
    return _find(
        name, [figure for part in walk(chapter) for figure in part.figures], N_("figure-not-found"), chapter
    )


def walk(chapter: Chapter) -> Iterator[Chapter]:
    """A chapter and those inside it."""
    yield chapter
    for inner in chapter.chapters:
        yield from walk(inner)


def _find(name: str, things: list[_Thing], code: str, chapter: Chapter) -> _Thing:
    for thing in things:
        if thing.id == name:
            return thing
    known = list(dict.fromkeys(thing.id for thing in things))
    near = get_close_matches(name, known, n=1, cutoff=0.4)
    raise NotFoundError(code, chapter=chapter.id, name=name, names=near[0] if near else "、".join(known))


def table_file(
    chapter: Chapter, name: str, form: Literal["csv", "xlsx"], language: Literal["zh", "en"] = "zh"
) -> bytes:
    """A table as a file: csv for programs (UTF-8 with a mark, values unrounded), xlsx with native charts.

    Raises:
        NotFoundError: the chapter has no such table.
    """
    table = find_table(chapter, name)
    if form == "csv":
        return _csv(table, language)

    figures = [
        figure
        for part in walk(chapter)
        for figure in part.figures
        if figure.table.id == table.id or f"{figure.table.id}_wide" == table.id
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        write_table(table, path, language=language, figures=figures)
        return path.read_bytes()


def figure_file(
    chapter: Chapter, name: str, form: Literal["png", "svg"], language: Literal["zh", "en"] = "zh"
) -> bytes:
    """A figure as a picture.

    Raises:
        NotFoundError: the chapter has no such figure.
        InputError: it has no data.
        MissingFontError: the system has no Chinese font.
    """
    return picture(find_figure(chapter, name), language=language, form=form)


def _csv(table: Table, language: Literal["zh", "en"]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(heading(column, language) for column in table.columns)
    if not table.missing:
        names = [in_language(table, column.name, language) for column in table.columns]
        for row in table.rows.select(names).iter_rows():
            writer.writerow(_plain(value) for value in row)
    return ("\ufeff" + written.getvalue()).encode()


def _plain(value: object) -> object:
    """Lists as one cell; a text that a spreadsheet would run as a formula is kept from it."""
    if isinstance(value, list):
        return "；".join(map(str, value))
    if isinstance(value, str) and value[:1] in "=+-@\t\r" and value != "—":
        return f"'{value}"
    return value
