"""Names: what most of a theme is about, its own keywords, no two the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.corpus import corpus_terms
from themes.keywords import Keyword, theme_keywords
from themes.names import ThemeTerms, theme_names, unique_names

# Two themes speak of feed (饲料), which their keywords, chosen against each other, leave out.
MACHINES = ["粉碎机", "输送带", "电机", "出料口"]
ADDITIVES = ["维生素", "微量元素", "氨基酸", "酶制剂"]
TEA = ["茶叶", "萎凋", "揉捻", "杀青"]
TITLES = [
    *[f"一种饲料{machine}" for machine in MACHINES] * 4,
    *[f"一种饲料的{word}" for word in ADDITIVES] * 4,
    *[f"一种茶叶{word}" for word in TEA] * 12,
]
TEXTS = [
    f"{title}。本发明公开了{own[place % 4]}与{own[(place + 1) % 4]}，设有支架。"
    for place, (title, own) in enumerate(
        zip(TITLES, [MACHINES] * 16 + [ADDITIVES] * 16 + [TEA] * 48, strict=True)
    )
]
CORE = np.repeat([0, 1, 2], [16, 16, 48])
# Of a library in which one patent of a hundred is about feed.
RARE = 0.01


@pytest.fixture(scope="module")
def counts():
    return corpus_terms(TEXTS).counts


def terms_of(counts, titles=TITLES, **settings):
    return ThemeTerms.of(counts, titles, everywhere=np.full(len(counts.terms), RARE), **settings)


def named(terms):
    listed = [
        [Keyword(word, 1.0, 4, 0) for word in words if word in terms.counts.terms and word != "饲料"]
        for words in (MACHINES, ADDITIVES, TEA)
    ]
    return theme_names(terms, CORE, 3, listed)


def test_a_name_says_what_all_its_titles_are_about_though_siblings_say_so_too(counts):
    for name, keywords in zip(named(terms_of(counts)), (MACHINES, ADDITIVES), strict=False):
        words = name.split("·")
        assert len(words) == 3 and "饲料" in words
        assert set(keywords) & set(words)


def test_a_word_of_the_whole_library_names_nothing(counts):
    everywhere = np.array([0.9 if term == "饲料" else RARE for term in counts.terms])
    for name in named(ThemeTerms.of(counts, TITLES, everywhere=everywhere)):
        assert "饲料" not in name.split("·")


def test_stop_words_are_in_no_name(counts):
    stop = np.array([term == "饲料" for term in counts.terms])
    assert not any("饲料" in name.split("·") for name in named(terms_of(counts, stop=stop)))


def test_names_do_not_depend_on_the_order_of_the_patents(counts):
    order = np.random.default_rng(3).permutation(len(TEXTS))
    shuffled = corpus_terms([TEXTS[row] for row in order.tolist()]).counts
    terms = terms_of(shuffled, [TITLES[row] for row in order.tolist()])
    names = [
        theme_names(each, core, 3, theme_keywords(each.counts, core, 3))
        for each, core in ((terms, CORE[order]), (terms_of(counts), CORE))
    ]
    assert names[0] == names[1]


def test_a_title_counts_only_for_the_terms_that_stand_in_it(counts):
    titled = terms_of(counts).titled.toarray() > 0
    for row, title in enumerate(TITLES):
        held = {counts.terms[term] for term in np.flatnonzero(titled[row]).tolist()}
        assert held and all(term in title for term in held)


def test_themes_without_titles_or_patents_are_named_too(counts):
    without = named(terms_of(counts, [""] * len(TEXTS)))
    assert len(set(without)) == 3 and all(len(name.split("·")) == 3 for name in without)
    nobody = theme_names(terms_of(counts), np.full(len(TEXTS), -1), 2, ((), ()))
    assert nobody == ("未命名", "未命名 (2)")


def test_names_are_longer_where_themes_would_be_called_alike():
    called = unique_names([list("甲乙丙丁"), list("甲乙丙戊"), list("己庚辛壬")])
    assert called == ("甲·乙·丙·丁", "甲·乙·丙·戊", "己·庚·辛")


def test_names_are_numbered_where_nothing_else_tells_themes_apart():
    assert unique_names(["甲乙", "甲乙", "", ""]) == ("甲·乙", "甲·乙 (2)", "未命名", "未命名 (2)")


@given(st.lists(st.text(alphabet="甲乙丙", max_size=5), max_size=8))
def test_no_two_names_are_the_same(lists):
    called = unique_names(lists)
    assert len(set(called)) == len(lists)
