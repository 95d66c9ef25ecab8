"""What was asked for last is kept, what was not asked for the longest goes."""

from __future__ import annotations

from library.last_used import LastUsed


def test_the_value_that_was_not_asked_for_the_longest_goes():
    kept: LastUsed[str, int] = LastUsed(2)
    kept.put("a", 1)
    kept.put("b", 2)
    assert kept.find("a") == 1
    kept.put("c", 3)
    assert (kept.find("a"), kept.find("b"), kept.find("c")) == (1, None, 3)


def test_a_value_put_again_replaces_the_old_one_and_costs_no_other():
    kept: LastUsed[str, int] = LastUsed(2)
    for key, value in (("a", 1), ("b", 2), ("a", 3)):
        kept.put(key, value)
    assert (kept.find("a"), kept.find("b")) == (3, 2)
