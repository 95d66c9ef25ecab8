"""Users' changes to themes: written to the log, and published at once as a snapshot that shares the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from api.themes.counting import ALL_PATENTS
from api.themes.shapes import Change, EditedAnswer, EditLine, EditLogAnswer
from library.files import link_tree
from library.folder import Library
from library.names import checked_name
from library.snapshot import Snapshot
from library.snapshot_writer import SnapshotWriter
from patents.errors import InputError, LibraryError, NotFoundError
from themes.applied_edits import parts_of
from themes.edit_log import EditLog, LoggedEdit
from themes.edits import Edit, Hide, Merge, Pin, Rename, Seed, Split
from themes.part.building import BuildOptions, reshape_scope, restyle_scope
from themes.part.format import FORMAT, Scope, ThemesPart, edited_model, read_part, write_part
from themes.part.seats import place_again
from themes.part.writing import options_of, source_of

#: How long a change waits for another writer, in seconds.
WAIT_S = 30.0
_MOST_PARTS = 20
_LONGEST_NAME = 60


def change(path: Path, asked: Change) -> EditedAnswer:
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


def undo(path: Path, number: int | None = None, *, who: str = "", note: str = "") -> EditedAnswer:
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


def lines(path: Path) -> EditLogAnswer:
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
    return EditLogAnswer(
        edits=[_line(line, line.number in skipped or line.scope not in there) for line in reversed(log)]
    )


def _current(library: Library) -> Snapshot:
    current = library.current()
    if current is None or not current.has("themes"):
        raise LibraryError("library-without-themes", library=library.path)
    if read_part(current.part("themes")).format != FORMAT:
        raise LibraryError("themes-of-earlier-version", library=library.path)
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
    raise InputError("theme-change-unknown", kind=asked.kind)


def _seed_of(asked: Change, part: ThemesPart, next_id: int) -> tuple[Scope, Edit]:
    wanted = asked.industry.strip()
    fits = {
        "" if wanted == ALL_PATENTS else wanted,
        *(scope.id for scope in part.scopes if scope.id.partition(":")[2] == wanted and wanted),
    }
    scope = next((scope for scope in part.scopes if scope.id in fits), None)
    if scope is None:
        names = "、".join(scope.id for scope in part.scopes if scope.id)
        raise NotFoundError("themes-none-of", name=wanted, names=names)
    if not (words := _words(asked.words)):
        raise InputError("theme-seed-without-terms")
    return scope, Seed(f"T{next_id:06d}", _name(asked.name, scope, ""), words)


def _find(part: ThemesPart, id_: str) -> tuple[Scope, int]:
    for scope in part.scopes:
        for number, theme in enumerate(scope.themes):
            if theme.id == id_.strip():
                return scope, number
    raise NotFoundError("theme-not-found", name=id_)


def _name(name: str, scope: Scope, id_: str) -> str:
    """A name that no other theme of the scope has; empty gives the own name back."""
    name = checked_name(name, longest=_LONGEST_NAME) if name.strip() or not id_ else ""
    other = next((theme.id for theme in scope.themes if theme.name == name and theme.id != id_), None)
    if name and other:
        raise InputError("theme-name-taken", id=other, name=name)
    return name


def _words(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def _merged(asked: Change, part: ThemesPart, scope: Scope, into: str) -> tuple[str, ...]:
    if not asked.ids:
        raise InputError("theme-merge-without-others")
    for other in asked.ids:
        if other == into:
            raise InputError("theme-merge-with-itself", id=other)
        if _find(part, other)[0].id != scope.id:
            raise InputError("theme-merge-across-industries", other=other, into=into)
    return tuple(dict.fromkeys(asked.ids))


def _split_of(asked: Change, current: Snapshot, scope: Scope, number: int, next_id: int) -> Split:
    if not 2 <= asked.parts <= _MOST_PARTS:
        raise InputError("theme-split-parts", asked=asked.parts, most=_MOST_PARTS)
    id_ = scope.themes[number].id
    model = edited_model(current.part("themes") / scope.folder)
    ids = (id_, *(f"T{next_id + place:06d}" for place in range(asked.parts - 1)))
    parts = parts_of(model, number, ids)
    if len(parts) < 2:
        raise InputError("theme-split-impossible", id=id_)
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
        raise InputError("theme-change-without-effect")
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


def _facts(library: Library, line: LoggedEdit, snapshot: Snapshot) -> EditedAnswer:
    themes = int(str(snapshot.manifest.facts["themes"]))
    return EditedAnswer(line=_line(line, skipped=False), snapshot=snapshot.number, themes=themes)


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
        scope=line.scope or ALL_PATENTS,
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
