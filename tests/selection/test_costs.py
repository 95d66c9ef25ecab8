"""What a query may cost: bounds on what is typed, a budget of work and time, and steps that stay linear."""

from __future__ import annotations

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patents.errors import QueryError
from selection.evaluation import Corpus, Environment, evaluate, problems
from selection.evaluation.budget import LEAST_WORK, Budget
from selection.evaluation.registered import registered_rows
from selection.language import parse
from selection.language.leaves import MOST_CHARACTERS, MOST_WILDCARDS
from selection.language.parser import MAX_WORDS
from selection.language.tree import Pattern, Wild
from selection.text.column import TextColumn
from selection.text.needle import Step, needle_of
from selection.text.normal import normal_form, normal_forms
from selection.text.places import JoinedTexts
from tests.selection.corpora import LIBRARY, corpus_of

CORPUS, _ = corpus_of(LIBRARY)
#: Every character matches every wildcard, and nothing ends the search early.
STUBBORN = "一" * 2_000 + "的"


def refused(text, corpus=CORPUS, **options):
    with pytest.raises(QueryError) as caught:
        evaluate(text, corpus, **options)
    return caught.value


def corpus_with(*abstracts):
    return Corpus(pa.table({"title": [""] * len(abstracts), "abstract": list(abstracts)}))


@pytest.mark.parametrize(
    "pattern",
    ["一*?*?*?*?*?*?*?*?*法", "一*一*一*一*一*一*一*一*一*一*法", "一??????????法", "a*?*?*?*?*?*?*?*?*b"],
)
def test_a_pattern_that_a_backtracking_expression_takes_ages_for_is_answered_near_a_word(pattern):
    texts = [STUBBORN, STUBBORN.replace("一", " a b "), "一一一一一一一一一一一法的", "axxxxxxxxxxxxb 的"]
    rows = evaluate(f"AB=({pattern} (5n) 的)", corpus_with(*texts)).array().tolist()
    assert rows == evaluate(f"AB=({pattern} and 的)", corpus_with(*texts)).array().tolist() != []


def test_wildcards_between_two_texts_are_one_step_of_any_width_in_whatever_order_they_stand():
    ways = {
        needle_of(Pattern(("一", *wilds, "法"))).steps
        for wilds in ([Wild.MANY, Wild.ONE] * 3, [Wild.ONE] * 3 + [Wild.MANY], [Wild.ONE, Wild.MANY] * 3)
    }
    assert ways == {("一", Step.LETTER, Step.LETTER, Step.LETTER, Step.RUN, "法")}


def test_a_needle_is_sought_once_in_all_texts_together_and_for_every_start_its_shortest_match_is_found():
    joined = JoinedTexts(
        TextColumn.build(pl.Series(["一二法三法", "一", "法 led 灯 ledx 法"])).segments[0].texts
    )
    starts, ends = joined.spans(needle_of(Pattern(("一", Wild.MANY, "法"))))
    assert (starts.tolist(), ends.tolist()) == ([0], [3])
    starts, ends = joined.spans(needle_of(Pattern(("le", Wild.MANY))))
    assert joined.texts_of(starts).tolist() == [2]
    assert (ends - starts).tolist() == [len(" led "), len(" ledx ")]
    assert joined.texts_of(joined.spans(needle_of(Pattern(("法", Wild.ONE)))).starts).tolist() == [0, 2]


def test_no_proximity_reaches_from_one_text_into_the_next():
    assert evaluate("AB=(石墨 (99n) 电池)", corpus_with("石墨", "电池", "石墨，电池")).array().tolist() == [2]
    assert evaluate("AB=(石墨 (s) 电池)", corpus_with("石墨", "电池", "石墨，电池")).array().tolist() == [2]


def test_proximity_holds_beyond_the_texts_that_are_looked_at_at_once(monkeypatch):
    monkeypatch.setattr("selection.text.column._BYTES_AT_ONCE", 40)
    rows = evaluate("AB=(的 (5n) 一)", corpus_with(*["的和一", "的" + "和" * 9 + "一"] * 50)).array()
    assert np.array_equal(rows, np.arange(0, 100, 2))


def test_a_word_has_so_many_wildcards_and_characters_and_no_more():
    most = "*".join("一" * (MOST_WILDCARDS + 1))
    assert parse(f"AB={most}").root
    assert refused(f"AB={most}*一*").code == "query-wildcards-too-many"
    assert refused(f"AB=一{'?' * (MOST_WILDCARDS + 1)}").code == "query-wildcards-too-many"
    assert refused("*一" * 10_000).status == 422
    assert parse(f"AB={'一' * MOST_CHARACTERS}").root
    assert refused(f"AB={'一' * (MOST_CHARACTERS + 1)}").code == "query-word-too-long"


