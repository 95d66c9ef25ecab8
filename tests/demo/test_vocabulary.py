import re
from collections import Counter
from random import Random

import pytest

from patents.ipc import parse_ipc
from patents.tables.gb4754 import gb4754_names
from patents.tables.ipc_titles import ipc_entry
from patents.tables.sei import sei_rules
from scripts.demo import vocabulary
from scripts.demo.texts import write, write_design
from scripts.demo.vocabulary import VocabularyError, at, load_shapes, load_toml, load_topics

TOPICS = load_topics()


def test_there_are_thirteen_industries_with_at_least_six_topics_each():
    counts = Counter(topic.industry for topic in TOPICS)
    assert counts.keys() == load_shapes().keys()
    assert len(counts) == 13
    # The smallest industry has about 100 of 3,000 patents; a technology of fewer than 15 makes no theme.
    assert min(counts.values()) >= 6
    assert len({topic.name for topic in TOPICS}) == len(TOPICS)


def test_the_aluminium_chain_is_there_from_ore_to_product():
    names = {topic.name for topic in TOPICS if topic.industry == "有色冶金"}
    chain = {"铝土矿选矿脱硅", "拜耳法溶出", "铝电解槽节能", "铝合金熔铸", "铝板带箔轧制", "铝型材挤压与制品"}
    assert chain | {"赤泥综合利用", "高纯铝提纯"} <= names


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_every_class_of_a_topic_exists_in_the_official_tables(topic):
    for symbol in (*topic.ipc, *topic.also):
        assert parse_ipc(symbol).symbol == symbol
        assert ipc_entry(symbol) is not None, symbol
    assert len(set(topic.ipc + topic.also)) >= 6


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_every_form_of_a_topic_renders_to_clean_texts(topic):
    for form in topic.forms:
        for seed in range(25):
            patent_type = "实用新型" if form.kind == "device" and seed % 2 else "发明"
            draft = write(topic, patent_type, form, Random(f"{seed} body"), Random(f"{seed} frame"))
            for text in (draft.title, draft.abstract, draft.claim, draft.granted_claim):
                assert not re.search(r"[\[\]{}<>|@]|[，；。]{2}|None", text), text
            assert draft.claim.startswith("1.")
            assert "其特征在于" in draft.claim
            assert draft.claim.endswith("。")
            assert draft.granted_claim.startswith(draft.claim[:-1])
            assert draft.abstract.endswith("。")
            assert ("本实用新型" in draft.abstract) <= (patent_type == "实用新型")


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_a_topic_has_what_its_texts_need(topic):
    assert topic.gains or all(form.kind == "device" for form in topic.forms)
    for form in topic.forms:
        assert len(form.problems) >= 2
        assert len(form.effects) >= 4
        assert form.kind != "device" or len(form.parts) >= 5


def test_near_twins_share_their_body_and_differ_in_their_frame():
    topic = next(topic for topic in TOPICS if topic.name == "铝电解槽节能")
    first = write(topic, "发明", topic.forms[0], Random("body"), Random("one"))
    second = write(topic, "发明", topic.forms[0], Random("body"), Random("two"), {first.title})
    assert first.title != second.title
    assert first.abstract != second.abstract
    assert len(set(first.claim) & set(second.claim)) > 0.8 * len(set(first.claim))


def test_a_title_that_is_taken_becomes_more_specific():
    topic = next(topic for topic in TOPICS if topic.name == "充电桩")
    first = write(topic, "实用新型", topic.forms[0], Random("body"), Random("one"))
    second = write(topic, "实用新型", topic.forms[0], Random("body"), Random("one"), {first.title})
    assert second.title.removeprefix("一种").startswith("具有")
    assert second.title.endswith(first.title.removeprefix("一种"))


def test_a_design_speaks_of_its_product():
    draft = write_design("茶叶包装盒（A12）", Random(1))
    assert draft.abstract.count("茶叶包装盒") >= 2
    assert (draft.claim, draft.claim_count) == ("", 0)


def test_every_industry_code_is_official():
    sei = {entry.code for entry in sei_rules()}
    for topic in TOPICS:
        assert topic.gb4754 in gb4754_names(), topic.name
        assert topic.sei in sei, topic.name


def test_groups_and_institutions_work_on_topics_that_exist():
    known = {topic.name for topic in TOPICS}
    wanted = {topic for group in load_toml("groups")["groups"] for *_, topics in group["members"]
              for topic in topics.split()}  # fmt: skip
    assert wanted <= known
    subjects = {
        word for kind in load_toml("institutions").values() for line in kind for word in line[3].split()
    }
    assert subjects <= known | load_shapes().keys()


def test_a_topic_that_cannot_be_read_is_named_with_its_file(tmp_path, monkeypatch):
    (tmp_path / "industries.toml").write_text("", "utf-8")
    (tmp_path / "some.toml").write_text('industry = "建材"\n[[topics]]\nname = "水泥"\n', "utf-8")
    monkeypatch.setattr(vocabulary, "FOLDER", tmp_path)
    for function in (load_topics, load_toml, load_shapes):
        function.cache_clear()
    with pytest.raises(VocabularyError, match=r"some\.toml, 水泥"):
        load_topics()
    monkeypatch.undo()
    for function in (load_topics, load_toml, load_shapes):
        function.cache_clear()


def test_knots_are_joined_by_lines_and_constant_outside():
    knots = ((2012, 1.0), (2014, 3.0))
    assert at(knots, (2011, 2012, 2013, 2014, 2020)).tolist() == [1, 1, 2, 3, 3]
