"""Options that several commands share, and how they print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from pydantic import BaseModel

LibraryOption = Annotated[
    Path, typer.Option("--library", envvar="PATLAS_LIBRARY", help="Folder of the library (专题库).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
QuietOption = Annotated[bool, typer.Option("--quiet", help="No progress bars.")]

Shape = TypeVar("Shape", bound="BaseModel")


def validated(shape: type[Shape], values: Mapping[str, object]) -> Shape:
    """Options in the shape that the service takes.

    Raises:
        InputError: a value is not one of those that there are.
    """
    from pydantic import ValidationError

    from patents.errors import InputError

    try:
        return shape.model_validate(values)
    except ValidationError as error:
        places = [
            f"{'.'.join(map(str, one['loc']))}: {one['msg']}, not {one['input']!r}" for one in error.errors()
        ]
        raise InputError("; ".join(places), help="see --help for the options") from error


def day_option(option: str, text: str | None) -> date | None:
    """A day in any spelling; None where the option is left out.

    Raises:
        InputError: it is no full date.
    """
    from patents.dates import parse_date
    from patents.errors import DateError, InputError

    try:
        return parse_date(text)
    except DateError as error:
        raise InputError(f"{option}: {error.what}", help="write a full day, as in 2026-06-30") from error


def text_argument(text: str) -> str:
    """A text as the terminal gave it.

    Raises:
        InputError: the terminal and Python disagree on its encoding.
    """
    from patents.errors import InputError

    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"the text is not in UTF-8 (character {error.start + 1})",
            help="set the terminal to UTF-8: export LC_ALL=C.UTF-8",
        ) from error
    return text


def print_json(answer: BaseModel) -> None:
    """Print one JSON document, Chinese as it is."""
    typer.echo(answer.model_dump_json(indent=2))
