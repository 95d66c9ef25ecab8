"""Users' changes to themes: written to the log, and published at once as a snapshot that shares the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from library.folder import Library
from patents.errors import InputError, LibraryError, NotFoundError
from themes.edit_log import EditLog, LoggedEdit
from themes.edits import Edit, Hide, Merge, Pin, Rename, Seed, Split
from themes.part.building import BuildOptions, reshape_scope, restyle_scope
from themes.part.format import FORMAT, Scope, ThemesPart, edited_model, read_part, write_part

if TYPE_CHECKING:
    from library.snapshot import Snapshot
    from library.snapshot_writer import SnapshotWriter

#: How long a change waits for another writer, in seconds.
WAIT_S = 30.0
_MOST_PARTS = 20
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class EditLine:
    """One line of the log.

    Attributes:
        kind: rename, merge, split, hide, pin, seed.
        id: the theme that was changed or made.
        ids: others that took part: merged away, or made by a split.
        name: given by a renaming or seeding.
        words: keywords or terms given.
        undoes: number of the line that this one undid.
        undone: whether a later line undid this one.
        in_force: whether it changes the themes of the live snapshot; false also where its theme died.
    """

    number: int
    kind: str
    scope: str
    id: str
    ids: list[str]
    name: str
    words: list[str]
    hidden: bool | None
    note: str
    who: str
    at: str
    undoes: int | None
    undone: bool
    in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedFacts:
    """What a change did."""

    line: EditLine
    snapshot: int
    themes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change asked for.

    Attributes:
        kind: rename, merge, split, hide, show, pin, seed.
        id: the theme; of a seed the scope is named instead.
        name: of a renaming (empty gives the own name back) or a seed.
        ids: themes to be merged into `id`.
        words: keywords to pin (none unpins), or terms of a seed.
        parts: into how many parts a theme is split.
        industry: whose theme a seed makes.
    """

    kind: str
    id: str = ""
    name: str = ""
    ids: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    parts: int = 2
    industry: str = ""
    who: str = ""
    note: str = ""


def change(path: Path, asked: Change) -> EditedFacts:
    """Change themes; seen by the next request.

    Args:
        path: of the library.
        asked: what to do.

    Raises:
        NotFoundError: there is no such theme or industry.
        InputError: it cannot be done; nothing was changed.
        LibraryLockedError: another process is writing.
    """
    with Library.open(path) as library, library.lock(WAIT_S):
        current = _current(library)
        log = EditLog(library.store)
        part = read_part(current.part("themes"))
        scope, edit = _edit_of(asked, current, part, log)
        trial = LoggedEdit(
            number=0, scope=scope.id, edit=edit, note="", who="", at="", undoes=None, undone=False
        )
        line, snapshot = _publish(
            library,
            current,
            scope.id,
            (*log.standing(), trial),
            reshapes=isinstance(edit, Merge | Split | Seed),
            write=lambda: log.add(scope.id, edit, who=asked.who, note=asked.note),
        )
        return _facts(library, line, snapshot)


def undo(path: Path, number: int | None = None, *, who: str = "", note: str = "") -> EditedFacts:
    """Undo a change; None is the newest that stands.

    Raises:
        NotFoundError: there is none to undo.
        LibraryLockedError: another process is writing.
    """
    with Library.open(path) as library, library.lock(WAIT_S):
        current = _current(library)
        log = EditLog(library.store)
        found = log.last(number)
        if found.scope not in {scope.id for scope in read_part(current.part("themes")).scopes}:
            return _facts(library, log.undo(found.number, who=who, note=note), current)
        line, snapshot = _publish(
            library,
            current,
            found.scope,
            tuple(one for one in log.standing() if one.number != found.number),
            reshapes=isinstance(found.edit, Merge | Split | Seed),
            write=lambda: log.undo(found.number, who=who, note=note),
        )
        return _facts(library, line, snapshot)


def lines(path: Path) -> list[EditLine]:
    """The log of users' changes, the newest first.

    Raises:
        LibraryNotFoundError: there is no library.
    """
    with Library.open(path) as library:
        log = EditLog(library.store).lines()
        snapshot = library.current()
        found = (
            ()
            if snapshot is None or not snapshot.has("themes")
            else read_part(snapshot.part("themes")).scopes
        )
    skipped = {number for scope in found for number in scope.skipped}
    there = {scope.id for scope in found}
    return [_line(line, line.number in skipped or line.scope not in there) for line in reversed(log)]


