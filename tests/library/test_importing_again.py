"""Importing again, in other orders and other parts, changes nothing."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from library.folder import Library
from library.imports import import_files
from library.matches import match_rows
from library.patent_rows import chunks
from library.report import Counts
from library.stage import staged
from patents.merge import AsOf
from patents.readers import RowRead
from tests.library.rows import application, row, without
from tests.library.taking import DAY, stored_places, take
from tests.patents.wild_rows import wild_records

NUMBERS = [(1, "A"), (1, "B"), (2, "A"), (2, "B"), (3, "A")]


@settings(max_examples=15)
@given(
    rows=st.lists(st.tuples(st.sampled_from(NUMBERS), st.booleans()), min_size=1, max_size=12),
    at_once=st.integers(1, 4),
    cut=st.integers(0, 12),
)
def test_rows_in_any_order_and_any_chunks_make_one_patent_of_each_application(
    tmp_path_factory, monkeypatch, rows, at_once, cut
):
    """Rows with and without application number; the outcomes always add up."""
    monkeypatch.setattr("library.import_work._ROWS_AT_ONCE", at_once)
    folder = tmp_path_factory.mktemp("any")
    made = [
        row(number, publication_number=f"CN1{number:08d}{kind}")
        if full
        else without(row(number, publication_number=f"CN1{number:08d}{kind}"), "application_number")
        for (number, kind), full in rows
    ]
    with Library.create(folder / "library") as target:
        for part in (made[:cut], made[cut:]):
            if part:
                report = take(target, folder, part)
                assert report.counts.rows == len(part)
        expected = {
            f"CN20201{number:07d}"
            if any(full for (other, _), full in rows if other == number)
            else f"CN1{number:08d}"
            for (number, _), _ in rows
        }
        assert [patent.key for patent in target.store.records()] == sorted(expected)
        for (number, kind), _ in rows:
            assert target.store.get(f"CN1{number:08d}{kind}") is not None


def test_rows_of_one_file_that_disagree_change_nothing_when_imported_again(library, tmp_path):
    rows = [row(1, title="甲"), row(2), row(1, title="乙")]
    assert take(library, tmp_path, rows).counts == Counts(new=2, unchanged=1)
    before = stored_places(library)
    for again in (rows, rows[::-1]):
        assert take(library, tmp_path, again).counts == Counts(unchanged=3)
        assert stored_places(library) == before
    assert library.store.get(application(1)).title == "甲"


def table_of(library):
    """Every byte of the patents and of the numbers that lead to them."""
    with library.store.reading() as connection:
        return [
            sorted(map(tuple, connection.execute(text(f"SELECT * FROM {name}"))))
            for name in ("patent", "patent_number")
        ]


def import_records(library, folder, records, day):
    """Import records through the stage, the way rows of a file go."""
    with staged(folder, library.store) as stage:
        outcomes = [
            matched.outcome
            for chunk in chunks(enumerate(records, start=1), 3)
            for matched in match_rows(stage, [RowRead(place, each) for place, each in chunk], AsOf(day))
        ]
        with library.store.transaction() as connection:
            stage.move_into(connection, lambda done: None)
    return outcomes


@settings(max_examples=40)
@given(
    st.lists(st.lists(wild_records(), min_size=1, max_size=7), min_size=1, max_size=3),
    st.lists(st.sampled_from([DAY, DAY, date(2023, 1, 1)]), min_size=3, max_size=3),
    st.randoms(use_true_random=False),
)
def test_files_imported_again_change_no_byte_whatever_their_rows_say(tmp_path_factory, files, days, random):
    folder = tmp_path_factory.mktemp("again")
    with Library.create(folder / "library") as target:
        dated = list(zip(files, days[: len(files)], strict=True))
        first = [import_records(target, folder, records, day) for records, day in dated]
        before = table_of(target)
        random.shuffle(dated)
        for records, day in dated:
            again = import_records(target, folder, records, day)
            assert set(again) <= {"unchanged", "rejected"}
            assert table_of(target) == before
        assert sum(each.count("rejected") for each in first) == sum(
            not (record.application_number or record.publication_number or record.grant_number)
            for records, _ in dated
            for record in records
        )


@pytest.mark.shared
def test_real_exports_import_together_and_again_without_change(shared_data, tmp_path):
    exports = sorted((shared_data / "exports").glob("*/*"))
    files = [path for path in exports if path.parent.name != "cnipa_gazette"]
    with Library.create(tmp_path / "library") as library:
        first = import_files(library, files, as_of=DAY)
        assert len(first.files) == len(files) >= 7
        assert first.counts.new > 1000
        assert first.counts.rows == sum(report.counts.rows for report in first.files)
        assert first.patents == library.store.count() == first.counts.new
        state = library.store.corpus_hash()
        second = import_files(library, files, as_of=DAY)
        assert second.counts == Counts(unchanged=first.counts.rows - first.counts.rejected)
        assert library.store.corpus_hash() == state
