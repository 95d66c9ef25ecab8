from collections import Counter

import numpy as np
import pytest

from scripts.demo.life import STATES, TERMS, gazette_day, give_way, history, live, years_later

AS_OF = np.datetime64("2026-06-30")


def day(text):
    return np.array([text], dtype="datetime64[D]")


def lives(patent_type, kind="企业", count=3000):
    generator = np.random.default_rng(11)
    filing = np.datetime64("2011-01-04") + generator.integers(0, 5640, count)
    return live(filing, np.full(count, patent_type), np.full(count, kind), generator)


@pytest.mark.parametrize("patent_type", TERMS)
def test_every_life_is_consistent_on_the_day_of_the_export(patent_type):
    made = lives(patent_type)
    published = ~np.isnat(made.first_publication)
    for row in np.flatnonzero(published):
        entries = [when for when, _ in history(made, row)]
        assert entries == sorted(entries)
        assert entries[-1] <= AS_OF
        assert made.first_publication[row] == entries[0]
        holds = not np.isnat(made.grant[row]) and np.isnat(made.lapse[row])
        assert (STATES.get(str(made.words[row])) == "有效") == holds
        assert np.isnat(made.expiry[row]) == (not holds)
        if holds:
            assert made.expiry[row] > AS_OF
        if not np.isnat(made.lapse[row]):
            term = 15 if patent_type == "外观设计" else TERMS[patent_type]
            assert made.grant[row] <= made.lapse[row] <= years_later(made.filing[[row]], term)[0]
        if made.words[row] == "未缴年费":
            filed, ended = str(made.filing[row])[5:], str(made.lapse[row])[5:]
            assert ended == filed or (filed, ended) == ("02-29", "02-28")
    seen = Counter(made.words[published].tolist())
    assert seen["授权"] > 0
    assert seen["未缴年费"] > 0
    assert (seen["期限届满"] > 0) == (patent_type != "发明")
    assert (seen["实质审查"] > 0) == (patent_type == "发明")


def test_individuals_let_more_lapse_than_firms():
    lapsed = {kind: (lives("实用新型", kind).words == "未缴年费").sum() for kind in ("企业", "个人")}
    assert lapsed["个人"] > 1.3 * lapsed["企业"]


def test_the_utility_model_gives_way_on_the_day_of_the_grant():
    made = lives("实用新型", count=600)
    granted = gazette_day(made.filing + 900)
    after = give_way(made, granted)
    for row in np.flatnonzero(~np.isnat(made.grant)):
        if made.lapse[row] <= granted[row]:
            assert (after.words[row], after.lapse[row]) == (made.words[row], made.lapse[row])
            continue
        assert after.words[row] == "避免重复授权"
        assert after.words[row] not in STATES
        assert after.lapse[row] == granted[row]
        assert all(when < granted[row] for when, _ in history(after, row)[:-1])


def test_the_gazette_appears_on_tuesdays_and_fridays():
    for offset in range(14):
        start = day("2026-06-01") + offset
        found = gazette_day(start)[0]
        assert found.item().weekday() in (1, 4)
        assert 0 <= (found - start[0]).astype(int) <= 3


def test_a_leap_day_has_its_anniversary_on_the_28th():
    assert years_later(day("2016-02-29"), 10) == day("2026-02-28")
    assert years_later(day("2016-02-29"), 4) == day("2020-02-29")
