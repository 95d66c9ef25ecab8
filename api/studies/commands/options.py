"""Options that the commands on studies share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from patents.errors import InputError
from patents.messages import text

WhereOption = Annotated[str, typer.Option(metavar="QUERY", help=text("study-where"))]
CountOption = Annotated[
    list[str] | None, typer.Option("--count", metavar="NAME=VALUE", help=text("study-counting"))
]
PeriodOption = Annotated[str, typer.Option(metavar="YEARS", help=text("study-period"))]
ReferenceOption = Annotated[str, typer.Option(metavar="WHAT", help=text("study-reference"))]
LanguageOption = Annotated[str, typer.Option(metavar="zh|en", help=text("study-language"))]
OutOption = Annotated[Path | None, typer.Option(metavar="DIR", help=text("study-out"))]
FormatOption = Annotated[str, typer.Option(metavar="KINDS", help=text("study-format"))]


def written_language(language: str) -> Literal["zh", "en"]:
    """Check the language of what is written.

    Raises:
        InputError: it is neither Chinese nor English.
    """
    if language not in ("zh", "en"):
        raise InputError("option-not-a-choice", option="--language", value=language, choices="zh, en")
    return "en" if language == "en" else "zh"


def listed(text: str) -> list[str]:
    """Values that stand between commas."""
    return [part.strip() for part in text.split(",") if part.strip()]
