"""`patlas themes`: the themes of an industry or of any 检索式; changing, comparing and finding them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.terminal.options import JsonOption, LibraryOption, print_json

if TYPE_CHECKING:
    from api.live.snapshot import LiveSnapshot
    from api.themes.editing import EditedFacts
    from api.themes.listing import Within
    from api.themes.shapes import ThemesAnswer

IndustryOption = Annotated[
    str, typer.Option(help="产业: scheme:name or a name; the whole library without it.")
]
WhereOption = Annotated[str, typer.Option(help="检索式: count only its patents.")]
DialectOption = Annotated[str | None, typer.Option(help="incopat or patsnap; read off the 检索式.")]
WithNoiseOption = Annotated[bool, typer.Option("--with-noise", help="Count patents tagged 噪声 too.")]
PlacedOption = Annotated[
    bool, typer.Option("--placed-only", help="Leave out patents that no theme takes, and say how many.")
]
LeadingOption = Annotated[
    int | None, typer.Option(min=1, help="Only patents of so many leading IPC subclasses of the industry.")
]
ThemeArgument = Annotated[str, typer.Argument(metavar="ID", help="A theme, such as T000012.")]
WhoOption = Annotated[str, typer.Option(help="Who makes the change.")]
NoteOption = Annotated[str, typer.Option(help="Why.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        invoke_without_command=True,
        rich_markup_mode=None,
        help="Themes of an industry or of any 检索式: list, show, change, compare over time.",
    )
    group.callback()(themes)
    for name, command in (
        ("show", show),
        ("who", who),
        ("tree", tree),
        ("trends", trends),
        ("new", find_new),
        ("history", history),
        ("rename", rename),
        ("merge", merge),
        ("split", split),
        ("hide", hide),
        ("pin", pin),
        ("seed", seed),
        ("undo", undo),
        ("log", log),
    ):
        group.command(name)(command)
    app.add_typer(group, name="themes")
    app.command("industries")(industries)


def industries(
    library: LibraryOption,
    where: WhereOption = "",
    dialect: DialectOption = None,
    with_noise: WithNoiseOption = False,
    json: JsonOption = False,
) -> None:
    """Count the patents of every industry (产业) of every scheme."""
    from api.live.library import open_live
    from api.themes import listing
    from api.themes.lines import print_industries
    from api.themes.shapes import IndustriesAnswer

    with open_live(library) as snapshot:
        found = listing.counted_industries(snapshot, _within(snapshot, where, dialect, with_noise))
        answer = IndustriesAnswer.model_validate(found)
    if json:
        print_json(answer)
    else:
        print_industries(answer)


def themes(
    context: typer.Context,
    library: Annotated[
        Path | None,
        typer.Option("--library", envvar="PATLAS_LIBRARY", help="Folder of the library (专题库)."),
    ] = None,
    industry: IndustryOption = "",
    where: WhereOption = "",
    dialect: DialectOption = None,
    with_noise: WithNoiseOption = False,
    placed_only: PlacedOption = False,
    leading_classes: LeadingOption = None,
    layer: Annotated[
        int | None, typer.Option(min=1, help="About how many themes: 8, 40, 200 or any other number.")
    ] = None,
    fit: Annotated[
        bool, typer.Option("--fit", help="Find themes anew for these patents; nothing is kept.")
    ] = False,
    hidden: Annotated[bool, typer.Option("--hidden", help="Also the themes that users hid.")] = False,
    json: JsonOption = False,
) -> None:
    """Print the themes of an industry: name, keywords, size, counts by year."""
    if context.invoked_subcommand is not None:
        return
    from api.live.library import open_live
    from api.themes import fitting, listing
    from api.themes.shapes import ThemesAnswer
    from patents.errors import InputError

    if library is None:
        raise InputError("no library is named", help="patlas themes --library DIR, or set PATLAS_LIBRARY")
    with open_live(library) as snapshot:
        within = _within(snapshot, where, dialect, with_noise, placed_only, leading_classes)
        found = (
            fitting.fit(snapshot, industry, within=within, layer=layer)
            if fit
            else listing.themes(snapshot, industry, within=within, layer=layer, hidden=hidden)
        )
        answer = ThemesAnswer.model_validate(found)
    _print_themes(answer, json)


def show(
    theme: ThemeArgument,
    library: LibraryOption,
    where: WhereOption = "",
    dialect: DialectOption = None,
    with_noise: WithNoiseOption = False,
    json: JsonOption = False,
) -> None:
    """Show a theme: keywords with evidence, representatives, trend, neighbours, events."""
    from api.live.library import open_live
    from api.themes import detail
    from api.themes.lines import print_theme
    from api.themes.shapes import ThemeAnswer

    with open_live(library) as snapshot:
        within = _within(snapshot, where, dialect, with_noise)
        answer = ThemeAnswer.model_validate(detail.show(snapshot, theme, within=within))
    if json:
        print_json(answer)
    else:
        print_theme(answer)


def who(
    library: LibraryOption,
    theme: Annotated[str, typer.Argument(metavar="[ID]", help="A theme; all of the scope without it.")] = "",
    industry: IndustryOption = "",
    where: WhereOption = "",
    applicant: Annotated[str, typer.Option(help="Its holdings in every theme instead.")] = "",
    json: JsonOption = False,
) -> None:
    """Print who holds a theme, or the themes of an industry: applicants, kinds, cities, partners, gaps."""
    from api.live.library import open_live
    from api.studies import holders
    from api.studies.shapes import HoldersAnswer
    from api.terminal.tables import table_lines
    from patents.errors import InputError

    if theme and (industry or applicant):
        raise InputError(
            "--industry and --applicant ask for all themes, not for one", help="leave the theme out"
        )
    with open_live(library) as snapshot:
        found = (
            holders.of_theme(snapshot, theme, within=_within(snapshot, where, None, False))
            if theme
            else holders.of_scope(snapshot, industry, where=where, applicant=applicant)
        )
    if json:
        print_json(HoldersAnswer.model_validate(holders.shown(found)))
        return
    typer.echo(f"{found.title}: {found.count:,} patents")
    for table in found.tables:
        typer.echo("")
        for line in table_lines(table):
            typer.echo(line)


def tree(library: LibraryOption, industry: IndustryOption = "", json: JsonOption = False) -> None:
    """Print coarser and finer themes as a tree."""
    from api.live.library import open_live
    from api.themes import layers
    from api.themes.lines import print_tree
    from api.themes.shapes import ThemeTreeAnswer

    with open_live(library) as snapshot:
        answer = ThemeTreeAnswer.model_validate(layers.tree(snapshot, industry))
    if json:
        print_json(answer)
    else:
        print_tree(answer)


def trends(
    library: LibraryOption,
    industry: IndustryOption = "",
    where: WhereOption = "",
    dialect: DialectOption = None,
    with_noise: WithNoiseOption = False,
    until: Annotated[int | None, typer.Option(help="Last year compared; else the last complete one.")] = None,
    json: JsonOption = False,
) -> None:
    """Print themes over time, those that look most like coming up first."""
    from api.live.library import open_live
    from api.themes import trends
    from api.themes.lines import print_trends
    from api.themes.shapes import TrendsAnswer

    with open_live(library) as snapshot:
        within = _within(snapshot, where, dialect, with_noise)
        answer = TrendsAnswer.model_validate(trends.trends(snapshot, industry, within=within, until=until))
    if json:
        print_json(answer)
    else:
        print_trends(answer)


def find_new(library: LibraryOption, industry: IndustryOption = "", json: JsonOption = False) -> None:
    """Look for new clusters among the patents that no theme takes; nothing is kept."""
    from api.live.library import open_live
    from api.themes import fitting
    from api.themes.shapes import ThemesAnswer

    with open_live(library) as snapshot:
        answer = ThemesAnswer.model_validate(fitting.find_new(snapshot, industry))
    _print_themes(answer, json)


def history(library: LibraryOption, industry: IndustryOption = "", json: JsonOption = False) -> None:
    """Print what the last build did to the themes: kept, merged, split, born, died."""
    from api.live.library import open_live
    from api.themes import listing
    from api.themes.shapes import ThemeHistoryAnswer

    with open_live(library) as snapshot:
        answer = ThemeHistoryAnswer.model_validate({"events": listing.history(snapshot, industry)})
    if json:
        print_json(answer)
        return
    for event in answer.events:
        other = f" {event.other}" if event.other else ""
        typer.echo(
            f"{event.kind:<6} {event.id}{other}  {event.before} → {event.after}, {event.shared} shared"
        )


def rename(
    theme: ThemeArgument,
    name: Annotated[str, typer.Argument(help="Its new name; an empty one gives its own back.")],
    library: LibraryOption,
    who: WhoOption = "",
    note: NoteOption = "",
) -> None:
    """Give a theme another name."""
    _change(library, kind="rename", id=theme, name=name, who=who, note=note)


def merge(
    theme: ThemeArgument,
    others: Annotated[list[str], typer.Argument(metavar="OTHER…", help="Themes that become part of it.")],
    library: LibraryOption,
    who: WhoOption = "",
    note: NoteOption = "",
) -> None:
    """Make several themes of one industry one."""
    _change(library, kind="merge", id=theme, ids=tuple(others), who=who, note=note)


def split(
    theme: ThemeArgument,
    library: LibraryOption,
    into: Annotated[int, typer.Option(min=2, max=20, help="How many parts.")] = 2,
    who: WhoOption = "",
    note: NoteOption = "",
) -> None:
    """Split a theme along its tree."""
    _change(library, kind="split", id=theme, parts=into, who=who, note=note)


def hide(
    theme: ThemeArgument,
    library: LibraryOption,
    back: Annotated[bool, typer.Option("--back", help="Show it again.")] = False,
    who: WhoOption = "",
    note: NoteOption = "",
) -> None:
    """Take a theme off the lists; its patents stay in it."""
    _change(library, kind="show" if back else "hide", id=theme, who=who, note=note)


def pin(
    theme: ThemeArgument,
    library: LibraryOption,
    words: Annotated[list[str] | None, typer.Argument(help="Keywords to put first; none unpins.")] = None,
    who: WhoOption = "",
    note: NoteOption = "",
) -> None:
    """Put keywords of your own first."""
    _change(library, kind="pin", id=theme, words=tuple(words or ()), who=who, note=note)


def seed(
    name: Annotated[str, typer.Argument(help="Name of the new theme.")],
    terms: Annotated[list[str], typer.Argument(metavar="TERM…", help="Patents with one of these make it.")],
    library: LibraryOption,
    industry: IndustryOption = "",
    who: WhoOption = "",
    note: NoteOption = "",
) -> None:
    """Make a theme of the patents of an industry that hold certain terms in title or abstract."""
    _change(library, kind="seed", name=name, words=tuple(terms), industry=industry, who=who, note=note)


def undo(
    library: LibraryOption,
    number: Annotated[int | None, typer.Argument(help="Of the change; the newest without it.")] = None,
    who: WhoOption = "",
    note: NoteOption = "",
) -> None:
    """Undo a change of themes."""
    from api.themes import editing

    _print_change(editing.undo(library, number, who=who, note=note))


def log(library: LibraryOption, json: JsonOption = False) -> None:
    """List the changes of themes, the newest first."""
    from api.themes import editing
    from api.themes.lines import edit_line
    from api.themes.shapes import EditLogAnswer

    answer = EditLogAnswer.model_validate({"edits": editing.lines(library)})
    if json:
        print_json(answer)
        return
    for line in answer.edits:
        typer.echo(edit_line(line))


def _within(
    snapshot: LiveSnapshot,
    where: str,
    dialect: str | None,
    with_noise: bool,
    placed_only: bool = False,
    leading_classes: int | None = None,
) -> Within:
    from api.selections.choosing import choose
    from api.themes.listing import Within

    chosen = choose(snapshot, where, dialect=dialect, with_noise=with_noise)
    return Within(chosen=chosen, placed_only=placed_only, leading_classes=leading_classes)


def _print_themes(answer: ThemesAnswer, json: bool) -> None:
    from api.themes.lines import print_themes

    if json:
        print_json(answer)
    else:
        print_themes(answer)


def _change(library: Path, **asked: object) -> None:
    from api.themes import editing
    from api.themes.editing import Change

    _print_change(editing.change(library, Change(**asked)))  # type: ignore[arg-type]


def _print_change(done: EditedFacts) -> None:
    from api.themes.lines import edit_line
    from api.themes.shapes import EditLineShape

    typer.echo(edit_line(EditLineShape.model_validate(done.line)))
    typer.echo(f"snapshot {done.snapshot} is live: {done.themes} themes")
