"""Reading queries: spellings, precedence, mistakes and their places."""

from __future__ import annotations

import re

import pytest

from patents.errors import QueryError
from selection.language import detect_dialect, field_coded, fields, parse, write
from selection.language.places import caret
from selection.language.tree import And, InField


def canonical(text, dialect=None):
    return parse(text, dialect).canonical


def refused(text, dialect=None):
    with pytest.raises(QueryError) as caught:
        parse(text, dialect)
    return caught.value


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("TIAB=石墨烯", "incopat"),
        ("TA:石墨烯", "patsnap"),
        ("(20110101<=pd<=2013)", "incopat"),
        ("汽车 $W2 座椅", "patsnap"),
        ("空调 (2w) 蒸发器", "incopat"),
        ("石墨烯", "incopat"),
        ('TI="a:b"', "incopat"),
        ("# TA:石墨烯\nTI=a", "incopat"),
        ("R=(其特征在于：A:b)", "incopat"),
        ("TTL:“a=b”", "patsnap"),
    ],
)
def test_the_spelling_is_read_off_fields_and_operators(text, dialect):
    assert detect_dialect(text) == dialect
    assert parse(text).dialect == dialect


@pytest.mark.parametrize(
    ("text", "place"),
    [("ti=a and TTL:b", 9), ("TTL:a and (2011<=pd)", 15), ("TA:(a (2w) b)", 6), ("ti=(a $W2 b)", 6)],
)
def test_a_query_that_mixes_both_spellings_is_refused_with_the_place(text, place):
    error = refused(text)
    assert error.place == place
    assert "mixes" in error.what


def test_a_told_spelling_holds_against_what_is_seen():
    assert refused("TTL:a", "incopat").code == "query-field-of-other-dialect"
    assert refused("ti=a", "patsnap").place == 0
    assert refused("a (2w) b", "patsnap").place == 2
    assert refused("a", "lens").code == "query-dialect-unknown"


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("ti=a or ti=b and ti=c", "ti=a or (ti=b and ti=c)"),
        ("ti=a and ti=b not ti=c", "ti=a and (ti=b not ti=c)"),
        ("ti=a or ti=b not ti=c", "ti=a or (ti=b not ti=c)"),
        ("ti=a not ti=b not ti=c", "(ti=a not ti=b) not ti=c"),
        ("not ti=a and ti=b", "(not ti=a) and ti=b"),
        ("ti=a ti=b or ti=c", "(ti=a and ti=b) or ti=c"),
        ("ti=a and not ti=b", "ti=a not ti=b"),
        ("ti=(a b or c)", "ti=((a and b) or c)"),
        ("ti=(a (2w) b or c)", "ti=((a (2w) b) or c)"),
        ("ti=a (3f) and ti=b", "ti=(a (3f)) and ti=b"),
        ("ti=a 与 ti=b 或 ti=c 非 ti=d", "ti=a and ti=b or (ti=c not ti=d)"),
        ("ＴＩ＝（石墨烯　ＡＮＤ　导热）", "ti=(石墨烯 and 导热)"),
        ("TA：（汽车　AND　座椅）", "TA:(汽车 AND 座椅)"),
        ("PBD:【20110101 TO 20111231】", "PBD:[20110101 TO 20111231]"),
        ("ti=“石墨烯”", 'ti="石墨烯"'),
        ("ti=‘石墨烯’", "ti='石墨烯'"),
        ("pd=2011-3-5", "pd=20110305"),
        ("ipc=h01m10/0525", 'ipc="H01M 10/0525"'),
        ("ipc=H01M*", "ipc=H01M"),
        ("pn=(CN1A, CN2B；CN3C)", "pn=(CN1A or CN2B or CN3C)"),
        ("pn=(CN1A CN2B)", "pn=(CN1A or CN2B)"),
        ("status=(有效、失效)", "status=(有效 or 失效)"),
        ("(2013>=pd>2011)", "(2011<pd<=2013)"),
        ("T_shirt $W2 a", '("T shirt" or "T-shirt" or Tshirt) $W2 a'),
    ],
)
def test_two_ways_of_writing_give_one_tree(text, same):
    assert parse(text).root == parse(same).root


