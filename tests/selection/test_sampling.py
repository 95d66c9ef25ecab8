"""查准率 by a judged sample, 查全率 by known numbers."""

from __future__ import annotations

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patents.errors import InputError, UnreadableFileError
from selection.bitmaps import rows_from_array
from selection.saved.samples import draw, read_sample, recall, share, write_sample
from selection.selection import Selection


def of(rows, size=1000):
    return Selection(rows=rows_from_array(rows), text="TIAB=石墨烯", snapshot=3, size=size)


def describe(row):
    return (f"CN{row:012d}", f"CN{row:09d}A", f"标题{row}", "=摘要", "兰州大学; 清华大学", "C01B32/184")


def test_a_sample_is_drawn_without_repeats_and_the_same_for_a_seed():
    selection = of(range(100, 400))
    rows = draw(selection, 50, seed=7)
    assert rows == sorted(set(rows)) == draw(selection, 50, seed=7)
    assert set(rows) <= set(selection)
    assert rows != draw(selection, 50, seed=8)
    assert draw(of([3, 5]), 50) == [3, 5]


def test_every_patent_is_drawn_as_often_as_any_other():
    selection, counts = of(range(20)), [0] * 20
    for seed in range(2000):
        for row in draw(selection, 5, seed=seed):
            counts[row] += 1
    assert all(400 < count < 600 for count in counts)


def test_nothing_to_draw_is_refused():
    with pytest.raises(InputError, match="empty"):
        draw(of([]), 5)
    with pytest.raises(InputError, match="at least 1"):
        draw(of([1]), 0)


def test_a_judged_sample_gives_the_share_with_an_interval(tmp_path):
    path = tmp_path / "sample.xlsx"
    selection = of(range(500))
    write_sample(path, selection, draw(selection, 10), describe)
    book = openpyxl.load_workbook(path)
    sheet = book["抽样"]
    for line, verdict in enumerate([1, "是", "相关", "√", 0, "否", "", "也许", "y", "1"], start=2):
        sheet.cell(line, 1, verdict)
    book.save(path)
    judged = read_sample(path)
    assert (judged.precision.hits, judged.precision.of, judged.precision.whole) == (6, 8, 500)
    assert judged.precision.low < 0.75 < judged.precision.high
    assert judged.unjudged == 1
    assert judged.unclear == ((9, "也许"),)
    assert len(judged.noise) == 2
    assert judged.noise[0].startswith("CN0")


def test_an_unjudged_sample_gives_no_share(tmp_path):
    path = tmp_path / "sample.xlsx"
    write_sample(path, of([1, 2]), [1, 2], describe)
    assert read_sample(path).precision is None
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(UnreadableFileError, match="判断"):
        read_sample(tmp_path / "other.xlsx")


def test_the_interval_agrees_with_wilsons_on_a_large_whole():
    # 45 of 50: Wilson 95 % is 0.7864 … 0.9565 (Newcombe 1998, formula 3).
    found = share(45, 50, 10**9)
    assert (round(found.low, 4), round(found.high, 4)) == (0.7864, 0.9565)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n), st.integers(0, 1000))))
def test_an_interval_holds_its_value_and_narrows_as_the_sample_becomes_the_whole(numbers):
    hits, of_, more = numbers
    found = share(hits, of_, of_ + more)
    assert 0 <= found.low <= found.value <= found.high <= 1
    wider = share(hits, of_, of_ + more + 1000)
    assert wider.low <= found.low + 1e-12
    assert found.high <= wider.high + 1e-12
    assert (found.low == found.high) == (more == 0)


def test_recall_names_what_was_missed_and_what_the_library_lacks():
    rows = {"CN1A": [1], "CN2A": [2], "CN3A": [9], "CN4A": []}
    found = recall(of([1, 2, 3]), ["CN1A", "CN2A", "CN3A", "CN4A", "CN1A"], rows.__getitem__)
    assert (found.share.hits, found.share.of) == (2, 3)
    assert found.missed == ("CN3A",)
    assert found.unknown == ("CN4A",)
    assert recall(of([1]), ["CN4A"], rows.__getitem__).share is None
