"""A running service swaps to a new snapshot and lets the old one go after its last request."""

from __future__ import annotations

import csv
import shutil
from datetime import date

import pytest

from api.libraries.importing import import_exports
from api.live.library import LiveLibrary, open_live
from api.live.parts import passages_of
from patents.errors import LibraryNotFoundError, SnapshotError


@pytest.fixture
def library(library_path, tmp_path):
    """A copy of the built library, to change."""
    return shutil.copytree(library_path, tmp_path / "copy")


@pytest.fixture
def one_more(export_file, tmp_path):
    """An export with one patent that the library does not hold."""
    with export_file.open(encoding="utf-8-sig", newline="") as file:
        headers, first, *_ = csv.reader(file)
    row = ["CN202010999999.5", "CN115999999A", "一种新的铝电解槽阴极保温层", *first[3:]]
    path = tmp_path / "more.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, row])
    return path


def test_an_import_is_seen_by_the_next_request_and_not_by_the_running_one(library, one_more):
    live = LiveLibrary(library, refresh_seconds=0)
    with live.current() as running:
        before = running.number
        done = import_exports(library, [one_more], as_of=date(2022, 7, 1))
        assert done.counts.new == 1 and done.snapshot == before + 1
        with live.current() as following:
            assert following.number == before + 1 and following.count == running.count + 1
        assert running.table.num_rows == following.count - 1
        assert running.snapshot.path.exists()
    live.close()


def test_a_snapshot_in_use_outlives_retention(library, one_more):
    from api.libraries.publishing import build

    live = LiveLibrary(library, refresh_seconds=0)
    with live.current() as running:
        for _ in range(4):
            build(library)
        assert running.snapshot.path.exists()
        assert len(passages_of(running).vectors) >= running.count
    live.close()
    build(library)
    assert not running.snapshot.path.exists()


def test_an_imported_patent_is_found_and_placed_without_a_build(library, one_more):
    from api.search.similar import Wanted, search
    from api.selections.filters import Filters

    import_exports(library, [one_more], as_of=date(2022, 7, 1))
    with open_live(library) as live:
        found = search(live, "铝电解槽阴极保温层", Filters(), Wanted(k=3))
        assert found.hits[0].publication_number == "CN115999999A"


def test_a_library_without_snapshot_says_which_command_makes_one(export_file, tmp_path):
    import_exports(tmp_path / "new", [export_file], publish=False)
    with pytest.raises(SnapshotError, match="Build the library"):
        LiveLibrary(tmp_path / "new")


def test_no_library_is_said_so(tmp_path):
    with pytest.raises(LibraryNotFoundError, match="no library"):
        LiveLibrary(tmp_path / "nowhere")
