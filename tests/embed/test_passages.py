"""Passages: every text of a patent is encoded, nothing is cut off."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from embed.default import DefaultEncoder
from embed.passages import PASSAGE_KINDS, character_limit, passages, windows


def test_title_and_abstract_are_one_passage_and_the_claim_another() -> None:
    table = pa.table(
        {"title": ["水泵", ""], "abstract": ["一种泵。", "无题"], "first_claim": ["1.一种水泵", ""]}
    )
    texts, rows, kinds = passages(table)
    assert texts == ["水泵。一种泵。", "1.一种水泵", "无题"]
    assert rows.tolist() == [0, 0, 1] and rows.dtype == np.int64
    assert [PASSAGE_KINDS[kind] for kind in kinds] == ["标题摘要", "权利要求", "标题摘要"]


def test_a_patent_without_text_has_no_passage_and_absent_columns_do_no_harm() -> None:
    texts, rows, kinds = passages(pa.table({"title": pa.array([None, "水泵"], pa.string())}))
    assert texts == ["水泵"] and rows.tolist() == [1] and kinds.tolist() == [0]


def test_a_text_over_the_limit_becomes_several_passages() -> None:
    abstract = "叶轮固定在轴上，" * 40
    texts, rows, kinds = passages(pa.table({"title": ["水泵"], "abstract": [abstract]}), limit=100)
    assert "".join(texts) == f"水泵。{abstract}" and len(texts) > 3
    assert max(map(len, texts)) <= 100 and rows.tolist() == [0] * len(texts)
    assert all(text.endswith("，") for text in texts) and not kinds.any()


@settings(max_examples=200)
@given(st.text(alphabet="泵轴，。 a", max_size=300), st.integers(16, 120))
def test_windows_joined_give_the_text_and_none_is_too_long(text: str, limit: int) -> None:
    cut = windows(text, limit)
    assert "".join(cut) == text.strip()
    assert all(0 < len(window) <= limit for window in cut)


def test_the_default_encoder_has_no_limit() -> None:
    assert character_limit(DefaultEncoder()) is None
