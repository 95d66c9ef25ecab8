"""Result lists → files: hits of a search, or prior art with its claim chart, as xlsx or docx."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from api.selections.exports import aside
from patents.errors import InputError

if TYPE_CHECKING:
    from api.live.snapshot import LiveSnapshot
    from api.prior_art.shapes import PriorArtAnswer
    from api.search.shapes import SearchAnswer
    from api.service.result_tables import ResultBook

#: Kinds of file, by their ending.
KINDS = (".xlsx", ".docx")


def export_search(live: LiveSnapshot, found: SearchAnswer, path: Path) -> None:
    """Write the hits of a search to a file; one that is there is replaced when all is written.

    Args:
        live: the snapshot that was searched.
        found: the hits.
        path: .xlsx or .docx.

    Raises:
        InputError: another kind of file, or a folder that cannot be written to.
    """
    from api.service.result_tables import book_of_search

    require_kind(path)
    _write(book_of_search(live, found), path)


def export_prior_art(found: PriorArtAnswer, path: Path) -> None:
    """Write prior art with its claim chart to a file; one that is there is replaced when all is written.

    Args:
        found: the answer.
        path: .xlsx or .docx.

    Raises:
        InputError: another kind of file, or a folder that cannot be written to.
    """
    from api.service.result_tables import book_of_prior_art

    require_kind(path)
    _write(book_of_prior_art(found), path)


def require_kind(path: Path) -> None:
    """Refuse other kinds of files; commands ask before they search.

    Raises:
        InputError: the ending is none of `KINDS`.
    """
    if path.suffix.lower() not in KINDS:
        raise InputError(
            f"{path.name}: results are not exported to this kind of file",
            help=f"name it with one of {', '.join(KINDS)}",
        )


def _write(book: ResultBook, path: Path) -> None:
    with aside(path) as unfinished:
        if path.suffix.lower() == ".xlsx":
            from api.service.result_sheet import write_sheet

            write_sheet(book, unfinished)
        else:
            from api.service.result_document import write_document

            write_document(book, unfinished)
