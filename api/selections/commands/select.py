"""`patlas select`: the patents that a 检索式 means; `patlas saved`: those kept under a name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.selections.commands.query import DialectOption
from api.terminal.options import JsonOption, LibraryOption, print_json

if TYPE_CHECKING:
    from api.live.snapshot import LiveSnapshot
    from api.selections.choosing import Chosen
    from api.selections.shapes import ChosenPatentShape, SavedShape, SelectAnswer

WithNoiseOption = Annotated[bool, typer.Option("--with-noise", help="Keep the patents tagged 噪声.")]
NoteOption = Annotated[str, typer.Option(help="A remark that is kept with it.")]
WhoOption = Annotated[
    str, typer.Option(envvar=["PATLAS_USER", "USER", "USERNAME"], help="Who does it.", show_default=False)
]
LimitOption = Annotated[int, typer.Option(min=0, help="Patents that are printed.")]
NameArgument = Annotated[str, typer.Argument(help="Name of a saved selection.")]
VersionOption = Annotated[
    int | None, typer.Option("--version", min=1, help="As this version was printed; without it, today's.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("select")(select)
    group = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, help="Selections that were saved under a name."
    )
    group.command("list")(list_saved)
    group.command("show")(show)
    group.command("versions")(versions)
    group.command("delete")(delete)
    app.add_typer(group, name="saved")


def select(
    query: Annotated[str, typer.Argument(metavar="检索式", help="In incoPat's or PatSnap's spelling.")],
    library: LibraryOption,
    count: Annotated[
        bool, typer.Option("--count", help="Print the number of patents and nothing else.")
    ] = False,
    export: Annotated[
        Path | None, typer.Option(help="Write all of them to FILE.xlsx, .csv, .jsonl or .parquet.")
    ] = None,
    columns: Annotated[
        str, typer.Option(help="Columns of the file, separated by commas; compact and full name sets.")
    ] = "compact",
    save: Annotated[
        str | None, typer.Option(metavar="NAME", help="Save it as the next version of a name.")
    ] = None,
    note: NoteOption = "",
    who: WhoOption = "",
    dialect: DialectOption = None,
    with_noise: WithNoiseOption = False,
    limit: LimitOption = 20,
    json: JsonOption = False,
) -> None:
    """Find the patents that a 检索式 means; count, export or save them."""
    from api.live.library import open_live
    from api.selections import saved
    from api.selections.choosing import choose

    with open_live(library) as live:
        chosen = choose(live, query, dialect=dialect, with_noise=with_noise)
        if save is not None:
            kept = saved.save(live, save, chosen, note=note, who=who)
            typer.echo(f"saved as {kept.name}, version {kept.version}", err=True)
        if export is not None:
            _export(live, chosen, export, columns)
        if count:
            typer.echo(str(chosen.selection.count))
            return
        answer = _answer(live, chosen, limit)
    if json:
        print_json(answer)
    else:
        _print(answer)


def list_saved(library: LibraryOption, json: JsonOption = False) -> None:
    """List the saved selections, each with its newest version."""
    from api.live.library import open_live
    from api.selections import saved

    with open_live(library) as live:
        _print_saved(saved.saved(live), json)


def versions(name: NameArgument, library: LibraryOption, json: JsonOption = False) -> None:
    """List the versions of a saved selection, the oldest first."""
    from api.live.library import open_live
    from api.selections import saved

    with open_live(library) as live:
        _print_saved(saved.versions(live, name), json)


def show(
    name: NameArgument,
    library: LibraryOption,
    version: VersionOption = None,
    export: Annotated[Path | None, typer.Option(help="Write all of them to a file.")] = None,
    columns: Annotated[str, typer.Option(help="Columns of the file.")] = "compact",
    with_noise: WithNoiseOption = False,
    limit: LimitOption = 20,
    json: JsonOption = False,
) -> None:
    """Show what a saved selection means today, or what a version of it meant when it was saved."""
    from api.live.library import open_live
    from api.selections import saved
    from api.selections.choosing import shown
    from api.selections.shapes import SavedAnswer

    with open_live(library) as live:
        found = saved.recalled(live, name, version, with_noise=with_noise)
        if export is not None:
            _export(live, found.chosen, export, columns)
        answer = SavedAnswer.model_validate(
            {
                "saved": found.saved,
                "versions": found.versions,
                "selection": found.chosen.selection,
                "noise": found.chosen.noise,
                "left": found.left,
                "patents": shown(live, found.chosen.selection, limit=limit),
            }
        )
    if json:
        print_json(answer)
        return
    _print_version(answer.saved)
    typer.echo(f"{answer.selection.count} patents {'today' if version is None else 'of that version'}")
    _print_sides(answer.noise, answer.left)
    _print_patents(answer.patents)


def delete(name: NameArgument, library: LibraryOption) -> None:
    """Forget a saved selection with all its versions."""
    from api.live.library import open_live
    from api.selections import saved

    with open_live(library) as live:
        gone = saved.forget(live, name)
    typer.echo(f"{name}: {gone} versions deleted")


def _export(live: LiveSnapshot, chosen: Chosen, path: Path, columns: str) -> None:
    from api.selections.exports import export

    names = [name.strip() for name in columns.split(",") if name.strip()]
    written = export(live, chosen, path, columns=names)
    typer.echo(f"{written} patents written to {path}", err=True)


def _answer(live: LiveSnapshot, chosen: Chosen, limit: int) -> SelectAnswer:
    from api.selections.choosing import page
    from api.selections.shapes import SelectAnswer

    return SelectAnswer.model_validate(page(live, chosen, limit=limit))


def _print(answer: SelectAnswer) -> None:
    typer.echo(f"{answer.selection.count} patents: {answer.selection.text}")
    _print_sides(answer.noise, 0)
    for note in answer.notes:
        typer.echo(f"note: {note}")
    _print_patents(answer.patents)
    more = answer.selection.count - len(answer.patents)
    if more > 0:
        typer.echo(f"… {more} more: --limit prints them, --export FILE writes all")


def _print_sides(noise: int, left: int) -> None:
    if noise:
        typer.echo(f"{noise} taken out as 噪声 (--with-noise keeps them)")
    if left:
        typer.echo(f"{left} of that version are no longer in the library")


def _print_patents(patents: list[ChosenPatentShape]) -> None:
    for patent in patents:
        score = "" if patent.score is None else f"{patent.score:.3f}  "
        typer.echo(f"{score}{patent.publication_number or patent.application_number}  {patent.title}")
        facts = (
            patent.ipc_main,
            "；".join(patent.applicants),
            str(patent.filing_date or ""),
            patent.legal_state,
            " ".join(f"#{tag}" for tag in patent.tags),
        )
        typer.echo("    " + "  ".join(fact for fact in facts if fact))


def _print_saved(found: object, json: bool) -> None:
    from api.selections.shapes import SavedListAnswer

    answer = SavedListAnswer.model_validate({"saved": found})
    if json:
        print_json(answer)
        return
    for one in answer.saved:
        _print_version(one)


def _print_version(one: SavedShape) -> None:
    typer.echo(f"{one.name}  version {one.version}  {one.count} patents  {one.at} {one.who}".rstrip())
    typer.echo(f"    {one.written}")
    if one.note:
        typer.echo(f"    {one.note}")
