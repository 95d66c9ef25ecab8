"""The log of users' changes to themes."""

from __future__ import annotations

import pytest

from library.folder import Library
from patents.errors import NotFoundError
from themes.edit_log import EditLog
from themes.edits import Hide, Part, Rename, Seed, Split


@pytest.fixture
def log(tmp_path):
    with Library.create(tmp_path / "库") as library:
        yield EditLog(library.store)


def test_a_library_without_changes_has_an_empty_log(log):
    assert log.lines() == () and log.standing() == () and log.next_id() == 1


def test_changes_stand_in_their_order_with_who_and_when(log):
    log.add("", Rename("T000001", "甲"), who="李", note="顺口")
    log.add("provincial:新能源", Hide("T000002"))
    first, second = log.standing()
    assert (first.number, first.edit, first.who, first.note) == (1, Rename("T000001", "甲"), "李", "顺口")
    assert second.scope == "provincial:新能源" and first.at <= second.at and "T" in first.at


def test_undoing_is_a_line_of_its_own_and_takes_the_newest_first(log):
    log.add("", Rename("T000001", "甲"))
    log.add("", Rename("T000001", "乙"))
    undone = log.undo()
    assert undone.undoes == 2 and [line.number for line in log.standing()] == [1]
    assert [line.undone for line in log.lines()] == [False, True, False]
    assert log.undo(1).undoes == 1 and log.standing() == ()


@pytest.mark.parametrize("number", [None, 1, 7])
def test_what_does_not_stand_cannot_be_undone(log, number):
    log.add("", Hide("T000001"))
    log.undo()
    with pytest.raises(NotFoundError) as error:
        log.undo(number)
    assert "log of themes" in error.value.help


def test_ids_that_edits_gave_are_never_given_again(log):
    log.add("", Split("T000003", (Part("T000003", ("CN1",)), Part("T000041", ("CN2",)))))
    log.add("", Seed("T000017", "石墨烯", ("石墨烯",)))
    log.undo()
    assert log.next_id() == 42
