"""A service loads what its first users ask for when it takes up a snapshot, the first and every later one."""

from __future__ import annotations

import shutil
import threading

import pytest

from api.libraries import warming
from api.libraries.publishing import build
from api.libraries.warming import keep_warm, warm
from api.live import parts
from api.live.library import LiveLibrary
from api.live.parts import themes_of
from api.live.snapshot import LiveSnapshot
from api.themes.editing import change
from api.themes.shapes import Change

# What a search reads: each loads once for a snapshot.
LOADED = (parts.encoder_of, parts.passages_of, parts.themes_of, parts.corpus_of)


def loaded(live: LiveSnapshot) -> set[object]:
    return {part for part in LOADED if live.has_made(part)}


def finish() -> None:
    """Wait for the threads that ask."""
    for thread in threading.enumerate():
        if thread.name == warming.NAME:
            thread.join(60)
            assert not thread.is_alive()


@pytest.fixture
def library(library_path, tmp_path):
    """A service's library with the first snapshot warm, over a copy that can be changed."""
    live = LiveLibrary(shutil.copytree(library_path, tmp_path / "copy"), refresh_seconds=0)
    keep_warm(live, pause=0.1).join(60)
    yield live
    finish()
    live.close()


def test_the_first_search_finds_everything_loaded(library_path):
    library = LiveLibrary(library_path, refresh_seconds=0)
    with library.current() as live:
        assert not loaded(live)
        warm(library).join(60)
        assert loaded(live) == set(LOADED)
    library.close()


def test_a_new_snapshot_is_warmed_and_the_request_that_noticed_it_does_not_wait(library, monkeypatch):
    with library.current() as old:
        assert loaded(old) == set(LOADED)
        path = old.library.path
    go = threading.Event()
    industries = warming.counted_industries

    def held_back(*given):
        assert go.wait(60)
        return industries(*given)

    monkeypatch.setattr(warming, "counted_industries", held_back)
    build(path)
    with library.current() as new:
        assert new.number == old.number + 1
        assert not loaded(new), "the request has its snapshot before anything of it is loaded"
        go.set()
        finish()
        assert loaded(new) == set(LOADED)


def test_of_snapshots_published_in_a_row_the_newest_is_warm_in_the_end(library):
    with library.current() as live:
        path, theme = live.library.path, themes_of(live).scopes[""].themes[0].id
    for name in ("甲", "乙", "丙"):
        change(path, Change(kind="rename", id=theme, name=name))
        library.refresh()
    finish()
    with library.current() as live:
        assert themes_of(live).find(theme)[2].name == "丙" and loaded(live) == set(LOADED)
