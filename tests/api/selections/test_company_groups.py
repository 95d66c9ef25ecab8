"""TREE@ finds the members of a group."""

from __future__ import annotations

import shutil

import pytest

from api.live.library import open_live
from api.selections.filters import Filters, select
from patents.errors import InputError


def applicants(live, query):
    rows = select(live, Filters(where=query)).array()
    return {live.table.column("applicants")[int(row)].as_py()[0] for row in rows}


def test_members_are_called_like_their_parent(library_path):
    with open_live(library_path) as live:
        assert applicants(live, 'AP=(TREE@"云岭测试")') == {"云岭测试科技有限公司"}
        assert applicants(live, 'AP=(TREE@"云岭测试集团有限公司")') == {"云岭测试科技有限公司"}


def test_a_short_root_does_not_take_strangers_in(library_path):
    with open_live(library_path) as live:
        assert applicants(live, 'AP=(TREE@"云岭公司")') == set()


def test_the_librarys_own_list_comes_first(library_path, tmp_path):
    library = shutil.copytree(library_path, tmp_path / "copy")
    (library / "groups.yaml").write_text("某集团: [黔岭测试大学, 张三]\n", encoding="utf-8")
    with open_live(library) as live:
        assert applicants(live, 'AP=(TREE@"某集团")') == {"黔岭测试大学", "张三"}
    (library / "groups.yaml").write_text("- 某集团\n", encoding="utf-8")
    with open_live(library) as live, pytest.raises(InputError, match="not a list of groups"):
        applicants(live, 'AP=(TREE@"某集团")')
