"""Selections saved under names: versions, and what they meant when they were printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from patents.errors import InputError, NotFoundError
from patents.record import PatentRecord
from selection.evaluation import evaluate
from selection.language import parse
from selection.saved import SavedSelections
from tests.selection.corpora import LIBRARY
from tests.selection.keeping import corpus_in, put_in


@pytest.fixture
def filled(library, tmp_path):
    put_in(library, tmp_path, LIBRARY, as_of=date(2024, 1, 1))
    return library


def save(library, name, text, **options):
    corpus, keys = corpus_in(library)
    query = parse(text)
    saved = SavedSelections(library.store)
    return saved.save(name, query, evaluate(query, corpus), keys, **options)


def test_a_name_keeps_every_version(filled):
    first = save(filled, "导热", "TA:石墨", who="li", note="初稿")
    second = save(filled, "导热", "TIAB=石墨烯")
    saved = SavedSelections(filled.store)
    assert (first.version, first.count, first.who, first.note) == (1, 2, "li", "初稿")
    assert (first.written, first.dialect, first.text) == ("TA:石墨", "patsnap", "TIAB=石墨")
    assert (second.version, second.count) == (2, 1)
    assert saved.get("导热") == second
    assert saved.get("导热", 1) == first
    assert saved.versions("导热") == [first, second]
    assert [each.name for each in saved.newest()] == ["导热"]
    assert first.query().canonical == "TIAB=石墨"


def test_the_name_gives_todays_answer_and_the_version_the_printed_one(filled, tmp_path):
    save(filled, "石墨", "TIAB=石墨")
    new = PatentRecord(
        publication_number="CN118000009A",
        title="石墨坩埚",
        abstract="石墨",
        publication_date=date(2024, 5, 1),
    )
    put_in(filled, tmp_path, [new], as_of=date(2024, 6, 1))
    corpus, keys = corpus_in(filled, snapshot=2)
    saved = SavedSelections(filled.store)
    assert saved.today("石墨", corpus).count == 3
    printed = saved.as_printed("石墨", 1, keys, snapshot=2)
    assert printed.count == saved.get("石墨", 1).count == 2
    assert printed.text == "TIAB=石墨"


def test_a_patent_that_got_its_application_number_later_is_still_meant(library, tmp_path):
    published = PatentRecord(publication_number="CN118000009A", title="石墨坩埚")
    put_in(library, tmp_path, [published], as_of=date(2024, 6, 1))
    save(library, "坩埚", "TI=坩埚")
    before = SavedSelections(library.store).keys("坩埚")
    put_in(
        library, tmp_path, [replace(published, application_number="CN202410000009.5")], as_of=date(2025, 1, 1)
    )
    _, keys = corpus_in(library)
    after = SavedSelections(library.store).keys("坩埚")
    assert before != after == tuple(keys)
    assert SavedSelections(library.store).as_printed("坩埚", 1, keys, snapshot=1).count == 1


def test_what_is_not_there_is_told_with_what_is(filled):
    saved = SavedSelections(filled.store)
    with pytest.raises(NotFoundError, match="save one"):
        saved.get("导热")
    save(filled, "导热", "TI=石墨烯")
    with pytest.raises(NotFoundError, match="Choose from 导热"):
        saved.get("导电")
    with pytest.raises(NotFoundError, match="no version 7"):
        saved.get("导热", 7)
    with pytest.raises(InputError, match="U\\+000A"):
        save(filled, "a\nb", "TI=石墨烯")


def test_a_name_is_forgotten_with_its_versions(filled):
    save(filled, "导热", "TI=石墨烯")
    save(filled, "导热", "TI=石墨烯")
    saved = SavedSelections(filled.store)
    assert saved.delete("导热") == 2
    assert saved.newest() == []
    with pytest.raises(NotFoundError):
        saved.delete("导热")
