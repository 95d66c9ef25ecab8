"""One spelling of each character."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patents.characters import other_forms, simplified

HAN = st.one_of(st.characters(min_codepoint=0x2E80, max_codepoint=0xFAFF), st.characters())


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("一種鋁電解槽陰極結構", "一种铝电解槽阴极结构"),
        ("⽔泵設於⻋⻔", "水泵设于车门"),
        ("申請號", "申请号"),
        ("涼\ufa0d", "凉嗀"),
        ("①号阀，3℃，LED", "①号阀，3℃，LED"),
        ("", ""),
    ],
)
def test_a_character_becomes_the_simplified_one(text, plain):
    assert simplified(text) == plain


@given(st.text(HAN))
def test_places_stay_and_a_second_time_changes_nothing(text):
    plain = simplified(text)
    assert len(plain) == len(text) and simplified(plain) == plain
    assert bool(re.search(other_forms(), text)) == (plain != text)
