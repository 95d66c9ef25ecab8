"""A book of tables → a file."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from documents.book import Book
from documents.unfinished import aside
from patents.errors import InputError

#: Kinds of file that a book becomes, by their ending.
KINDS = (".xlsx", ".docx")


def require_kind(path: Path, kinds: Collection[str] = KINDS) -> None:
    """Refuse other kinds of files; commands ask before they search.

    Raises:
        InputError: the ending is none of these.
    """
    if path.suffix.lower() not in kinds:
        raise InputError("export-kind-unknown", path=path.name, kinds=", ".join(kinds))


def write_book(book: Book, path: Path) -> None:
    """Write a book to a file.

    Args:
        book: what is written.
        path: .xlsx or .docx; one that is there is replaced when all is written.

    Raises:
        InputError: another kind of file, or a folder that cannot be written to.
    """
    require_kind(path)
    # Either library takes as long to load as a search takes.
    if path.suffix.lower() == ".xlsx":
        from documents.book_xlsx import write_xlsx as write
    else:
        from documents.book_docx import write_docx as write
    with aside(path) as unfinished:
        write(book, unfinished)
