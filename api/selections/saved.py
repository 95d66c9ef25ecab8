"""Selections saved under a name: with note and versions, as they are today or were when printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.selections.choosing import Chosen, choose

if TYPE_CHECKING:
    from api.live.snapshot import LiveSnapshot
    from selection.saved.names import SavedSelections, SavedVersion

#: How long a small change waits for another writer, in seconds.
WAIT_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFacts:
    """A saved selection: the version asked for, all versions, and what it means.

    Attributes:
        saved: the version asked for; the newest when none was.
        versions: all of them, the oldest first.
        chosen: today's answer; for a named version, the patents that it meant when it was saved.
        left: patents of that version that the library does not hold any more.
    """

    saved: SavedVersion
    versions: list[SavedVersion]
    chosen: Chosen
    left: int


def save(live: LiveSnapshot, name: str, chosen: Chosen, *, note: str = "", who: str = "") -> SavedVersion:
    """Save what a study is about as the next version of a name.

    Raises:
        InputError: the name cannot be one.
        LibraryLockedError: another process is writing.
    """
    with live.library.lock(WAIT_S):
        return saved_of(live).save(name, chosen.query, chosen.selection, live.keys, note=note, who=who)


def saved(live: LiveSnapshot) -> list[SavedVersion]:
    """The newest version of every name."""
    return saved_of(live).newest()


def versions(live: LiveSnapshot, name: str) -> list[SavedVersion]:
    """All versions of a name, the oldest first.

    Raises:
        NotFoundError: there is no such name.
    """
    saved_of(live).get(name)
    return saved_of(live).versions(name)


def recalled(
    live: LiveSnapshot, name: str, version: int | None = None, *, with_noise: bool = False
) -> SavedFacts:
    """What a saved selection means today, or what a version of it meant when it was saved.

    Raises:
        NotFoundError: there is no such name or version.
        QueryError: this library cannot answer it any more.
    """
    kept = saved_of(live)
    one = kept.get(name, version)
    if version is None:
        chosen, left = choose(live, one.written, dialect=one.dialect, with_noise=with_noise), 0
    else:
        printed = kept.as_printed(name, version, live.keys, snapshot=live.number)
        chosen, left = Chosen(selection=printed, noise=0, query=one.query()), one.count - printed.count
    return SavedFacts(saved=one, versions=kept.versions(name), chosen=chosen, left=left)


def forget(live: LiveSnapshot, name: str) -> int:
    """Delete a name with all its versions; returns how many there were.

    Raises:
        NotFoundError: there is no such name.
        LibraryLockedError: another process is writing.
    """
    with live.library.lock(WAIT_S):
        return saved_of(live).delete(name)


def saved_of(live: LiveSnapshot) -> SavedSelections:
    """The saved selections of a library."""
    from selection.saved.names import SavedSelections

    return SavedSelections(live.library.store)
