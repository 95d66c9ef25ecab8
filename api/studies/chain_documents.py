"""A chain, or a comparison, as files: the drawings, and the documents of a report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from directions.facts import Chapter
from directions.figures import draw
from directions.report import make_report, write_report
from directions.study import Study
from patents.errors import InputError

PICTURES = ("png", "svg", "pdf")
FORMS = (*PICTURES, "docx", "xlsx", "html", "pptx")


def write_chapter(
    chapter: Chapter,
    study: Study,
    folder: Path,
    forms: Sequence[str],
    language: Literal["zh", "en"] = "zh",
) -> list[Path]:
    """Write a chapter as pictures of its figures and as a report with the overview of its study.

    Args:
        chapter: what is written.
        study: that the cover and the overview are of.
        folder: made where it is missing.
        forms: of `FORMS`.
        language: of labels and sentences.

    Raises:
        InputError: there is no such format.
        MissingFontError: the system has no Chinese font.
    """
    for form in forms:
        if form not in FORMS:
            raise InputError("format-unknown", format=form, formats=", ".join(FORMS))
    folder.mkdir(parents=True, exist_ok=True)
    written = [
        draw(figure, folder / f"{figure.id}.{form}", language=language)
        for form in forms
        if form in PICTURES
        for figure in chapter.figures
        if not figure.table.empty
    ]
    documents = [form for form in forms if form not in PICTURES]
    if documents:
        report = make_report(study, chapters=("overview",), more=(chapter,), language=language)
        written += write_report(report, folder, formats=documents, name=chapter.id)
    return written
