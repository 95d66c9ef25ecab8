"""An import takes over what the snapshot before indexed; a build indexes anew."""

from __future__ import annotations

import csv
import shutil
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.libraries.importing import import_exports
from api.libraries.publishing import build
from api.live.library import open_live
from api.live.parts import passages_of, scale_of
from api.search.ranking import query_of_text, rank
from index.part.writing import places_of
from library.columns import SCHEMA
from library.folder import Library
from library.snapshot import Snapshot
from themes.part.seats import place_patents
from themes.part.writing import source_of

KEYS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=20)


@pytest.fixture
def library(library_path, tmp_path):
    """A copy of the built library, to change."""
    return shutil.copytree(library_path, tmp_path / "copy")


def export(tmp_path, export_file, *rows):
    """An export of rows like the first of the fixture, with other numbers and titles."""
    with export_file.open(encoding="utf-8-sig", newline="") as file:
        headers, first, *_ = csv.reader(file)
    path = tmp_path / f"{rows[0][1]}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, *([*row, *first[len(row) :]] for row in rows)])
    return path


def inodes(live, part):
    return {path.name: path.stat().st_ino for path in live.snapshot.part(part).iterdir()}


def part_files(live, part):
    folder = live.snapshot.part(part)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def found(live, text, k=5):
    everything = np.ones(live.count, dtype=bool)
    return [
        (one.row, round(one.dense, 5), one.dense_rank)
        for one in rank(live, query_of_text(live, text), k, everything)
    ]


def test_a_new_patent_is_added_to_the_segments_that_exist(library, export_file, tmp_path):
    with open_live(library) as live:
        before = inodes(live, "lexical")
    more = export(tmp_path, export_file, ("CN202010999999.5", "CN115999999A", "一种蜂巢状恒温鸟窝"))
    import_exports(library, [more], as_of=date(2022, 7, 1))
    with open_live(library) as live:
        after = inodes(live, "lexical")
        shared = {name for name in before if after.get(name) == before[name]}
        assert any(name.endswith(".idx") for name in shared)
        hit = rank(live, query_of_text(live, "恒温鸟窝"), 1, np.ones(live.count, dtype=bool))[0]
        assert live.number_of(hit.row) == "CN115999999A" and hit.lexical_rank == 1
        imported = found(live, "铝电解槽阴极结构")
    build(library)
    with open_live(library) as live:
        assert found(live, "铝电解槽阴极结构") == imported
        assert live.snapshot.manifest.facts["lexical_index"] == {"passages": len(passages_of(live).rows)} | {
            "documents": len(passages_of(live).rows)
        }


def test_an_import_that_changes_no_text_shares_both_indexes(library, export_file, tmp_path):
    with open_live(library) as live:
        before = inodes(live, "lexical"), inodes(live, "faiss")
        facts = live.snapshot.manifest.facts["dense_index"]
    with export_file.open(encoding="utf-8-sig", newline="") as file:
        headers, first, *_ = csv.reader(file)
    state = headers.index("专利有效性")
    path = tmp_path / "status.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, [*first[:state], "审中", *first[state + 1 :]]])
    done = import_exports(library, [path], as_of=date(2022, 8, 1))
    assert done.counts.updated == 1
    with open_live(library) as live:
        assert (inodes(live, "lexical"), inodes(live, "faiss")) == before
        assert live.snapshot.manifest.facts["dense_index"] == facts
        assert found(live, "铝电解槽阴极结构")


def test_a_few_new_patents_keep_the_scale_of_scores_and_many_have_it_measured_anew(
    library, export_file, tmp_path
):
    with open_live(library) as live:
        before = inodes(live, "scale")
    few = export(tmp_path, export_file, ("CN202010999999.5", "CN115999999A", "一种蜂巢状恒温鸟窝"))
    import_exports(library, [few], as_of=date(2022, 7, 1))
    with open_live(library) as live:
        assert inodes(live, "scale") == before
    rows = [("", f"CN116{number:06d}A", f"第{number}种蜂巢状恒温鸟窝") for number in range(60)]
    import_exports(library, [export(tmp_path, export_file, *rows)], as_of=date(2022, 7, 2))
    with open_live(library) as live:
        assert inodes(live, "scale") != before
        assert scale_of(live).passages == len(passages_of(live).rows) > 288 * 1.3