@pytest.mark.parametrize(
    "text",
    [
        "ti=非晶",
        "ti=与门电路",
        "ti=或非门",
        "ti=Android",
        "ti=notch",
        "TTL:(seat to floor)",
        "ti=to",
        "ti=nand",
        "ti=金融and",
    ],
)
def test_words_that_begin_like_operators_are_words(text):
    root = parse(text).root
    assert isinstance(root, InField)
    parts = root.part.parts if isinstance(root.part, And) else (root.part,)
    assert [part.text for part in parts] == re.sub(r"^.*?[=:]|[()]", "", text).split()


def test_comments_are_lines_of_incopat_only():
    assert canonical("# 空调\n  # 又一行\nti=a") == "TI=a"
    assert "at least one character" in refused("TTL:a\n# b", "patsnap").what


def test_a_dollar_and_a_hash_mean_what_the_spelling_says():
    assert canonical("ti=comput$") == "TI=comput*"
    assert canonical("TTL:m#tor") == "TI=(mtor or m?tor)"
    assert canonical("ti=C#") == 'TI="C#"'
    assert "operators of PatSnap are" in refused("TTL:a $NEAR b").help


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("", 0, "query-empty"),
        ("   ", 0, "query-empty"),
        ("ti=(a and", 9, "query-ends-early"),
        ("or ti=a", 0, "query-operator-misplaced"),
        ("ti=a and AND ti=b", 9, "query-operator-misplaced"),
        ("与 ti=a", 0, "query-operator-misplaced"),
        ("ti=(and a)", 4, "query-operator-misplaced"),
        ("ti=a)", 4, "query-other-part-expected"),
        ("ti=[2011 2012]", 9, "query-other-part-expected"),
        ('ti="a', 3, "query-other-part-expected"),
        ("ti=1,2", 4, "query-other-part-expected"),
        ("TIBA=a", 0, "query-field-unknown-near"),
        ("标题=a", 0, "query-field-unknown-near"),
        ("ti=(a and ab=b)", 10, "query-field-in-field"),
        ("ti=a (2w) ti=b", 0, "query-field-in-proximity"),
        ("ti=(a (2w) (b and c))", 11, "query-proximity-of-others"),
        ("ap=(a (2w) b)", 6, "query-proximity-outside-text"),
        ("ti=(a (100w) b)", 6, "query-number-too-large"),
        ("TTL:(a $FREQ51)", 7, "query-number-too-large"),
        ("ti=(a (0f))", 6, "query-frequency-zero"),
        ("ti=((a or b) (3f))", 13, "query-frequency-of-several"),
        ("pd=2011-02-30", 3, "query-day-not-real"),
        ("pd=abc", 3, "query-date-wrong"),
        ("pd=2011305", 3, "query-date-wrong"),
        ("ady=20110101", 4, "query-year-wrong"),
        ("adm=2011", 4, "query-month-wrong"),
        ("pd=[2012 to 2011]", 3, "query-range-reversed"),
        ("pd=[* to *]", 3, "query-range-unbounded"),
        ("ti=[a to b]", 3, "query-field-unordered"),
        ("ipc=水", 4, "query-class-wrong"),
        ("status=存活", 7, "query-value-not-of-field"),
        ("page=x", 5, "query-number-wrong"),
        ("assign-flag=maybe", 12, "query-flag-wrong"),
        ("pd=2011*", 3, "query-wildcard-in-date"),
        ("ti=a and R=(b) and ti=c", 9, "query-similar-misplaced"),
        ("(R=(b))", 1, "query-similar-misplaced"),
        ("R=(b) or ti=c", 0, "query-similar-misplaced"),
        ("R=(b) ti=c", 0, "query-similar-not-joined"),
        ("R=(b) and ti=a and RAD=(c)", 19, "query-similar-twice"),
        ("TREE@a", 0, "query-field-missing"),
        ("ti=(TREE@a)", 4, "query-tree-misplaced"),
        ("(a<b)", 1, "query-comparison-without-field"),
        ("(pd<ad)", 1, "query-two-fields-compared"),
        ("(2011<=pd>=2010)", 1, "query-bounds-on-one-side"),
        ("ap=格力(珠海)", 5, "query-parts-touch"),
        ("TA:a GAND TA:b", 5, "query-gand-unsupported"),
        ("TTL:#", 4, "query-wildcard-alone"),
        ("TTL:a#b#", 4, "query-hash-not-alone"),
        ("ti=??", 3, "query-wildcard-alone"),
        ("APD:2011 AND (2011<=pd)", 18, "query-dialects-mixed"),
        ("a\ud800", 1, "query-half-character"),
    ],
)
def test_a_mistake_is_named_with_its_place(text, place, code):
    error = refused(text)
    assert (error.code, error.place) == (code, place)


