"""标引 and 去噪: tags put on and off, undone, in and out of spreadsheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from patents.errors import InputError, NotFoundError, UnreadableFileError
from patents.record import PatentRecord
from selection.evaluation import Environment, evaluate
from selection.saved import NOISE, Tags, without_noise
from selection.saved.sheets import read_numbers
from selection.saved.tag_sheets import Described, apply_tags, read_tags, write_tags
from tests.selection.corpora import LIBRARY
from tests.selection.keeping import corpus_in, put_in


@pytest.fixture
def filled(library, tmp_path):
    put_in(library, tmp_path, LIBRARY, as_of=date(2024, 1, 1))
    return library


def keys_of(library):
    return corpus_in(library)[1]


def test_a_tag_goes_on_and_off_and_counts_what_really_changed(filled):
    tags, keys = Tags(filled.store), keys_of(filled)
    assert tags.put("重点", keys[:2], who="li").changed == 2
    assert tags.put("重点", keys[:3], who="wang").changed == 1
    assert tags.counts() == {"重点": 3}
    assert tags.take_off("重点", keys[1:2], who="li").changed == 1
    assert tags.of(keys[0]) == ("重点",)
    assert tags.of(keys[1]) == ()
    assert {each.who for each in tags.entries("重点")} == {"li", "wang"}


def test_undo_changes_back_only_what_the_operation_changed(filled):
    tags, keys = Tags(filled.store), keys_of(filled)
    tags.put("重点", keys[:2])
    second = tags.put("重点", keys[:4], note="TI=a")
    undone = tags.undo(who="li")
    assert (undone.undoes, undone.changed) == (second.id, 2)
    assert tags.counts() == {"重点": 2}
    tags.undo()
    assert tags.counts() == {}
    with pytest.raises(NotFoundError, match="to undo"):
        tags.undo()
    assert [each.action for each in tags.history("重点")] == ["off", "off", "put", "put"]
    with pytest.raises(NotFoundError, match="already undone"):
        tags.undo(second.id)


def test_a_tag_is_a_field_at_once(filled):
    corpus, keys = corpus_in(filled)
    tags = Tags(filled.store)
    tags.put("重点", [keys[2]])
    environment = Environment(registered={"tags": lambda: tags.rows(keys)})
    assert evaluate("TAG=重点", corpus, environment).array().tolist() == [2]
    assert evaluate("TAG=别的", corpus, environment).count == 0


def test_noise_leaves_every_study_and_is_counted(filled):
    corpus, keys = corpus_in(filled)
    tags = Tags(filled.store)
    whole = evaluate("TIAB=石墨", corpus)
    assert without_noise(whole, tags.rows(keys)) == (whole, 0)
    tags.put(NOISE, [keys[row] for row in whole][:1])
    rest, removed = without_noise(whole, tags.rows(keys))
    assert (rest.count, removed) == (whole.count - 1, 1)
    assert rest.text == "(TIAB=石墨) not (TAG=噪声)"
    environment = Environment(registered={"tags": lambda: tags.rows(keys)})
    assert evaluate(rest.text, corpus, environment).rows == rest.rows


def test_a_name_that_is_none_and_a_tag_that_nobody_has_are_refused(filled):
    tags = Tags(filled.store)
    with pytest.raises(InputError, match="name is empty"):
        tags.put(" ", [])
    with pytest.raises(NotFoundError, match="No patent is tagged"):
        tags.take_off("没有", [])


def find_in(library):
    def find(number):
        found = library.store.find(number)
        return found.key if found else None

    return find


def test_tags_go_out_to_a_sheet_and_come_back(filled, tmp_path):
    tags, keys = Tags(filled.store), keys_of(filled)
    tags.put("重点", keys[:2], who="li")
    tags.put("导热", keys[:1], who="li")
    path = tmp_path / "tags.xlsx"
    assert write_tags(path, tags.entries(), lambda key: Described(key, f"标题{key}")) == 3
    sheet = read_tags(path, find_in(filled))
    assert {tag: sorted(found) for tag, found in sheet.keys.items()} == {
        "导热": keys[:1],
        "重点": sorted(keys[:2]),
    }
    assert sheet.unknown == ()
    assert [operation.changed for operation in apply_tags(tags, sheet)] == [0, 0]


def test_a_sheet_of_the_users_own_is_read_with_any_spelling_of_numbers(filled, tmp_path):
    book = openpyxl.Workbook()
    for line in (
        ["我的标引"],
        ["专利号", "标引"],
        ["ZL201510000001.0", "重点；散热"],
        ["CN999999999A", "重点"],
        ["CN205000002U", ""],
    ):
        book.active.append(line)
    book.save(tmp_path / "own.xlsx")
    sheet = read_tags(tmp_path / "own.xlsx", find_in(filled))
    assert sorted(sheet.keys) == ["散热", "重点"]
    assert sheet.unknown == ((4, "CN999999999A"),)
    operations = apply_tags(Tags(filled.store), sheet, who="li", note="own.xlsx")
    assert [(each.tag, each.changed, each.note) for each in operations] == [
        ("散热", 1, "own.xlsx"),
        ("重点", 1, "own.xlsx"),
    ]


def test_lists_of_numbers_are_read_from_text_csv_and_xlsx(tmp_path):
    (tmp_path / "a.txt").write_text("CN1A\n\nCN2A\nCN1A\n", encoding="utf-8")
    (tmp_path / "b.csv").write_bytes("标题,公开号\n甲,CN1A\n乙,CN2A\n".encode("gb18030"))
    book = openpyxl.Workbook()
    book.active.append(["公开(公告)号", "标题"])
    book.active.append(["CN1A", "甲"])
    book.active.append(["CN2A", "乙"])
    book.save(tmp_path / "c.xlsx")
    for name in ("a.txt", "b.csv", "c.xlsx"):
        assert read_numbers(tmp_path / name) == ["CN1A", "CN2A"]
    (tmp_path / "d.xlsx").write_bytes(b"no workbook")
    with pytest.raises(UnreadableFileError, match=r"d\.xlsx"):
        read_numbers(tmp_path / "d.xlsx")


def test_a_tag_follows_a_patent_whose_key_changes(library, tmp_path):
    published = PatentRecord(publication_number="CN118000009A", title="石墨坩埚")
    put_in(library, tmp_path, [published], as_of=date(2024, 6, 1))
    before = keys_of(library)
    tags = Tags(library.store)
    tags.put("重点", before)
    put_in(
        library, tmp_path, [replace(published, application_number="CN202410000009.5")], as_of=date(2025, 1, 1)
    )
    after = keys_of(library)
    assert after != before
    assert tags.rows(after)["重点"].to_array().tolist() == [0]
    assert tags.of(after[0]) == ("重点",)
