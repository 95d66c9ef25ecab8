import re
from collections import Counter

import numpy as np
import pytest

from patents.ipc import parse_ipc
from patents.tables.gb4754 import gb4754_names
from patents.tables.ipc_titles import ipc_entry
from patents.tables.sei import sei_rules
from scripts.demo.draw import Draws
from scripts.demo.planning import load_shapes
from scripts.demo.reading import load_sentences, load_topics
from scripts.demo.texts import TextWriter

TOPICS = load_topics()


def test_there_are_thirteen_industries_with_at_least_eight_topics_each():
    counts = Counter(topic.industry for topic in TOPICS)
    assert counts.keys() == load_shapes().keys()
    assert len(counts) == 13
    assert min(counts.values()) >= 8
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
    writer, draws = TextWriter(load_sentences()), Draws(np.random.default_rng(3))
    types = ["发明"] * 30 + (["实用新型"] * 15 if topic.devices else [])
    for patent_type in types:
        draft = writer.write(topic, patent_type, draws)
        for text in (draft.title, draft.abstract, draft.claim, draft.granted_claim):
            assert not re.search(r"[\[\]{}<>|@]|[，；。]{2}|None", text), text
        assert draft.claim.startswith("1.")
        assert "其特征在于" in draft.claim
        assert draft.claim.endswith("。")
        assert draft.abstract.endswith("。")
        assert ("本实用新型" in draft.abstract) <= (patent_type == "实用新型")


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_a_topic_has_what_its_texts_need(topic):
    assert topic.processes or topic.compositions or topic.devices
    assert topic.gains or not (topic.processes or topic.compositions)
    assert len(topic.problems) >= 2
    assert len(topic.effects) >= 4
    for device in topic.devices:
        assert len(device.parts) >= 5


def test_every_industry_code_is_official():
    sei = {entry.code for entry in sei_rules()}
    for topic in TOPICS:
        assert topic.gb4754 in gb4754_names(), topic.name
        assert topic.sei in sei, topic.name
