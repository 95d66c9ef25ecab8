import numpy as np
import pytest

from scripts.demo.draw import Draws, Weights
from scripts.demo.templates import Scene, TemplateError, parse, parse_options


@pytest.fixture
def draws():
    return Draws(np.random.default_rng(7))


def words(**lists):
    return {name: parse_options(text) for name, text in lists.items()}


def test_a_choice_gives_each_of_its_options_and_nothing_else(draws):
    seen = {parse("[甲|乙[1|2]|]。").render(Scene(draws, {})) for _ in range(200)}
    assert seen == {"甲。", "乙1。", "乙2。", "。"}


def test_a_slot_keeps_its_word_within_one_scene_and_a_numbered_slot_takes_another(draws):
    scene = Scene(draws, words(矿="铝土矿 | 锰矿"))
    text = parse("{矿}、{矿2}、{矿}").render(scene)
    first, second, third = text.split("、")
    assert first == third
    assert {first, second} == {"铝土矿", "锰矿"}


def test_a_range_stays_inside_its_bounds_and_rises(draws):
    for _ in range(300):
        low, high = map(int, parse("<60-90>").render(Scene(draws, {})).split("~"))
        assert 60 <= low < high <= 90


def test_a_range_keeps_the_decimals_of_its_bounds_and_the_grid_of_its_step(draws):
    for _ in range(100):
        low, high = parse("<0.2-1.4:.4>").render(Scene(draws, {}, joiner="-")).split("-")
        assert {low, high} <= {"0.2", "0.6", "1", "1.4"}


def test_behind_a_threshold_word_stands_one_number(draws):
    assert "~" not in parse("含水率低于<8-15>%").render(Scene(draws, {}))
    assert parse("共<=3-3.5>次").render(Scene(draws, {})) in {
        f"共{n}次" for n in ("3", "3.1", "3.2", "3.3", "3.4", "3.5")
    }


@pytest.mark.parametrize("text", ["[甲|乙", "甲]", "{矿", "<60-90", "<abc>", "<9-3>", "<5-5>"])
def test_a_malformed_text_is_refused_with_the_text_in_the_message(text):
    with pytest.raises(TemplateError) as caught:
        parse(text)
    assert text in str(caught.value)


def test_a_slot_without_words_is_named(draws):
    with pytest.raises(TemplateError, match="矿"):
        parse("{矿}").render(Scene(draws, {}))


def test_weights_are_kept_and_a_sample_keeps_the_order(draws):
    weights = Weights([1, 0, 3])
    counts = [0, 0, 0]
    for _ in range(4000):
        counts[draws.weighted(range(3), weights)] += 1
    assert counts[1] == 0
    assert 0.7 < counts[2] / 4000 < 0.8
    assert draws.sample("甲乙丙丁", 9) == list("甲乙丙丁")
    assert all(sample == sorted(sample) for sample in (draws.sample(range(9), 4) for _ in range(50)))
