"""A report → files, one a format; figures are drawn once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from directions.report.blocks import FigureBlock, body_blocks
from directions.report.pictures import Pictures
from directions.report.report import Report
from patents.errors import InputError

#: Formats with the suffixes of their templates.
FORMATS = ("docx", "xlsx", "html", "pptx")


def write_report(
    report: Report,
    folder: Path,
    *,
    formats: Sequence[str] = ("docx",),
    name: str = "",
    templates: Sequence[Path] = (),
    processes: int = 1,
    progress: Callable[[str, int, int], None] | None = None,
) -> list[Path]:
    """Write a report.

    Args:
        report: what is printed.
        folder: made where it is missing; files in it of the same name are replaced.
        formats: of `FORMATS`.
        name: of the files without suffix; the title when empty.
        templates: files that lend their styles: .docx, .pptx, .html; told apart by suffix.
        processes: that draw figures; more than one are started only for many figures.
        progress: ``progress(stage, done, total)``.

    Returns:
        The files, in order of formats.

    Raises:
        InputError: a format or a template that there is none for.
        MissingFontError: the system has no Chinese font.
    """
    for one in formats:
        if one not in FORMATS:
            raise InputError("report-format-unknown", format=one, formats=", ".join(FORMATS))
    by_suffix = _templates(templates)
    folder.mkdir(parents=True, exist_ok=True)
    pictures = Pictures(report.language)
    notify = progress or (lambda stage, done, total: None)
    if set(formats) - {"xlsx"}:
        figures = [block.figure for block in body_blocks(report) if isinstance(block, FigureBlock)]
        pictures.draw(figures, processes=processes, progress=notify)
    written = []
    for place, one in enumerate(formats):
        notify("files", place, len(formats))
        path = folder / f"{name or _file_name(report.title)}.{one}"
        _write(one, report, path, pictures, by_suffix.get(one))
        written.append(path)
    notify("files", len(formats), len(formats))
    return written


def _write(form: str, report: Report, path: Path, pictures: Pictures, template: Path | None) -> None:
    if form == "docx":
        from directions.report.docx_writer import write_docx

        write_docx(report, path, pictures, template)
    elif form == "xlsx":
        from directions.report.xlsx_writer import write_xlsx

        write_xlsx(report, path)
    elif form == "html":
        from directions.report.html_writer import write_html

        write_html(report, path, pictures, template)
    else:
        from directions.report.pptx_writer import write_pptx

        write_pptx(report, path, pictures, template)


def _templates(paths: Sequence[Path]) -> dict[str, Path]:
    found = {}
    for path in paths:
        form = path.suffix.lower().removeprefix(".")
        if form not in ("docx", "pptx", "html"):
            raise InputError("report-template-kind-unknown", path=path)
        if not path.is_file():
            raise InputError("report-template-not-found", path=path)
        found[form] = path
    return found


def _file_name(title: str) -> str:
    return "".join("_" if sign in '\\/:*?"<>|\n\t' else sign for sign in title).strip(" .")[:80] or "report"
