"""Ids over rebuilds, and users' edits."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patents.errors import InputError
from themes.applied_edits import apply_edits, parts_of
from themes.clusters import ThemeSettings
from themes.edits import Hide, Merge, Part, Pin, Rename, Seed, Split, edits_from_json, edits_to_json
from themes.fit import fit_themes
from themes.identity import Membership, carry_over


def members(text, ids=()):
    """A build written as letters: 'aab-' puts three patents into themes 0, 0, 1 and leaves one out."""
    labels = np.array([-1 if letter == "-" else ord(letter) - ord("a") for letter in text])
    return Membership(tuple(f"CN{number}" for number in range(len(text))), labels, tuple(ids))


def log(carried):
    return {(event.kind, event.id, event.other) for event in carried.events}


def test_the_first_build_gives_every_theme_a_new_id():
    carried = carry_over(None, members("aabb"), 2, next_number=7)
    assert carried.ids == ("T000007", "T000008") and carried.next_number == 9
    assert log(carried) == {("birth", "T000007", ""), ("birth", "T000008", "")}


def test_the_largest_overlap_keeps_the_id_one_to_one():
    old = members("aaaaabbbbb", ["A", "B"])
    carried = carry_over(old, members("bbbbaaaaaa"), 2, next_number=1)
    assert carried.ids == ("B", "A")
    assert log(carried) == {("kept", "A", ""), ("kept", "B", "")}


def test_a_theme_that_goes_into_another_is_logged_as_merged():
    old = members("aaaaaabbb", ["A", "B"])
    carried = carry_over(old, members("aaaaaaaaa"), 1, next_number=1)
    assert carried.ids == ("A",)
    assert log(carried) == {("kept", "A", ""), ("merge", "B", "A")}


def test_a_theme_that_comes_out_of_another_is_logged_as_split():
    old = members("aaaaaaaaa", ["A"])
    carried = carry_over(old, members("aaaaaabbb"), 2, next_number=5)
    assert carried.ids == ("A", "T000005")
    assert log(carried) == {("kept", "A", ""), ("split", "T000005", "A")}


def test_a_theme_whose_patents_scatter_dies_and_one_of_new_patents_is_born():
    old = members("aaaaabbbbbcccccdddddeeee----", [*"ABCDE"])
    new = members("aaaaabbbbbcccccdddddabcdeeee")
    carried = carry_over(old, new, 5, next_number=1)
    assert carried.ids == ("A", "B", "C", "D", "T000001")
    assert {("death", "E", ""), ("birth", "T000001", "")} <= log(carried)


def test_two_shared_patents_of_many_do_not_make_a_theme_the_same():
    old = members("a" * 20 + "-" * 18, ["A"])
    new = members("a" * 2 + "-" * 18 + "a" * 18)
    assert carry_over(old, new, 1, next_number=1).ids == ("A",)  # all that is known of it came from A
    new = members("a" * 2 + "b" * 18 + "a" * 18)
    assert carry_over(old, new, 2, next_number=1).ids == ("T000001", "A")


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(-1, 4), st.integers(-1, 4)), max_size=40), st.randoms())
def test_ids_are_never_given_twice_and_every_old_theme_is_accounted_for(pairs, random):
    before, after = [list(each) for each in zip(*pairs, strict=True)] if pairs else ([], [])
    keys = [f"CN{number}" for number in range(len(pairs))]
    old = Membership(tuple(keys), np.array(before, dtype=np.int64), tuple("ABCDE"))
    new = Membership(tuple(keys), np.array(after, dtype=np.int64))
    carried = carry_over(old, new, 5, next_number=1)
    assert len(set(carried.ids)) == 5
    told = [event.id for event in carried.events]
    assert sorted(told) == sorted({*"ABCDE", *carried.ids})
    order = list(range(len(pairs)))
    random.shuffle(order)
    mixed = Membership(tuple(keys[row] for row in order), new.labels[order])
    assert carry_over(old, mixed, 5, next_number=1) == carried


@pytest.fixture(scope="module")
def model(world):
    return fit_themes(world.vectors, world.keys, settings=ThemeSettings(themes=6))


IDS = tuple(f"T{number}" for number in range(6))


def edit(world, model, *edits):
    def holders(terms):
        return np.array([any(term in text for term in terms) for text in world.texts])

    return apply_edits(model, IDS, edits, world.vectors, holders)


def test_names_pins_and_hidden_themes_leave_the_model_alone(world, model):
    edited = edit(world, model, Rename("T1", "我的主题"), Pin("T2", ("甲", "乙")), Hide("T3"))
    assert edited.model is model and edited.ids == IDS
    assert edited.styles.names == {"T1": "我的主题"} and edited.styles.pinned == {"T2": ("甲", "乙")}
    assert edited.styles.hidden == {"T3"}
    assert edit(world, model, Hide("T3"), Hide("T3", hidden=False)).styles.hidden == frozenset()


def test_merged_themes_are_one_and_place_as_one(world, model):
    edited = edit(world, model, Merge("T0", ("T4", "T5")))
    assert edited.ids == ("T0", "T1", "T2", "T3") and edited.model.themes == 4
    before, after = model.clustering.core_label, edited.model.clustering.core_label
    assert set(after[np.isin(before, [0, 4, 5])].tolist()) == {0}
    assert np.array_equal(after[np.isin(before, [1, 2, 3])], before[np.isin(before, [1, 2, 3])])
    again = edited.model.place(world.vectors, world.keys)
    assert np.array_equal(again.labels, edited.model.clustering.assigned_label)


def test_a_split_follows_the_tree_and_keeps_every_member(world):
    coarse = fit_themes(world.vectors, world.keys, settings=ThemeSettings(themes=3))
    parts = parts_of(coarse, 0, ("T0", "N1"))
    assert [part.id for part in parts] == ["T0", "N1"] and all(part.anchors for part in parts)
    edited = apply_edits(
        coarse, ("T0", "T1", "T2"), [Split("T0", parts)], world.vectors, lambda terms: np.zeros(0, bool)
    )
    assert edited.ids == ("T0", "T1", "T2", "N1")
    was, now = coarse.clustering.core_label == 0, edited.model.clustering.core_label
    assert set(now[was].tolist()) == {0, 3}
    for row, key in enumerate(coarse.keys):
        assert (key in parts[1].anchors) <= (now[row] == 3)


def test_a_split_is_skipped_in_silence_when_its_patents_are_gone(world, model):
    edited = edit(world, model, Split("T0", (Part("T0", ("CN-gone",)), Part("N", ("CN-too",)))))
    assert edited.model is model and edited.ids == IDS


def test_seed_terms_make_a_theme_of_the_patents_that_hold_them(world, model):
    edited = edit(world, model, Seed("S1", "隔膜", ("隔膜",)))
    assert edited.ids[-1] == "S1" and edited.styles.names == {"S1": "隔膜"}
    holding = np.array(["隔膜" in text for text in world.texts])
    assert (edited.model.clustering.core_label[holding] == edited.ids.index("S1")).all()
    assert edit(world, model, Seed("S2", "无", ("没有这个词",))).ids == IDS


def test_an_edit_of_a_theme_that_has_died_is_told(world, model):
    gone = Rename("T99", "x")
    assert edit(world, model, gone, Rename("T1", "y")).skipped == (0,)


def test_edits_survive_json_and_wrong_ones_are_told():
    edits = (
        Rename("T1", "名"),
        Hide("T2"),
        Pin("T3", ("甲",)),
        Merge("T4", ("T5",)),
        Split("T6", (Part("T6", ("CN1",)), Part("T7", ("CN2",)))),
        Seed("T8", "名", ("乙", "丙")),
    )
    assert edits_from_json(edits_to_json(edits)) == edits
    for wrong in ("", "[1]", '[{"kind": "burn", "id": "T1"}]', json.dumps([{"kind": "rename", "id": 3}])):
        with pytest.raises(InputError, match="cannot be read"):
            edits_from_json(wrong)
