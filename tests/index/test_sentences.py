"""Sentences keep their places, the nearest one is found, terms light up where they stand."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from embed.loader import load_encoder
from index.sentences import highlights, nearest_sentences, sentences, shared_words
from terms.words import fold, words

TEXT = "本发明涉及电池。其正极含有磷酸铁锂；隔膜厚0.5 mm!\n优点：寿命长。"


def encode(texts):
    return load_encoder().encode(list(texts))


def test_a_text_is_cut_at_full_stops_and_semicolons_but_not_in_numbers():
    assert [one.text for one in sentences(TEXT)] == [
        "本发明涉及电池。",
        "其正极含有磷酸铁锂；",
        "隔膜厚0.5 mm!",
        "优点：寿命长。",
    ]


@given(st.text(alphabet="电池a1 .。；;\n!？", max_size=60))
def test_sentences_stand_where_they_say_and_lose_no_letter(text):
    found = sentences(text)
    assert all(text[one.start : one.stop] == one.text for one in found)
    assert all(a.stop <= b.start for a, b in itertools.pairwise(found))
    assert sum(map(str.isalnum, "".join(one.text for one in found))) == sum(map(str.isalnum, text))


def test_the_nearest_sentence_is_found_for_each_query_in_each_text():
    other = "一种鸡饲料。由玉米和豆粕组成。"
    found = nearest_sentences(["正极材料为磷酸铁锂", "玉米饲料"], [TEXT, other, ""], encode, words)
    assert found[0][0].sentence.text == "其正极含有磷酸铁锂；"
    assert found[1][1].sentence.text in ("一种鸡饲料。", "由玉米和豆粕组成。")
    assert found[2] == [None, None]
    assert found[0][0].score > found[1][0].score
    assert TEXT[found[0][0].sentence.start : found[0][0].sentence.stop] == "其正极含有磷酸铁锂；"


def test_nothing_to_look_through_gives_nothing():
    assert nearest_sentences([], [TEXT], encode, words) == [[]]
    assert nearest_sentences(["电池"], [], encode, words) == []


def test_shared_words_are_weighed_by_rarity():
    weights = {"电池": 1.0, "磷酸": 3.0}
    shares = shared_words(["电池磷酸", ""], ["一种电池", "磷酸盐与电池磷酸"], words, weights)
    np.testing.assert_allclose(shares, [[0.25, 1.0], [0.0, 0.0]])


def test_terms_light_up_where_they_stand_the_longer_first():
    text = "ＬｉＦｅ电池组与电池,location of a CAT"
    found = [
        (one.term, text[one.start : one.stop])
        for one in highlights(text, ["电池", "电池组", "life", "cat", "组"], fold)
    ]
    assert found == [("life", "ＬｉＦｅ"), ("电池组", "电池组"), ("电池", "电池"), ("cat", "CAT")]
