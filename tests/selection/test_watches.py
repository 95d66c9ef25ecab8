"""Watches: new and changed patents, each told once, over imports and rebuilds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import numpy as np
import pytest

from patents.errors import InputError, NotFoundError
from patents.record import LegalEvent, PatentRecord
from selection.evaluation import Environment, SimilarHits
from selection.language import parse
from selection.watches.feed import atom_feed
from selection.watches.register import Watches
from tests.selection.keeping import corpus_in, put_in

ATOM = "{http://www.w3.org/2005/Atom}"


def patent(number, **fields):
    return PatentRecord(
        **{
            "application_number": f"CN2018100000{number:02d}",
            "publication_number": f"CN1080000{number:02d}A",
            "title": f"石墨烯膜{number}",
            "abstract": "石墨烯",
            "legal_state": "审中",
            "publication_date": date(2018, 7, number),
            **fields,
        }
    )


def look(library, name, snapshot):
    corpus, _ = corpus_in(library, snapshot)
    return Watches(library.store).check(name, corpus)


@pytest.fixture
def watched(library, tmp_path):
    put_in(library, tmp_path, [patent(n) for n in range(1, 6)], as_of=date(2024, 1, 1))
    Watches(library.store).add("石墨烯", parse("TI=石墨烯"), who="li")
    return library


def told(report):
    return [(each.kind, each.publication_number) for each in report.events]


def test_the_first_look_takes_note_and_tells_nothing(watched):
    report = look(watched, "石墨烯", 1)
    assert (report.first, report.count, report.since, report.events) == (True, 5, "", ())


def test_what_is_new_is_told_once(watched, tmp_path):
    look(watched, "石墨烯", 1)
    put_in(watched, tmp_path, [patent(6), patent(7, title="其他", abstract="")], as_of=date(2024, 2, 1))
    report = look(watched, "石墨烯", 2)
    assert told(report) == [("new", "CN108000006A")]
    assert report.count == 6
    assert report.since
    assert look(watched, "石墨烯", 2).events == ()
    assert look(watched, "石墨烯", 3).events == ()


def test_grant_lapse_transfer_and_refusal_are_told_with_their_day(watched, tmp_path):
    look(watched, "石墨烯", 1)
    changed = [
        patent(1, grant_number="CN108000001B", grant_date=date(2024, 1, 9), legal_state="有效"),
        patent(
            2,
            legal_state="失效",
            lapse_reason="驳回",
            legal_text="驳回",
            events=(LegalEvent(kind="驳回", date=date(2024, 1, 8)),),
        ),
        patent(3, events=(LegalEvent(kind="转让", date=date(2024, 1, 7)),)),
    ]
    put_in(watched, tmp_path, changed, as_of=date(2024, 2, 1))
    report = look(watched, "石墨烯", 2)
    assert told(report) == [
        ("granted", "CN108000001B"),
        ("refused", "CN108000002A"),
        ("transferred", "CN108000003A"),
    ]
    assert [each.day for each in report.events] == ["2024-01-09", "2024-01-08", "2024-01-07"]
    assert report.by_kind() == {"granted": 1, "refused": 1, "transferred": 1}
    lapsed = replace(
        changed[0],
        legal_state="失效",
        lapse_reason="未缴年费",
        legal_text="未缴年费专利权终止",
        lapse_date=date(2024, 3, 1),
    )
    put_in(watched, tmp_path, [lapsed], as_of=date(2024, 4, 1))
    report = look(watched, "石墨烯", 3)
    assert [(each.kind, each.detail, each.day) for each in report.events] == [
        ("lapsed", "未缴年费", "2024-03-01")
    ]
    assert look(watched, "石墨烯", 4).events == ()


def test_what_leaves_the_selection_is_told_with_the_reason_and_may_come_back(library, tmp_path):
    put_in(library, tmp_path, [patent(1)], as_of=date(2024, 1, 1))
    Watches(library.store).add("在审", parse("TI=石墨烯 and STATUS=审中"))
    look(library, "在审", 1)
    put_in(
        library,
        tmp_path,
        [patent(1, grant_date=date(2024, 1, 9), legal_state="有效", legal_text="授权")],
        as_of=date(2024, 2, 1),
    )
    assert [each.kind for each in look(library, "在审", 2).events] == ["granted", "left"]
    assert look(library, "在审", 3).events == ()
    put_in(
        library,
        tmp_path,
        [patent(1, legal_state="审中", legal_text="实质审查的生效")],
        as_of=date(2024, 3, 1),
    )
    assert [(each.kind, each.detail) for each in look(library, "在审", 4).events] == [("new", "再次命中")]


def test_a_changed_key_is_neither_new_nor_gone(library, tmp_path):
    published = PatentRecord(publication_number="CN118000009A", title="石墨烯坩埚")
    put_in(library, tmp_path, [published], as_of=date(2024, 6, 1))
    Watches(library.store).add("坩埚", parse("TI=坩埚"))
    look(library, "坩埚", 1)
    put_in(
        library, tmp_path, [replace(published, application_number="CN202410000009.5")], as_of=date(2025, 1, 1)
    )
    report = look(library, "坩埚", 2)
    assert (report.count, report.events) == (1, ())


def test_a_look_that_fails_is_repeated_in_full(watched, tmp_path, monkeypatch):
    look(watched, "石墨烯", 1)
    put_in(watched, tmp_path, [patent(6)], as_of=date(2024, 2, 1))
    corpus, _ = corpus_in(watched, 2)

    class Broken(Exception):
        pass

    def fails(*_args):
        raise Broken

    with monkeypatch.context() as patch:
        patch.setattr("selection.watches.register._keep_events", fails)
        with pytest.raises(Broken):
            Watches(watched.store).check("石墨烯", corpus)
    assert told(look(watched, "石墨烯", 2)) == [("new", "CN108000006A")]


def similar(scores):
    """A similar-search that answers rows 0, 1, 2 … with these scores."""
    rows = np.arange(len(scores), dtype=np.int64)
    return Environment(similar=lambda *_: SimilarHits(rows, np.array(scores, dtype=np.float32)))


def test_a_similar_search_is_watched_above_its_floor(watched, tmp_path):
    watches = Watches(watched.store)
    watches.add("相似", parse("R=(石墨烯膜)"), floor=0.6)
    corpus, _ = corpus_in(watched)
    assert watches.check("相似", corpus, similar([0.9, 0.7, 0.5, 0.4])).count == 2
    report = watches.check("相似", corpus, similar([0.9, 0.7, 0.65, 0.4]))
    assert told(report) == [("new", "CN108000003A")]


def test_a_floor_belongs_to_similar_searches_only(watched):
    watches = Watches(watched.store)
    with pytest.raises(InputError, match="needs both R= and a minimum score"):
        watches.add("a", parse("TI=a"), floor=0.5)
    with pytest.raises(InputError, match="needs both R= and a minimum score"):
        watches.add("a", parse("R=(a)"))
    with pytest.raises(InputError, match="out of range"):
        watches.add("a", parse("R=(a)"), floor=7)
    with pytest.raises(InputError, match=r"is called .* already"):
        watches.add("石墨烯", parse("TI=a"))


def test_all_watches_are_looked_at_and_a_removed_one_is_forgotten(watched, tmp_path):
    watches = Watches(watched.store)
    watches.add("膜", parse("TI=膜"))
    corpus, _ = corpus_in(watched)
    assert [report.watch for report in watches.check_all(corpus)] == ["石墨烯", "膜"]
    watches.remove("膜")
    assert [each.name for each in watches.all()] == ["石墨烯"]
    assert watches.get("石墨烯").checked
    with pytest.raises(NotFoundError, match="list of watches"):
        watches.remove("膜")


def test_the_feed_tells_each_event_with_an_id_of_its_own(watched, tmp_path):
    look(watched, "石墨烯", 1)
    put_in(watched, tmp_path, [patent(6, title="石墨烯<膜>\x0b&"), patent(8)], as_of=date(2024, 2, 1))
    look(watched, "石墨烯", 2)
    events = Watches(watched.store).events()
    text = atom_feed("预警", events, library_id="abc", base_url="http://127.0.0.1:8000/")
    feed = ElementTree.fromstring(text.encode("utf-8"))
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2
    assert text == atom_feed("预警", events, library_id="abc", base_url="http://127.0.0.1:8000/")
    newest = entries[-1]
    assert newest.findtext(f"{ATOM}title") == "[new] CN108000006A 石墨烯<膜>&"
    assert newest.find(f"{ATOM}link").get("href") == "http://127.0.0.1:8000/patents/CN201810000006"
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{name}")
    assert (
        ElementTree.fromstring(atom_feed("空", [], library_id="a"))
        .findtext(f"{ATOM}updated")
        .startswith("1970")
    )


def test_events_are_kept_the_newest_first_and_by_watch(watched, tmp_path):
    look(watched, "石墨烯", 1)
    for number in (6, 7):
        put_in(watched, tmp_path, [patent(number)], as_of=date(2024, 2, number))
        look(watched, "石墨烯", number)
    watches = Watches(watched.store)
    assert [event.publication_number for _, _, event in watches.events("石墨烯")] == [
        "CN108000007A",
        "CN108000006A",
    ]
    assert len(watches.events(limit=1)) == 1
    assert watches.events("别的") == []