def _current(library: Library) -> Snapshot:
    current = library.current()
    help_ = f"patlas build --library {library.path}"
    if current is None or not current.has("themes"):
        raise LibraryError(f"library {library.path} has no themes yet", help=help_)
    if read_part(current.part("themes")).format != FORMAT:
        raise LibraryError("these themes were made by an earlier version", help=help_)
    return current


def _edit_of(asked: Change, current: Snapshot, part: ThemesPart, log: EditLog) -> tuple[Scope, Edit]:
    """Read what is asked for, against the themes that are there."""
    next_id = max(part.next_id, log.next_id())
    if asked.kind == "seed":
        return _seed_of(asked, part, next_id)
    scope, number = _find(part, asked.id)
    id_ = scope.themes[number].id
    match asked.kind:
        case "rename":
            return scope, Rename(id_, _name(asked.name, scope, id_))
        case "hide" | "show":
            return scope, Hide(id_, asked.kind == "hide")
        case "pin":
            return scope, Pin(id_, _words(asked.words))
        case "merge":
            return scope, Merge(id_, _merged(asked, part, scope, id_))
        case "split":
            return scope, _split_of(asked, current, scope, number, next_id)
    raise InputError(
        f"{asked.kind!r} is no change of themes", help="known are rename, merge, split, hide, show, pin, seed"
    )


def _seed_of(asked: Change, part: ThemesPart, next_id: int) -> tuple[Scope, Edit]:
    wanted = asked.industry.strip()
    fits = {
        "" if wanted == "全库" else wanted,
        *(scope.id for scope in part.scopes if scope.id.partition(":")[2] == wanted and wanted),
    }
    scope = next((scope for scope in part.scopes if scope.id in fits), None)
    if scope is None:
        names = ", ".join(scope.id for scope in part.scopes if scope.id)
        raise NotFoundError(f"no themes of {wanted!r} in this library", help=f"there are themes of {names}")
    if not (words := _words(asked.words)):
        raise InputError("a seed needs terms", help="patlas themes seed NAME TERM…")
    return scope, Seed(f"T{next_id:06d}", _name(asked.name, scope, ""), words)


def _find(part: ThemesPart, id_: str) -> tuple[Scope, int]:
    for scope in part.scopes:
        for number, theme in enumerate(scope.themes):
            if theme.id == id_.strip():
                return scope, number
    raise NotFoundError(f"no theme {id_!r} in this library", help="`patlas themes` lists them with their ids")


def _name(name: str, scope: Scope, id_: str) -> str:
    """A name that no other theme of the scope has; empty gives the own name back."""
    name = " ".join(name.split())
    if not id_ and not name:
        raise InputError("a theme made of terms needs a name", help="patlas themes seed NAME TERM…")
    if len(name) > _LONGEST_NAME:
        raise InputError(
            f"a name has at most {_LONGEST_NAME} characters, this one {len(name)}", help="shorten it"
        )
    other = next((theme.id for theme in scope.themes if theme.name == name and theme.id != id_), None)
    if name and other:
        raise InputError(f"{other} is called {name!r} already", help="names are unique within an industry")
    return name


