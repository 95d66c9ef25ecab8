"""Selections of filters are kept while their snapshot is served, except those that users change."""

from __future__ import annotations

import shutil

import pytest

from api.live.library import open_live
from api.selections import filters
from api.selections.filters import Filters, select
from api.selections.tags import change, named
from patents.errors import QueryError


@pytest.fixture
def library(library_path, tmp_path):
    """A copy of the built library, to change."""
    return shutil.copytree(library_path, tmp_path / "copy")


def test_the_same_filters_are_evaluated_once(library_path):
    with open_live(library_path) as live:
        first = select(live, Filters(ipc=("C25C",), filed_from="2013"))
        assert select(live, Filters(ipc=("C25C",), filed_from="2013")) is first
        assert select(live, Filters(ipc=("A61K",), filed_from="2013")).text != first.text


def test_the_longest_unused_is_forgotten(library_path, monkeypatch):
    monkeypatch.setattr(filters, "_KEPT", 2)
    with open_live(library_path) as live:
        first, second = (select(live, Filters(ipc=(ipc,))) for ipc in ("C25C", "A61K"))
        select(live, Filters(ipc=("C25C",)))
        select(live, Filters(ipc=("H01M",)))
        assert select(live, Filters(ipc=("C25C",))) is first
        assert select(live, Filters(ipc=("A61K",))) is not second


def test_a_wrong_filter_is_told_each_time(library_path):
    with open_live(library_path) as live:
        for _ in range(2):
            with pytest.raises(QueryError):
                select(live, Filters(where="没有的字段=1"))


def test_what_users_tag_is_seen_by_the_next_search(library):
    by_tag = (Filters(tag=("待读",)), Filters(where="IPC=C25C and TAG=待读"))
    with open_live(library) as live:
        change(live, "待读", "put", named(live, where="TI=电池"))
        before = [select(live, filters).count for filters in by_tag]
        change(live, "待读", "put", named(live, where="IPC=C25C"))
        after = [select(live, filters).count for filters in by_tag]
    assert before[0] > 0 and after[0] > before[0] and (before[1], after[1]) == (0, 36)
