"""A service that starts loads what its first users ask for."""

from __future__ import annotations

from api.service.live import LiveLibrary, LiveSnapshot
from api.service.warming import warm

# What a search reads: each loads once for a snapshot.
LOADED = ("encoder", "vectors", "passage_rows", "themes", "corpus")


def loaded(live: LiveSnapshot) -> set[str]:
    return {name for name in LOADED if name in live.__dict__}


def test_the_first_search_finds_everything_loaded(library_path):
    library = LiveLibrary(library_path, refresh_seconds=0)
    with library.current() as live:
        assert not loaded(live)
        warm(library).join(60)
        assert loaded(live) == set(LOADED)
    library.close()
