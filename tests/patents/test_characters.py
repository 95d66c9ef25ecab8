"""One spelling of each character."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patents.characters import other_forms, simplified
from patents.tables.files import read_csv

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


def test_the_table_agrees_with_opencc():
    from opencc import OpenCC

    rows = [row for row in read_csv("simplified.csv") if row["form"] >= "\u3000"]
    plain = [unicodedata.normalize("NFKC", row["form"]) for row in rows]
    assert OpenCC("t2s").convert("\n".join(plain)).split("\n") == [row["simplified"] for row in rows]
