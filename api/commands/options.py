"""Options that several commands share, and how they print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pydantic import BaseModel

LibraryOption = Annotated[
    Path, typer.Option("--library", envvar="PATLAS_LIBRARY", help="Folder of the library (专题库).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
QuietOption = Annotated[bool, typer.Option("--quiet", help="No progress bars.")]


def print_json(answer: BaseModel) -> None:
    """Print one JSON document, Chinese as it is."""
    typer.echo(answer.model_dump_json(indent=2))