def _words(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def _merged(asked: Change, part: ThemesPart, scope: Scope, into: str) -> tuple[str, ...]:
    if not asked.ids:
        raise InputError("nothing to merge", help="patlas themes merge ID OTHER…")
    for other in asked.ids:
        if other == into:
            raise InputError(f"{other} cannot be merged with itself", help="name other themes")
        if _find(part, other)[0].id != scope.id:
            raise InputError(
                f"{other} is a theme of another industry than {into}", help="merge themes of one industry"
            )
    return tuple(dict.fromkeys(asked.ids))


def _split_of(asked: Change, current: Snapshot, scope: Scope, number: int, next_id: int) -> Split:
    from themes.applied_edits import parts_of

    if not 2 <= asked.parts <= _MOST_PARTS:
        raise InputError(f"{asked.parts} parts cannot be had", help=f"split into 2 to {_MOST_PARTS}")
    id_ = scope.themes[number].id
    model = edited_model(current.part("themes") / scope.folder)
    ids = (id_, *(f"T{next_id + place:06d}" for place in range(asked.parts - 1)))
    parts = parts_of(model, number, ids)
    if len(parts) < 2:
        raise InputError(
            f"{id_} is one dense group and cannot be split along its tree",
            help="make a theme of the terms that you mean: patlas themes seed NAME TERM…",
        )
    return Split(id_, parts)


def _publish(
    library: Library,
    current: Snapshot,
    scope_id: str,
    edits: tuple[LoggedEdit, ...],
    *,
    reshapes: bool,
    write: Callable[[], LoggedEdit],
) -> tuple[LoggedEdit, Snapshot]:
    """Publish the live snapshot with other themes of one scope, then write the log.

    Raises:
        InputError: the change would change nothing, or leave no theme.
    """
    from themes.part.writing import options_of

    options = replace(options_of(library), edits=edits)
    columns = [name for name in current.manifest.parts if name.startswith("column-theme")] if reshapes else []
    with library.new_snapshot() as writer:
        for name in current.manifest.parts:
            if name not in ("themes", *columns):
                writer.share(name)
        count = _write_scope(library, writer, current, scope_id, options, reshapes=reshapes)
        line = write()
        _take_ids(writer, line)
        facts = {**current.manifest.facts, "themes": count}
        return line, writer.publish(encoder=current.manifest.encoder, **facts)


def _write_scope(
    library: Library,
    writer: SnapshotWriter,
    current: Snapshot,
    scope_id: str,
    options: BuildOptions,
    *,
    reshapes: bool,
) -> int:
    """Write the part `themes` with one scope changed; gives the number of themes."""
    from library.files import link_tree
    from themes.part.seats import place_again
    from themes.part.writing import source_of

    part, folder = read_part(current.part("themes")), writer.part("themes")
    for scope in part.scopes:
        link_tree(current.part("themes") / scope.folder, folder / scope.folder)
    source = source_of(library, current)
    scopes = [
        scope
        if scope.id != scope_id
        else reshape_scope(source, folder, scope, options)
        if reshapes
        else restyle_scope(folder, scope, options)
        for scope in part.scopes
    ]
    changed = next(scope for scope in scopes if scope.id == scope_id)
    if 0 in changed.skipped:
        raise InputError(
            "that would change nothing: no patent is concerned", help="nothing was changed; see patlas themes"
        )
    write_part(folder, replace(part, scopes=tuple(scopes), next_id=max(part.next_id, options.next_id)))
    if reshapes:
        for name, values in place_again(source, folder, scope_id).items():
            writer.write_column(name, values)
    return sum(len(scope.themes) for scope in scopes)


def _take_ids(writer: SnapshotWriter, line: LoggedEdit) -> None:
    """The ids that this change gave are never given again."""
    folder = writer.path / "themes"
    part = read_part(folder)
    ids = (
        [line.edit.id, *(each.id for each in line.edit.parts)]
        if isinstance(line.edit, Split)
        else [line.edit.id]
    )
    highest = max(int(id_.lstrip("T")) for id_ in ids)
    write_part(folder, replace(part, next_id=max(part.next_id, highest + 1)))


def _facts(library: Library, line: LoggedEdit, snapshot: Snapshot) -> EditedFacts:
    themes = int(str(snapshot.manifest.facts["themes"]))
    return EditedFacts(line=_line(line, skipped=False), snapshot=snapshot.number, themes=themes)


def _line(line: LoggedEdit, skipped: bool) -> EditLine:
    edit = line.edit
    values = asdict(edit)
    kind = type(edit).__name__.lower()
    if isinstance(edit, Hide) and not edit.hidden:
        kind = "show"
    others = [part.id for part in edit.parts if part.id != edit.id] if isinstance(edit, Split) else []
    return EditLine(
        number=line.number,
        kind=kind,
        scope=line.scope or "全库",
        id=edit.id,
        ids=list(values.get("ids", others)),
        name=str(values.get("name", "")),
        words=list(values.get("keywords", values.get("terms", ()))),
        hidden=edit.hidden if isinstance(edit, Hide) else None,
        note=line.note,
        who=line.who,
        at=line.at,
        undoes=line.undoes,
        undone=line.undone,
        in_force=not (line.undone or line.undoes is not None or skipped),
    )