def test_a_query_of_very_many_words_is_refused_before_it_is_read():
    assert refused("a " * (MAX_WORDS + 1)).code == "query-too-many-words"
    assert len(
        parse(f"PN=({' '.join(f'CN{number}A' for number in range(10**8, 10**8 + 20_000))})").root.part.parts
    )


def test_white_space_after_a_bracket_is_looked_at_once():
    assert refused("a (" + " " * 200_000).code == "query-ends-early"


def test_work_is_counted_before_it_is_done_and_what_goes_beyond_the_budget_is_refused_with_its_place():
    corpus = corpus_with(*["一种石墨烯导热膜的制备方法"] * 100)
    alternatives = " or ".join(f"一*{char}" for char in "种石墨烯导热膜的制备方法")
    spacious = Budget(corpus.size)
    assert evaluate(f"AB=({alternatives})", corpus, budget=spacious).count == 100
    assert 12 * 100 < spacious.spent < LEAST_WORK == spacious.most
    narrow = Budget(corpus.size, work=spacious.spent - 1)
    error = refused(f"AB=({alternatives})", corpus, budget=narrow)
    assert (error.code, error.status) == ("query-too-costly", 422)
    assert error.place == f"AB=({alternatives})".rindex("一*")


def test_rows_that_other_conditions_leave_over_are_all_that_is_paid_for():
    corpus = corpus_with(*["一种石墨烯导热膜"] * 1_000, "一种灯")
    dear, cheap = Budget(corpus.size), Budget(corpus.size)
    evaluate("AB=一*膜", corpus, budget=dear)
    evaluate("AB=(灯 and 一*膜)", corpus, budget=cheap)
    assert cheap.spent < dear.spent


def test_a_query_ends_at_its_deadline():
    seconds = iter([0.0, 1.0, 29.0, 31.0])
    budget = Budget(CORPUS.size, clock=lambda: next(seconds))
    error = refused("TI=石墨烯导热 or AB=电池正极 or AB=散热装置", budget=budget)
    assert (error.code, error.place) == ("query-too-slow", len("TI=石墨烯导热 or AB=电池正极 or AB="))


def test_a_larger_library_may_cost_more():
    assert Budget(10_000_000).most > Budget(1_000).most == LEAST_WORK


def test_names_are_compared_with_wildcards_in_linear_time():
    values = {"sei:" + "一" * 200: CORPUS.all(), "法": CORPUS.all()}
    pieces = ("一", *([Wild.MANY, "一"] * 10), Wild.MANY, "法")
    assert not registered_rows(values, Pattern(pieces))
    assert registered_rows(values, Pattern((Wild.MANY, "法"))) == CORPUS.all()


def test_a_long_list_of_names_is_looked_up_in_an_index_and_finds_what_each_name_finds():
    firms = [f"贵州{number}测试有限公司" for number in range(5_000)] + ["LED Lighting Co", "ＬＥＤ灯具厂"]
    names = [f"州{number}测试" for number in range(0, 6_000, 2)] + ["led"]
    many = Corpus(pa.table({"applicants": [[firm] for firm in firms]}))
    found = evaluate(f"AP=({' or '.join(names)})", many)
    assert found.count == 2_500 + 2
    few = Corpus(pa.table({"applicants": [[firm] for firm in firms]}))
    for name in (names[0], names[77], "led", "州*7?测试", "测试有限"):
        rows = evaluate(f"AP=({name})", few).rows
        assert rows == evaluate(f"AP=({name})", many).rows and rows


def test_the_nearest_value_is_looked_up_for_the_first_unknown_ones_only():
    environment = Environment(registered={"industries": lambda: {"铝产业": CORPUS.all()}})
    query = parse(f"INDUSTRY=({' or '.join(f'铝产{number}' for number in range(500))})")
    codes = [error.code for error in problems(query, CORPUS, environment)]
    assert codes[:10] == ["query-value-unknown-near"] * 10
    assert codes[10:] == ["query-value-unknown"] * 490
    assert len(problems(query, CORPUS, environment, most=1)) == 1


@given(st.text(st.sampled_from("石墨烯電龜の가ーaZ5é Ａ①㎡㍿豈\n-"), max_size=8))
def test_one_text_has_the_same_normal_form_as_among_many(text):
    assert normal_form(text) == normal_forms(pl.Series([text]))[0]
