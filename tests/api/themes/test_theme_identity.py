"""Themes keep their ids over imports and builds."""

from __future__ import annotations

import csv
import shutil
from datetime import date

import pytest

from api.libraries.importing import import_exports
from api.libraries.publishing import build
from api.live.library import open_live
from api.themes.listing import history, themes


@pytest.fixture
def library(library_path, tmp_path):
    return shutil.copytree(library_path, tmp_path / "copy")


def members(live):
    """Keys of each theme of the whole library."""
    frame = live.table.select(["key", "theme"]).to_pylist()
    return {
        theme.id: {row["key"] for row in frame if theme.id in row["theme"]} for theme in themes(live).themes
    }


def test_a_rebuild_of_the_same_patents_changes_nothing(library):
    with open_live(library) as live:
        before, named = members(live), {theme.id: theme.name for theme in themes(live).themes}
    build(library)
    with open_live(library) as live:
        assert members(live) == before
        assert {theme.id: theme.name for theme in themes(live).themes} == named
        assert {event.kind for event in history(live).events} == {"kept"}


def test_an_import_moves_no_patent_and_places_the_new_one(library, export_file, tmp_path):
    with open_live(library) as live:
        before = members(live)
    with export_file.open(encoding="utf-8-sig", newline="") as file:
        headers, first, *_ = csv.reader(file)
    more = tmp_path / "more.csv"
    with more.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, ["CN202010999999.5", "CN115999999A", *first[2:]]])
    import_exports(library, [more], as_of=date(2022, 7, 1))
    with open_live(library) as live:
        after = members(live)
    assert set(after) == set(before)
    assert {theme: keys - before[theme] for theme, keys in after.items() if keys != before[theme]}
    assert all(before[theme] <= after[theme] for theme in before)
    assert sum(map(len, after.values())) == sum(map(len, before.values())) + 1


def test_ids_are_unique_over_all_scopes(library):
    with open_live(library) as live:
        found = [
            theme.id
            for scope in ("", "有色冶金", "生物医药", "新能源")
            for theme in themes(live, scope).themes
        ]
    assert len(found) == len(set(found)) > 8
