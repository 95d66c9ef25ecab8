"""Technology directions: chapters of a study with their tables and figures, and its report."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from api.http.answers import AnswerRoute
from api.http.current import Current
from api.live.snapshot import LiveSnapshot
from api.studies.chapters import (
    MadeChapter,
    chapter_names,
    definitions,
    figure_file,
    find_figure,
    find_table,
    made_chapter,
    table_file,
)
from api.studies.industries import StudyRequest
from api.studies.report import write_study
from api.studies.shapes import (
    ChapterAnswer,
    ChaptersAnswer,
    DefinitionsAnswer,
    FigureAnswer,
    FigureQuery,
    ReportQuery,
    StudyQuery,
    TableAnswer,
    TableQuery,
)
from api.studies.shown_chapter import shown_chapter, shown_figure, shown_table

router = APIRouter(prefix="/directions", tags=["directions"], route_class=AnswerRoute)
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "html": "text/html; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
}


def _content(*forms: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {_TYPES[form].partition(";")[0]: {} for form in forms}}}


@router.get("/definitions")
def list_definitions() -> DefinitionsAnswer:
    """Every definition that an indicator counts by; those of one topic are alternatives."""
    return definitions()


@router.get("/chapters")
def list_chapters() -> ChaptersAnswer:
    """The chapters that a study has."""
    return chapter_names()


@router.get("/chapters/{chapter}")
def chapter(snapshot: Current, chapter: str, asked: Annotated[StudyQuery, Query()]) -> ChapterAnswer:
    """One chapter: sentences with their sources, tables, figures as options for ECharts."""
    made = _made(snapshot, chapter, asked)
    return shown_chapter(made.chapter, made.study, asked.language)


@router.get("/chapters/{chapter}/tables/{table}", responses=_content("csv", "xlsx"))
def table(
    snapshot: Current, chapter: str, table: str, asked: Annotated[TableQuery, Query()]
) -> TableAnswer | Response:
    """One table: as values, or as a csv or xlsx file."""
    made = _made(snapshot, chapter, asked)
    if asked.format == "json":
        return shown_table(find_table(made.chapter, table), asked.language)
    content = table_file(made.chapter, table, asked.format, asked.language)
    return _file(content, table, asked.format)


@router.get("/chapters/{chapter}/figures/{figure}", responses=_content("png", "svg"))
def figure(
    snapshot: Current, chapter: str, figure: str, asked: Annotated[FigureQuery, Query()]
) -> FigureAnswer | Response:
    """One figure: as an option for ECharts, or as a picture."""
    made = _made(snapshot, chapter, asked)
    if asked.format == "json":
        return shown_figure(find_figure(made.chapter, figure), asked.language)
    content = figure_file(made.chapter, figure, asked.format, asked.language)
    return Response(content, media_type=_TYPES[asked.format])


@router.get("/report", response_class=FileResponse, responses=_content("docx", "xlsx", "html", "pptx"))
def report(snapshot: Current, asked: Annotated[ReportQuery, Query()]) -> FileResponse:
    """The report of a study as a file; with `parts`, one part for each industry besides the whole."""
    folder = Path(tempfile.mkdtemp(prefix="patlas-"))
    request = StudyRequest(
        where=asked.where,
        industries=_industries(asked),
        counting=tuple(asked.count),
        period=asked.period,
        title=asked.title,
    )
    try:
        written = write_study(
            snapshot,
            request,
            folder,
            formats=[asked.format],
            language=asked.language,
            chapters=tuple(asked.chapter),
        )
    except BaseException:
        shutil.rmtree(folder)
        raise
    path = Path(written.files[0])
    return FileResponse(
        path,
        filename=path.name,
        media_type=_TYPES[asked.format],
        background=BackgroundTask(shutil.rmtree, folder),
    )


def _industries(asked: ReportQuery) -> tuple[str, ...] | None:
    if asked.industry:
        return (asked.industry,)
    return None if asked.parts else ()


def _made(snapshot: LiveSnapshot, chapter: str, asked: StudyQuery) -> MadeChapter:
    return made_chapter(
        snapshot,
        chapter,
        where=asked.where,
        industry=asked.industry,
        counting=tuple(asked.count),
        period=asked.period,
    )


def _file(content: bytes, name: str, form: Literal["csv", "xlsx"]) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(content, media_type=_TYPES[form], headers=headers)
