"""Chain files: what they may say, and what is said when they cannot be read."""

import pytest

from directions.chain.files import known_chains, load_chain, read_chain
from patents.errors import MappingError, NotFoundError, UnreadableFileError

FILE = """
name: tea
title: 茶产业链
nodes:
  - {name: 种植, query: 'TIAB=(茶园)', stage: 上游, ipc: [A01G]}
  - name: 加工
    children:
      - {name: 杀青, query: 'TIAB=(杀青)'}
      - {name: 揉捻, query: 'TIAB=(揉捻)'}
  - {name: 茶渣, query: 'TIAB=(茶渣)', beside: 加工}
"""


@pytest.fixture
def write(tmp_path):
    def writing(text):
        path = tmp_path / "tea.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return writing


def test_a_chain_is_read_with_its_levels_links_and_what_stands_beside(write):
    chain = read_chain(write(FILE))
    assert [node.name for node in chain.nodes] == ["种植", "加工", "杀青", "揉捻", "茶渣"]
    assert [node.name for node in chain.links()] == ["种植", "加工"]
    assert [node.name for node in chain.below("加工")] == ["杀青", "揉捻"]
    assert [chain.level(node) for node in chain.nodes] == [1, 1, 2, 2, 1]
    assert chain.node("茶渣").beside == "加工"
    assert chain.node("种植").ipc == ("A01G",)


def test_the_shipped_chains_can_be_read_and_hold_what_their_head_says():
    chains = {chain.name: chain for chain in known_chains()}
    assert set(chains) == {"aluminium", "lithium_battery"}
    aluminium = chains["aluminium"]
    assert [node.name for node in aluminium.links()] == [
        "铝土矿",
        "氧化铝",
        "电解铝",
        "铝加工",
        "精深加工",
        "产品",
    ]
    assert {node.name: node.beside for node in aluminium.nodes if node.beside} == {
        "赤泥": "氧化铝",
        "高纯铝": "电解铝",
    }
    assert all(node.title.en != node.name for chain in chains.values() for node in chain.nodes)


def test_a_librarys_own_chain_takes_the_place_of_a_shipped_one(tmp_path):
    folder = tmp_path / "chains"
    folder.mkdir()
    (folder / "aluminium.yaml").write_text(FILE.replace("tea", "aluminium"), encoding="utf-8")
    assert load_chain("aluminium", folder=tmp_path).title.zh == "茶产业链"
    assert len(known_chains(tmp_path)) == 2


def test_an_unknown_chain_is_refused_with_the_names_of_those_there_are():
    with pytest.raises(NotFoundError, match="Use aluminium, lithium_battery, or a YAML file"):
        load_chain("copper")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("title: 茶产业链", "titel: 茶"), "the file: unknown keys titel"),
        (("query: 'TIAB=(茶园)'", "query: 'TIAB=('"), "node 种植, `query`"),
        (("beside: 加工", "beside: 包装"), "node 茶渣: it stands beside '包装', which is not a link"),
        (("name: 揉捻", "name: 杀青"), "node 杀青: the name occurs twice"),
        (("query: 'TIAB=(茶园)', ", ""), "node 种植: both `query` and `children` are missing"),
        (("name: 种植, ", ""), "a node: `name` is missing"),
        (("ipc: [A01G]", "ipc: [1]"), "node 种植: `ipc` must be a list of texts"),
        (("stage: 上游", "stage: [上]"), "node 种植: `stage` must be a text"),
        (
            ("query: 'TIAB=(杀青)'", "query: 'TIAB=(杀青)', beside: 种植"),
            "node 杀青: only nodes at the top may stand `beside` another",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_the_node_and_the_key(write, change, complaint):
    text = FILE.replace(*change)
    assert text != FILE
    with pytest.raises(MappingError) as raised:
        read_chain(write(text))
    assert complaint in raised.value.what
    assert "tea.yaml" in raised.value.what


def test_a_file_that_is_no_yaml_or_holds_no_nodes_is_refused(write, tmp_path):
    with pytest.raises(UnreadableFileError, match=r"tea\.yaml cannot be read"):
        read_chain(write("nodes: [a"))
    with pytest.raises(MappingError, match="`nodes` must be a list"):
        read_chain(write("name: tea"))
    with pytest.raises(MappingError, match="a mapping of keys to values is needed"):
        read_chain(write("- a"))
    with pytest.raises(UnreadableFileError, match=r"none\.yaml cannot be read"):
        read_chain(tmp_path / "none.yaml")
