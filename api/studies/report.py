"""A study → its report as files."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from api.live.snapshot import LiveSnapshot
from api.studies.industries import StudyRequest, make_studies, read_region_facts
from api.studies.shapes import ReportAnswer
from directions.effects import mine_effects
from directions.report import make_report, write_report
from directions.report.blocks import FigureBlock, TableBlock, body_blocks
from library.progress import Report as Progress
from library.progress import silent
from patents.messages import text

Format = Literal["docx", "xlsx", "html", "pptx"]


def write_study(
    live: LiveSnapshot,
    request: StudyRequest,
    folder: Path,
    *,
    formats: Sequence[str] = ("docx",),
    language: Literal["zh", "en"] = "zh",
    chapters: Sequence[str] = (),
    templates: Sequence[Path] = (),
    facts: Path | None = None,
    processes: int = 1,
    progress: Progress = silent,
) -> ReportAnswer:
    """Write the report of a study.

    Args:
        live: the snapshot.
        request: what is studied, and how it is counted.
        folder: for the files.
        formats: docx, xlsx, html, pptx.
        language: of the report.
        chapters: ids of the chapters wanted; all when empty.
        templates: files that lend their styles, told apart by suffix.
        facts: population and revenue of regions.
        processes: that draw figures.
        progress: of stages.

    Raises:
        QueryError, InputError, NotFoundError: see `make_studies` and `directions.report.write_report`.
        MissingFontError: the system has no Chinese font.
    """
    seconds: dict[str, float] = {}
    start = time.perf_counter()
    progress(text("progress-study"), 0, 1)
    studies = make_studies(live, request)
    region_facts = read_region_facts(facts)
    progress(text("progress-study"), 1, 1)
    start = _stage(seconds, "study", start)
    wanted = not chapters or "effects" in chapters
    mined = mine_effects(studies.whole.patents) if wanted else None
    scope = replace(studies.scope(region_facts), mined=mined)
    report = make_report(
        studies.whole, studies.parts, scope=scope, language=language, chapters=tuple(chapters)
    )
    start = _stage(seconds, "indicators", start)
    files = write_report(
        report, folder, formats=formats, templates=templates, processes=processes, progress=progress
    )
    _stage(seconds, "documents", start)
    blocks = list(body_blocks(report))
    return ReportAnswer(
        files=tuple(map(str, files)),
        title=report.title,
        count=studies.whole.count,
        industries=studies.industries,
        tables=sum(isinstance(block, TableBlock) for block in blocks),
        figures=sum(isinstance(block, FigureBlock) for block in blocks),
        seconds=seconds,
        notes=studies.notes,
    )


def _stage(seconds: dict[str, float], name: str, start: float) -> float:
    now = time.perf_counter()
    seconds[name] = round(now - start, 2)
    return now
