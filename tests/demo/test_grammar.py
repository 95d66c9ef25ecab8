from random import Random

import pytest

from scripts.demo.grammar import GrammarError, Scene, options


@pytest.fixture
def random():
    return Random(7)


def words(**lists):
    return {name: options(text) for name, text in lists.items()}


def test_a_choice_gives_each_of_its_options_and_nothing_else(random):
    seen = {Scene(random, {}).render("[甲|乙[1|2]|]。") for _ in range(200)}
    assert seen == {"甲。", "乙1。", "乙2。", "。"}


def test_a_slot_keeps_its_word_within_one_scene_and_a_numbered_slot_takes_another(random):
    scene = Scene(random, words(矿="铝土矿 | 锰矿"))
    first, second, third = scene.render("{矿}、{矿2}、{矿}").split("、")
    assert first == third
    assert {first, second} == {"铝土矿", "锰矿"}


def test_a_word_of_a_slot_may_hold_a_choice(random):
    seen = {Scene(random, words(剂="[水溶|油溶]剂")).render("{剂}") for _ in range(50)}
    assert seen == {"水溶剂", "油溶剂"}


def test_a_range_stays_inside_its_bounds_and_rises(random):
    for _ in range(300):
        low, high = map(int, Scene(random, {}).render("<60-90>").split("~"))
        assert 60 <= low < high <= 90


def test_a_range_keeps_the_decimals_of_its_bounds_and_the_grid_of_its_step(random):
    for _ in range(100):
        low, high = Scene(random, {}, joiner="-").render("<0.2-1.4:.4>").split("-")
        assert {low, high} <= {"0.2", "0.6", "1", "1.4"}


def test_behind_a_threshold_word_stands_one_number(random):
    assert "~" not in Scene(random, {}).render("含水率低于<8-15>%")
    assert Scene(random, {}).render("共<=3-3.5>次") in {
        f"共{n}次" for n in ("3", "3.1", "3.2", "3.3", "3.4", "3.5")
    }


@pytest.mark.parametrize("text", ["[甲|乙", "甲]", "{矿", "<60-90", "<abc>", "<9-3>", "<5-5>"])
def test_a_malformed_text_is_refused_with_the_text_in_the_message(text, random):
    with pytest.raises(GrammarError) as caught:
        Scene(random, {}).render(text)
    assert text in str(caught.value)


def test_a_slot_without_words_is_named(random):
    with pytest.raises(GrammarError, match="矿"):
        Scene(random, {}).render("{矿}")
