"""The patents that a 检索式 means: shown, exported, sampled, measured."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from api.http.answers import AnswerRoute
from api.http.current import Current
from api.http.files import without_place
from api.live.snapshot import LiveSnapshot
from api.selections import exports, samples
from api.selections.choosing import Chosen, choose, page
from api.selections.filters import Filters
from api.selections.shapes import (
    ExportLink,
    ExportRequest,
    PrecisionAnswer,
    RecallAnswer,
    RecallRequest,
    SampleRequest,
    SelectAnswer,
    SelectLink,
    SelectRequest,
)
from patents.errors import PatlasError

router = APIRouter(tags=["检索式"], route_class=AnswerRoute)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILES: dict[str, Any] = {"content": {_XLSX: {}, "text/csv": {}, "application/octet-stream": {}}}


@router.get("/select")
def select(snapshot: Current, asked: Annotated[SelectLink, Query()]) -> SelectAnswer:
    """The patents that a 检索式 means, a page of them; those tagged 噪声 are left out and counted."""
    return select_long(snapshot, asked)


@router.post("/select")
def select_long(snapshot: Current, asked: SelectRequest) -> SelectAnswer:
    """The same for a 检索式 that is too long for a link."""
    chosen = _chosen(snapshot, asked)
    return page(snapshot, chosen, offset=asked.offset, limit=asked.limit)


@router.get("/export", response_class=FileResponse, responses={200: _FILES})
def export(snapshot: Current, asked: Annotated[ExportLink, Query()]) -> FileResponse:
    """The patents of a 检索式 as a file that Patlas and spreadsheets read."""
    return export_long(snapshot, asked)


@router.post("/export", response_class=FileResponse, responses={200: _FILES})
def export_long(snapshot: Current, asked: ExportRequest) -> FileResponse:
    """The same for a 检索式 that is too long for a link."""
    chosen = _chosen(snapshot, asked)
    path = _new_file(f"patlas.{asked.kind}")
    return _sent(path, lambda: exports.export(snapshot, chosen, path, columns=asked.columns))


@router.get("/sample", response_class=FileResponse, responses={200: {"content": {_XLSX: {}}}})
def sample(snapshot: Current, asked: Annotated[SampleRequest, Query()]) -> FileResponse:
    """Patents drawn at random from a 检索式, as an xlsx with a column 判断 for a reader to fill in."""
    chosen = choose(snapshot, asked.where, dialect=asked.dialect, with_noise=asked.with_noise)
    path = _new_file("sample.xlsx")
    return _sent(path, lambda: samples.draw_sample(snapshot, chosen, asked.n, path, seed=asked.seed))


@router.post("/sample/judged")
def judged(
    content: Annotated[bytes, Body(media_type=_XLSX, description="the judged xlsx")],
) -> PrecisionAnswer:
    """查准率 with its 95 % interval, from a judged sample."""
    path = _new_file("judged.xlsx")
    try:
        path.write_bytes(content)
        return samples.read_judgements(path)
    except PatlasError as error:
        raise without_place(error, path.parent) from error
    finally:
        shutil.rmtree(path.parent)


@router.post("/recall")
def recall(snapshot: Current, asked: RecallRequest) -> RecallAnswer:
    """查全率: how many known patents a 检索式 finds, and which it misses."""
    chosen = choose(snapshot, asked.where, dialect=asked.dialect, with_noise=asked.with_noise)
    return samples.measure_recall(snapshot, chosen, asked.numbers)


def _chosen(snapshot: LiveSnapshot, asked: SelectRequest | ExportRequest) -> Chosen:
    """A 检索式 by itself is read in its own spelling; with short filters it becomes one with them."""
    filters = asked.make(Filters)
    where, dialect = filters.where, filters.dialect
    if filters != Filters(where=where, dialect=dialect):
        where, dialect = filters.to_query(), "incopat"
    return choose(snapshot, where, dialect=dialect, with_noise=asked.with_noise)


def _new_file(name: str) -> Path:
    return Path(tempfile.mkdtemp(prefix="patlas-")) / name


def _sent(path: Path, write: Callable[[], object]) -> FileResponse:
    """Write a file and send it; its folder goes when it is sent, or when writing fails."""
    try:
        write()
    except BaseException:
        shutil.rmtree(path.parent)
        raise
    return FileResponse(path, filename=path.name, background=BackgroundTask(shutil.rmtree, path.parent))
