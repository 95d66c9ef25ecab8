"""`patlas verify`: is everything on disk as it was written?"""

from __future__ import annotations

from typing import Annotated

import typer

from api.libraries.shapes import VerifyAnswer
from api.libraries.verification import verify as verify_library
from api.terminal.options import JsonOption, LibraryOption, QuietOption, print_json
from api.terminal.progress import progress
from patents.messages import N_, text

#: Exit code where something is damaged still; that of a library's errors.
DAMAGED = 4
_MB = 1_000_000
_KB = 1_000
_KINDS = {
    "database": N_("verify-database"),
    "encoder": N_("verify-encoder"),
    "snapshot": N_("verify-snapshot"),
    "vectors": N_("verify-cache"),
}
_CHECKED = {
    "database": N_("verify-records"),
    "encoder": N_("verify-files"),
    "snapshot": N_("verify-files"),
    "vectors": N_("verify-vectors"),
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("verify", help=text("command-verify") + "\n\n" + text("verify-what"))(verify)


def verify(
    library: LibraryOption,
    repair: Annotated[bool, typer.Option("--repair", help=text("verify-option-repair"))] = False,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Compare database, snapshots, vector cache and encoder with their checksums."""
    with progress(quiet) as report:
        answer = verify_library(library, repair=repair, report=report)
    if json:
        print_json(answer)
    else:
        _print(answer)
        if not answer.whole and not repair:
            typer.echo(text("verify-run-repair", library=library))
    if not answer.whole:
        raise typer.Exit(DAMAGED)


def _print(answer: VerifyAnswer) -> None:
    for line in answer.repaired:
        typer.echo(line)
    for part in answer.parts:
        verdict = text("verify-part-whole") if part.whole else text("verify-part-damaged")
        checked = text(_CHECKED[part.kind], count=part.checked)
        typer.echo(
            f"{verdict} {part.bytes / _KB:>12,.0f} kB  {text(_KINDS[part.kind])} {part.name} ({checked})"
        )
        for problem in part.problems:
            typer.echo(f"    {problem}")
        if part.next:
            typer.echo(f"    → {part.next}")
    values = {"size": f"{answer.bytes / _MB:,.1f}", "seconds": f"{answer.seconds:.1f}"}
    damaged = sum(not part.whole for part in answer.parts)
    typer.echo(
        text("verify-whole", **values) if answer.whole else text("verify-damaged", count=damaged, **values)
    )
