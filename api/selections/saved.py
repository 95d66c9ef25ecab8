"""Selections saved under a name: with note and versions, as they are today or were when printed."""

from __future__ import annotations

from api.live.snapshot import LiveSnapshot
from api.selections.choosing import Chosen, choose, shown
from api.selections.shapes import SavedAnswer, SavedListAnswer
from api.shapes import SelectionFacts
from selection.saved.names import SavedSelections, SavedVersion

#: How long a small change waits for another writer, in seconds.
WAIT_S = 5.0


def save(live: LiveSnapshot, name: str, chosen: Chosen, *, note: str = "", who: str = "") -> SavedVersion:
    """Save what a study is about as the next version of a name.

    Raises:
        InputError: the name cannot be one.
        LibraryLockedError: another process is writing.
    """
    with live.library.lock(WAIT_S):
        return saved_of(live).save(name, chosen.query, chosen.selection, live.keys, note=note, who=who)


def saved(live: LiveSnapshot) -> SavedListAnswer:
    """The newest version of every name."""
    return SavedListAnswer(saved=list(saved_of(live).newest()))


def versions(live: LiveSnapshot, name: str) -> SavedListAnswer:
    """All versions of a name, the oldest first.

    Raises:
        NotFoundError: there is no such name.
    """
    saved_of(live).get(name)
    return SavedListAnswer(saved=list(saved_of(live).versions(name)))


def recalled(
    live: LiveSnapshot, name: str, version: int | None = None, *, with_noise: bool = False
) -> tuple[SavedVersion, Chosen]:
    """What a saved selection means today, or what a version of it meant when it was saved.

    Raises:
        NotFoundError: there is no such name or version.
        QueryError: this library cannot answer it any more.
    """
    stored = saved_of(live)
    saved = stored.get(name, version)
    if version is None:
        return saved, choose(live, saved.written, dialect=saved.dialect, with_noise=with_noise)
    printed = stored.as_printed(name, version, live.keys, snapshot=live.number)
    return saved, Chosen(selection=printed, noise=0, query=saved.query())


def show(
    live: LiveSnapshot, name: str, version: int | None = None, *, limit: int = 20, with_noise: bool = False
) -> SavedAnswer:
    """A saved selection with its versions, and what it means; see `recalled`."""
    saved, chosen = recalled(live, name, version, with_noise=with_noise)
    return SavedAnswer(
        saved=saved,
        versions=saved_of(live).versions(name),
        selection=SelectionFacts.of(chosen.selection),
        noise=chosen.noise,
        left=0 if version is None else saved.count - chosen.selection.count,
        patents=shown(live, chosen.selection, limit=limit),
    )


def delete(live: LiveSnapshot, name: str) -> int:
    """Delete a name with all its versions; returns how many there were.

    Raises:
        NotFoundError: there is no such name.
        LibraryLockedError: another process is writing.
    """
    with live.library.lock(WAIT_S):
        return saved_of(live).delete(name)


def saved_of(live: LiveSnapshot) -> SavedSelections:
    """The saved selections of a library."""
    return SavedSelections(live.library.store)
