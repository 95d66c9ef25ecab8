from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from scripts.demo.draw import Draws
from scripts.demo.life import TERMS, gazette_day, give_way, live, years_later

AS_OF = date(2026, 6, 30)


def lives(patent_type, kind="企业", count=1500):
    draws = Draws(np.random.default_rng(11))
    for _ in range(count):
        life = live(date(2011, 1, 4) + timedelta(days=draws.below(5640)), patent_type, kind, AS_OF, draws)
        if life is not None:
            yield life


@pytest.mark.parametrize("patent_type", TERMS)
def test_every_life_is_consistent_on_the_day_of_the_export(patent_type):
    seen = Counter()
    for life in lives(patent_type):
        seen[life.words] += 1
        entries = [day for day, _ in life.history]
        assert entries == sorted(entries)
        assert entries[-1] <= AS_OF
        assert life.first_publication == entries[0]
        held = life.grant is not None and life.lapse is None
        assert (life.state == "有效") == held
        assert (life.expiry is not None) == held
        if held:
            assert life.expiry > AS_OF
        if life.lapse is not None:
            assert (
                life.grant
                <= life.lapse
                <= years_later(life.filing, 15 if patent_type == "外观设计" else TERMS[patent_type])
            )
        if life.words == "未缴年费":
            assert (life.lapse.month, life.lapse.day) == (life.filing.month, min(life.filing.day, 28)) or (
                life.lapse.day == life.filing.day
            )
    assert seen["授权"] > 0
    assert seen["未缴年费"] > 0
    assert (seen["期限届满"] > 0) == (patent_type != "发明")
    assert (seen["实质审查"] > 0) == (patent_type == "发明")


def test_individuals_let_more_lapse_than_firms():
    lapsed = {
        kind: sum(life.words == "未缴年费" for life in lives("实用新型", kind)) for kind in ("企业", "个人")
    }
    assert lapsed["个人"] > 1.3 * lapsed["企业"]


def test_the_utility_model_gives_way_on_the_day_of_the_grant():
    for life in lives("实用新型", count=300):
        day = gazette_day(life.filing + timedelta(days=900))
        after = give_way(life, day)
        if life.lapse is not None and life.lapse <= day:
            assert after is life
            continue
        assert after.words == "避免重复授权"
        assert after.lapse == day
        assert after.state == "失效"
        assert all(entry[0] < day for entry in after.history[:-1])


def test_the_gazette_appears_on_tuesdays_and_fridays():
    for offset in range(14):
        day = date(2026, 6, 1) + timedelta(days=offset)
        assert gazette_day(day).weekday() in (1, 4)
        assert 0 <= (gazette_day(day) - day).days <= 3


def test_a_leap_day_has_its_anniversary_on_the_28th():
    assert years_later(date(2016, 2, 29), 10) == date(2026, 2, 28)
    assert years_later(date(2016, 2, 29), 4) == date(2020, 2, 29)
