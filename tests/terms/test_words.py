"""The cut of texts into words."""

from __future__ import annotations

import contextlib
import io
import logging
import warnings

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terms.words import cut_many, fold, words

OWN_TEXTS = [
    "本发明公开了一种石墨烯改性磷酸铁锂正极材料的制备方法，采用球磨与喷雾干燥工艺。",
    "一种基于卷积神经网络的输电线路缺陷识别方法，准确率达98.5%以上；",
    "将PVP-K60与H-2O-2按70-90份混合，于50-60℃反应3-4h，得到p.Met5Leu突变体。",
    "用C++和C#编写的控制程序，经LC#MS与uhplc#联用",
    "",
    "　全角ＡＢＣ１２３，空格　",
    "AT&T、T恤衫、3.14159、1,000,000、foo_bar+baz",
    "α-氧化铝∕β-环糊精（ω-3）",
    "\x00\ud7ff🙂",
]


@pytest.fixture(scope="module")
def jieba_words(tmp_path_factory):
    """Cut a text with jieba itself, whose import warns, logs and writes a cache to the temp folder."""
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        jieba = pytest.importorskip("jieba", reason="jieba comes with the dev extra")
        logging.getLogger("jieba").setLevel(logging.CRITICAL)
        jieba.dt.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
        jieba.initialize()

    def cut(text: str) -> list[str]:
        return [word for word in jieba.lcut(fold(text)) if any(map(str.isalnum, word))]

    return cut


@pytest.mark.parametrize("text", OWN_TEXTS)
def test_words_are_those_of_jieba(jieba_words, text):
    assert words(text) == jieba_words(text)


@settings(max_examples=300)
@given(st.text(alphabet="ABcC#+-._%&0 9,，。石墨烯的电池℃αＴ恤一种", max_size=30))
def test_words_of_mixed_runs_are_those_of_jieba(jieba_words, text):
    assert words(text) == jieba_words(text)


@pytest.mark.shared
def test_words_of_real_patents_are_those_of_jieba(jieba_words, shared_data):
    column = pl.read_parquet(shared_data / "data" / "patents.parquet", columns=["abstract"])["abstract"]
    texts = [text or "" for text in column.to_list()[::120]]
    assert cut_many(texts) == [jieba_words(text) for text in texts]


@given(st.text())
def test_folding_keeps_the_place_of_every_character(text):
    assert len(fold(text)) == len(text)


def test_folding_makes_widths_and_cases_one():
    assert fold("ＰＶＣ管Ａ１　İ") == "pvc管a1 i"


def test_marks_and_blanks_are_no_words():
    assert words("。，、 ——《》-_%\n\t") == []