def test_a_snapshot_without_a_scale_is_measured_when_it_is_searched(library_path, monkeypatch):
    with open_live(library_path) as live:
        built = scale_of(live)
    monkeypatch.setattr(Snapshot, "has", lambda self, name: name != "scale" and name in self.manifest.parts)
    with open_live(library_path) as live:
        assert not live.snapshot.has("scale") and scale_of(live) == built


def test_columns_and_texts_that_are_carried_over_are_those_of_a_build(library, export_file, tmp_path):
    rows = [
        ("CN200610000001.9", "CN100000001A", "一種燈籠"),
        ("CN201510555555.4", "CN105555555A", "一种LED灯笼"),
        ("CN202010999999.5", "CN115999999A", "一种蜂巢状恒温鸟窝"),
    ]
    import_exports(library, [export(tmp_path, export_file, *rows)], as_of=date(2022, 7, 1))
    changed = ("CN201510555555.4", "CN105555555A", "一种会唱歌的灯笼")
    again = import_exports(library, [export(tmp_path, export_file, changed)], as_of=date(2022, 8, 1))
    assert again.counts.updated == 1
    with open_live(library) as live:
        imported, texts = live.table.combine_chunks(), part_files(live, "text")
    build(library)
    with open_live(library) as live:
        assert live.table.combine_chunks().select(SCHEMA.names).equals(imported.select(SCHEMA.names))
        assert live.table.column("technology").to_pylist() == imported.column("technology").to_pylist()
        assert part_files(live, "text") == texts


def test_patents_that_keep_their_seats_sit_where_placing_all_puts_them(library, export_file, tmp_path):
    build(library)
    rows = [
        ("CN200610000001.9", "CN100000001A", "一种铝电解槽阴极"),
        ("CN201510555555.4", "CN105555555A", "一种LED灯笼"),
    ]
    import_exports(library, [export(tmp_path, export_file, *rows)], as_of=date(2022, 7, 1))
    moved = ("CN201510555555.4", "CN105555555A", "一种锂离子电池正极", "正极片", "1. 一种正极片", "H01M10/05")
    import_exports(library, [export(tmp_path, export_file, moved)], as_of=date(2022, 8, 1))
    with Library.open(library) as opened:
        snapshot = opened.current()
        placed, _ = place_patents(source_of(opened, snapshot), snapshot.part("themes"))
        for name, values in placed.items():
            assert snapshot.table.column(name).to_pylist() == values.to_pylist()
        assert sum(map(len, placed["theme"].to_pylist())) > snapshot.count / 2


def test_records_laid_out_by_another_version_are_laid_out_anew(library, export_file, tmp_path, monkeypatch):
    monkeypatch.setattr("api.libraries.columns.patlas_version", lambda: "another")
    more = export(tmp_path, export_file, ("CN202010999999.5", "CN115999999A", "一种蜂巢状恒温鸟窝"))
    monkeypatch.setattr("api.libraries.columns.carried_over", None)
    import_exports(library, [more], as_of=date(2022, 7, 1))
    with open_live(library) as live:
        assert live.count == 145


def test_the_manifest_says_which_index_was_chosen_and_why(library_path):
    with open_live(library_path) as live:
        facts = live.snapshot.manifest.facts["dense_index"]
    assert facts["kind"] == "flat" and facts["recall_at_10"] == 1.0
    assert "scanned" in facts["reason"]


@given(KEYS, KEYS)
def test_equal_texts_take_the_places_of_equal_texts_each_once(new, old):
    shape = np.empty((0, 2), dtype=np.uint64)
    places = places_of(
        np.array(new, dtype=np.uint64) if new else shape, np.array(old, dtype=np.uint64) if old else shape
    )
    free = {key: [at for at, one in enumerate(old) if one == key] for key in set(old)}
    assert places.tolist() == [free[key].pop(0) if free.get(key) else -1 for key in new]