def test_the_message_shows_the_line_and_a_caret_under_the_character():
    error = refused("石墨烯 and\n空调=导热")
    assert error.what.splitlines()[-2:] == ["  空调=导热", "  ^"]
    assert caret("石墨=a", 2) == "  石墨=a\n      ^"
    assert caret("a" * 200, 150).splitlines()[1].index("^") == 63


def test_the_nearest_field_is_named():
    assert "TIAB" in refused("TIBA=a").help
    assert "TTL is the code of PatSnap for 标题; write TI" in refused("TTL=a").help
    assert "TI" in refused("标题=a").help
    assert "TTL" in refused("TI:a", "patsnap").help


def test_nesting_is_capped_and_long_queries_are_not():
    assert "deep" in refused("not " * 2000 + "a").what
    assert "deep" in refused("(" * 3000 + "a" + ")" * 3000).what
    wide = parse(" or ".join(f"ti=词{number}" for number in range(2000)))
    assert len(wide.root.parts) == 2000
    assert parse(wide.canonical).root == wide.root
    assert "characters" in refused("a" * 500_001).what


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('ti="comput*"', "ordinary character"),
        ("ti=air condition", "searched for in ALL"),
        ("ti=a adn ti=b", "if you meant AND"),
        ("ti=空调and蒸发器", "read as one word"),
    ],
)
def test_what_may_surprise_is_noted(text, part):
    assert part in " ".join(map(str, parse(text).notes))


def test_every_code_of_the_table_is_read_in_its_dialect():
    for field in fields():
        for dialect in ("incopat", "patsnap"):
            for code in field.codes(dialect):
                assert field_coded(code.lower(), dialect) == field
    assert field_coded("CCF_PR", "patsnap").name == "CCF_"


def test_no_code_means_two_fields_of_one_dialect():
    for dialect in ("incopat", "patsnap"):
        codes = [code for field in fields() for code in field.codes(dialect)]
        assert len(codes) == len(set(codes))


def test_the_same_code_may_mean_different_fields_in_the_two():
    assert field_coded("AN", "incopat").label == "申请号"
    assert field_coded("AN", "patsnap").name == "AP"


def test_texts_of_similar_searches_keep_their_brackets_quotes_and_signs():
    text = "R=(一种（石墨烯）膜，其特征在于：含“碳”) and TI=a"
    root = parse(text).root
    assert root.parts[0].text == "一种（石墨烯）膜，其特征在于：含“碳”"
    assert parse(write(root)).root == root
    assert parse('R=("a) b")').root.text == "a) b"


@pytest.mark.parametrize(
    "text",
    ["TREE@", "tree@石墨", "ｔｒｅｅ＠", "and", "ＯＲ", "与", "to", "TI=", "PD:1", "（", "a*", "$W2", "#b"],
)
def test_a_phrase_that_reads_as_a_sign_of_the_language_is_written_between_quotes(text):
    root = parse(f'TI=("{text}")').root
    for dialect in ("incopat", "patsnap"):
        assert parse(write(root, dialect), dialect).root == root


def test_a_list_without_brackets_and_an_open_quote_have_their_own_hints():
    assert "Put a list in brackets" in refused("ti=1,2").help
    assert "Close the quote" in refused('ti="a').help
    assert "Close the bracket" in refused("ti=(a").help
