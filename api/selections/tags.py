"""标引: tags put on and taken off what a 检索式 or a list of numbers means, with undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from api.live.snapshot import LiveSnapshot
from api.selections.choosing import choose
from api.selections.saved import WAIT_S
from api.selections.shapes import TagChangeAnswer, TagChangesAnswer
from documents.unfinished import aside
from patents.errors import InputError, NumberError
from patents.messages import text
from selection.saved.sheets import read_numbers
from selection.saved.tag_sheets import Described, apply_tags, read_tags, write_tags
from selection.saved.tags import TagOperation, Tags


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Patents that a user named.

    Attributes:
        keys: of patents in the library.
        note: what names them, for the history.
        unknown: numbers that no patent here bears, or several do.
    """

    keys: list[str]
    note: str
    unknown: list[str]


def named(
    live: LiveSnapshot, *, where: str = "", dialect: str | None = None, numbers: Sequence[str] | None = None
) -> Named:
    """Find patents by a 检索式 or by numbers; those tagged 噪声 are among them.

    Raises:
        InputError: neither was given, or both.
        QueryError: the 检索式 is wrong.
    """
    if bool(where.strip()) == (numbers is not None):
        raise InputError("tag-patents-not-named")
    if numbers is None:
        selection = choose(live, where, dialect=dialect, with_noise=True).selection
        return Named(keys=[live.keys[row] for row in selection], note=selection.text, unknown=[])
    found = {number: key_of(live, number) for number in dict.fromkeys(numbers)}
    keys = list(dict.fromkeys(key for key in found.values() if key is not None))
    unknown = [number for number, key in found.items() if key is None]
    return Named(keys=keys, note=text("tag-of-numbers", count=len(found)), unknown=unknown)


def change(
    live: LiveSnapshot,
    tag: str,
    action: Literal["put", "off"],
    patents: Named,
    *,
    note: str = "",
    who: str = "",
) -> TagChangeAnswer:
    """Put a tag on patents or take it off.

    Raises:
        InputError: the tag cannot be one.
        NotFoundError: a tag that no patent has is to be taken off.
        LibraryLockedError: another process is writing.
    """
    with live.library.lock(WAIT_S):
        tags = stored_tags(live)
        act = tags.put if action == "put" else tags.take_off
        done = act(tag, patents.keys, who=who, note=note or patents.note)
    return TagChangeAnswer(change=done, named=len(patents.keys), unknown=patents.unknown)


def undo(live: LiveSnapshot, operation: int | None = None, *, who: str = "") -> TagOperation:
    """Change back what a change did; None is the newest that is open.

    Raises:
        NotFoundError: there is none.
        LibraryLockedError: another process is writing.
    """
    with live.library.lock(WAIT_S):
        return stored_tags(live).undo(operation, who=who)


def history(live: LiveSnapshot, tag: str | None = None) -> TagChangesAnswer:
    """Changes, the newest first."""
    return TagChangesAnswer(changes=list(stored_tags(live).history(tag)))


def counts(live: LiveSnapshot) -> dict[str, int]:
    """Patents of each tag."""
    return stored_tags(live).counts()


def apply_sheet(live: LiveSnapshot, path: Path, *, note: str = "", who: str = "") -> TagChangesAnswer:
    """Put the tags of a sheet on its patents.

    Raises:
        UnreadableFileError: it has no columns of numbers and tags.
        LibraryLockedError: another process is writing.
    """
    sheet = read_tags(path, lambda number: key_of(live, number))
    with live.library.lock(WAIT_S):
        changes = apply_tags(stored_tags(live), sheet, who=who, note=note or path.name)
    return TagChangesAnswer(changes=list(changes), unknown=[number for _, number in sheet.unknown])


def export_tags(live: LiveSnapshot, path: Path, tag: str | None = None) -> int:
    """Write tags as xlsx, one a line, with who put them on and when; returns how many.

    Raises:
        InputError: the file cannot be written.
    """
    entries = stored_tags(live).entries(tag)
    with aside(path) as unfinished:
        return write_tags(unfinished, entries, lambda key: _described(live, key))


def numbers_in(path: Path) -> list[str]:
    """Patent numbers of a file: one a line, or the column of numbers of a table.

    Raises:
        UnreadableFileError: the file cannot be read.
    """
    return read_numbers(path)


def key_of(live: LiveSnapshot, number: str) -> str | None:
    """Key of the patent that bears a number; None when none does, or several do."""
    try:
        found = live.library.store.find(number)
    except NumberError:
        return None
    return None if found is None else found.key


def stored_tags(live: LiveSnapshot) -> Tags:
    """The tags of a library, to read and change."""
    return Tags(live.library.store)


def _described(live: LiveSnapshot, key: str) -> Described:
    row = live.rows_by_key.get(key)
    if row is None:
        return Described("", "")
    return Described(live.number_of(row), live.table.column("title")[row].as_py() or "")
