"""Options that the commands on selections share."""

from __future__ import annotations

from typing import Annotated

import typer

from patents.messages import text

QueryArgument = Annotated[str, typer.Argument(metavar="QUERY", help=text("query-argument"))]
DialectOption = Annotated[
    str | None, typer.Option("--dialect", metavar="incopat|patsnap", help=text("filter-dialect"))
]
WithNoiseOption = Annotated[bool, typer.Option("--with-noise", help=text("keep-noise"))]
NoteOption = Annotated[str, typer.Option(metavar="TEXT", help=text("note-option"))]
WhoOption = Annotated[
    str,
    typer.Option(
        envvar=["PATLAS_USER", "USER", "USERNAME"],
        metavar="NAME",
        help=text("who-option"),
        show_default=False,
        show_envvar=False,
    ),
]
