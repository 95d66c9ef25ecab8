"""The Selection itself, and the short options."""

from __future__ import annotations

import numpy as np
import pytest

from patents.errors import QueryError, SnapshotError
from selection.bitmaps import rows_from_array
from selection.evaluation import evaluate
from selection.filters import Filters
from selection.language import parse
from selection.selection import Selection, everything, joined_text
from tests.selection.corpora import LIBRARY, corpus_of


def some(rows, text="TI=a", snapshot=1, size=10):
    return Selection(rows=rows_from_array(rows), text=text, snapshot=snapshot, size=size)


def test_set_algebra_keeps_rows_and_text():
    a, b = some([1, 2, 3], "TI=a"), some([2, 3, 4], "TI=b")
    assert list(a & b) == [2, 3]
    assert (a & b).text == "(TI=a) and (TI=b)"
    assert list(a | b) == [1, 2, 3, 4]
    assert list(a - b) == [1]
    assert list(~a) == [0, 4, 5, 6, 7, 8, 9]
    for joined in (a & b, a | b, a - b, ~a):
        assert parse(joined.text).root


def test_rows_come_as_array_and_mask():
    selection = some([5, 1, 1])
    assert selection.array().tolist() == [1, 5]
    assert np.flatnonzero(selection.mask()).tolist() == [1, 5]
    assert selection.mask(6).size == 6
    assert (selection.count, len(selection), 5 in selection, 2 in selection) == (2, 2, True, False)
    with pytest.raises(ValueError, match="only 5 rows"):
        selection.mask(5)


def test_selections_of_two_snapshots_do_not_mix():
    with pytest.raises(SnapshotError, match="snapshot 2"):
        some([1]) & some([1], snapshot=2)


def test_a_similar_search_stays_in_front_when_texts_are_joined():
    similar = 'R=("石墨烯") and TI=a'
    assert parse(joined_text(similar, "not", "TAG=噪声")).root
    assert parse(joined_text("TI=b", "and", similar)).root


def test_everything_is_what_a_star_means():
    corpus, _ = corpus_of(LIBRARY)
    whole = everything(corpus.size, 0)
    assert evaluate(whole.text, corpus).rows == whole.rows
    assert whole.count == len(LIBRARY)


def test_short_options_abbreviate_a_query():
    text = Filters(
        ipc=("H01M", "C01B32*"),
        applicant=("兰州大学", "格力(珠海)"),
        region=("甘肃",),
        published_from="2011",
        published_to="2020-12-31",
        patent_type=("发明",),
        legal_state=("有效",),
        where="TA:石墨烯",
    ).to_query()
    assert text == (
        '(IPC=H01M or IPC=C01B32) and (AP=兰州大学 or AP="格力(珠海)") and '
        "(AP-PROVINCE=甘肃 or CITY=甘肃 or COUNTY=甘肃) and PT=发明 and STATUS=有效 and TIAB=石墨烯 and "
        "PD=[20110101 to 20201231]"
    )
    assert Filters().to_query() == "*"
    assert Filters(filed_to="2012-01-01").to_query() == "(AD<=20120101)"


def test_a_similar_search_is_narrowed_by_the_options():
    assert (
        Filters(ipc=("H01M",), where="IPC=B and R=(石墨烯)").to_query()
        == 'R=("石墨烯") and IPC=B and IPC=H01M'
    )


def test_a_value_of_an_option_is_literal():
    assert Filters(applicant=('a" or TI="b',)).to_query() == 'AP="a\\" or TI=\\"b"'
    assert parse(Filters(tag=("and",), theme=("R=(x)",)).to_query()).root


def test_a_wrong_option_says_what_is_wrong():
    with pytest.raises(QueryError, match="classification symbol"):
        Filters(ipc=("水",)).to_query()
    with pytest.raises(QueryError, match="not a value of"):
        Filters(legal_state=("存活",)).to_query()
