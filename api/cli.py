"""The `patlas` command line.

Commands import what they need when they run, so that `patlas --help` needs nothing but Typer.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import NoReturn

import typer

from api import system_errors
from api.commands import (
    atlas,
    build,
    chain,
    compare,
    evaluate,
    importing,
    info,
    prior_art,
    query,
    report,
    sample,
    search,
    select,
    serve,
    settings,
    show,
    tags,
    themes,
    train_encoder,
    watch,
)
from patents.errors import PatlasError

app = typer.Typer(
    name="patlas",
    help="Patlas 专利图谱: similar patents, themes and technology directions from patent exports.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
COMMANDS = (
    importing,
    build,
    search,
    prior_art,
    show,
    query,
    select,
    tags,
    sample,
    watch,
    themes,
    report,
    chain,
    compare,
    atlas,
    info,
    settings,
    serve,
    evaluate,
    train_encoder,
)
for command in COMMANDS:
    command.register(app)


# Typer makes this exit code of Ctrl-C, and says nothing.
INTERRUPTED = 130


def main() -> None:
    """Run the command line; a `PatlasError` is printed without a traceback and sets the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Into a file or pipe, Windows would write GBK or worse, which has not every character of a patent.
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except PatlasError as error:
        _refuse(error)
    except OSError as error:
        refused = system_errors.said(error)
        if refused is None:
            raise
        _refuse(refused)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            typer.echo("patlas: interrupted; what was stored is kept, run the command again", err=True)
        raise


def _refuse(error: PatlasError) -> NoReturn:
    typer.echo(f"patlas: {error.what}", err=True)
    if error.help:
        typer.echo(f"  {error.help}", err=True)
    sys.exit(error.exit_code)
