import re
from collections import Counter

import polars as pl
import pytest
import python_calamine

from patents.tables.divisions import divisions
from patents.tables.gb4754 import gb4754_names
from scripts.demo.firms import ALPHABET, credit_code, make_needs, make_roster, with_check
from scripts.demo.settings import MARK
from scripts.demo.vocabulary import load_toml, load_topics


@pytest.fixture(scope="module")
def roster(whole):
    return make_roster(*whole)


def is_right(code):
    return len(code) == 18 and with_check(code[:17]) == code


def test_the_check_character_is_that_of_gb_32100():
    """Source: the example of the standard's explanation, 91350100M000100Y43."""
    assert with_check("91350100M000100Y4") == "91350100M000100Y43"


def test_codes_belong_to_a_county_that_does_not_exist():
    code = credit_code("贵州省", "贵阳市", 7)
    assert is_right(code)
    assert code[2:6] == "5201"
    assert code[2:8] not in divisions()
    assert set(code) <= set(ALPHABET)


def test_firms_hold_many_patents_or_few_or_none(roster, whole):
    corpus, applicants = whole
    held = Counter(applicants.table["name"][row] for holders in corpus["holders"] for row in holders)
    former = dict(zip(applicants.table["former"], applicants.table["name"], strict=True))
    counts = [held[former.get(name.strip(), name.strip())] for name in roster["企业名称"]]
    assert 110 <= len(roster) <= 130
    assert sum(count >= 6 for count in counts) >= 25
    assert sum(1 <= count <= 5 for count in counts) >= 40
    assert sum(count == 0 for count in counts) >= 30


def test_most_codes_are_right_some_wrong_some_missing_and_some_firms_are_listed_twice(roster):
    codes = roster["统一社会信用代码"].to_list()
    wrong = [code for code in codes if code and not is_right(code)]
    assert 4 <= len(wrong) <= 8
    assert 4 <= codes.count("") <= 8
    twice = [code for code, count in Counter(codes).items() if count > 1 and code]
    assert 3 <= len(twice) <= 6


def test_former_names_stand_in_their_column_or_in_place_of_the_name(roster, whole):
    former = set(whole[1].table["former"]) - {""}
    assert sum(name in former for name in roster["曾用名"]) >= 3
    assert sum(name in former for name in roster["企业名称"]) >= 2


def test_industries_are_official_codes_or_names(roster):
    names = gb4754_names()
    for cell in roster["行业"]:
        code = re.match(r"[A-Z]\d{4}", cell)
        assert (code and code[0] in names) or cell in names.values(), cell


def test_a_scope_mixes_own_products_with_what_every_firm_registers(roster):
    scopes = [scope for scope in roster["经营范围"] if scope]
    assert all("依法须经批准的项目" in scope for scope in scopes)
    assert 0.2 < sum("许可项目" in scope for scope in scopes) / len(scopes) < 0.7
    assert roster.filter(pl.col("经营范围") == "").height >= 3


def test_every_topic_has_products_of_its_firms():
    assert load_toml("firms")["products"].keys() == {topic.name for topic in load_topics()}


def test_contacts_are_clearly_made_up_and_every_row_is_marked(roster):
    assert all(name == "" or name.startswith("示例联系人") for name in roster["联系人"])
    assert roster["联系电话"].str.starts_with("000-").all()
    assert (roster["备注"] == MARK).all()


def test_needs_have_all_their_columns_and_most_are_about_topics_of_the_export():
    needs = make_needs()
    assert len(needs) == 20
    assert needs["需求名称"].n_unique() == 20
    for column in needs.columns:
        assert needs[column].cast(pl.String).str.len_chars().min() > 0
    titles = " ".join(text for topic in load_topics() for form in topic.forms for text in
                      (*(title.text for title in form.titles), topic.name, *topic.fields))  # fmt: skip
    answered = [any(word in titles for word in words.split("；")) for words in needs["关键字"]]
    assert answered[:16].count(True) == 16
    assert not any(answered[16:])


@pytest.mark.parametrize("name", ["roster", "needs"])
def test_the_committed_files_are_what_the_script_writes_today(name, roster, folder):
    made = roster if name == "roster" else make_needs()
    rows = python_calamine.load_workbook(str(folder / f"demo-{name}.xlsx")).get_sheet_by_index(0).to_python()
    expected = [
        tuple(cell if isinstance(cell, str) else float(cell) for cell in row) for row in made.iter_rows()
    ]
    assert [tuple(row) for row in rows] == [tuple(made.columns), *expected]
