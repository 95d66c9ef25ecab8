"""A chain of tea counted by hand: nodes, standing, holders, coverage, drawing."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from directions.chain.coverage import Holder, coverage_table
from directions.chain.holders import holder_kinds
from directions.chain.members import chain_study
from directions.chain.model import Chain, Node
from directions.chain.nodes import node_leaders, node_table
from directions.chain.yardstick import measured_by_counts, measured_by_patents
from directions.chapters.chain import chain_figure, chapter
from directions.counting import Counting
from directions.figures.chain import height, layout
from directions.reference import CountReference
from directions.study import Period, Study, StudyTheme
from patents.bilingual import Text
from patents.errors import InputError

CHAIN = Chain(
    name="tea",
    title=Text("茶产业链", "Tea chain"),
    nodes=(
        Node(name="种植", title=Text("种植", "Growing"), query="a", stage="上游", ipc=("A01G",)),
        Node(name="加工", title=Text("加工", "Processing"), stage="中游"),
        Node(name="杀青", title=Text("杀青", "Fixing"), query="b", parent="加工", ipc=("A23F3/06",)),
        Node(name="揉捻", title=Text("揉捻", "Rolling"), query="c", parent="加工"),
        Node(name="茶渣", title=Text("茶渣", "Tea waste"), query="d", beside="加工"),
        Node(name="包装", title=Text("包装", "Packing"), query="e", stage="下游"),
    ),
)
# Rows of the snapshot that the queries mean; 90 and above are not in the study.
ROWS = {
    "种植": np.array([0, 1, 2, 90]),
    "杀青": np.array([2, 3, 4]),
    "揉捻": np.array([4, 91]),
    "茶渣": np.array([5]),
    "包装": np.array([92]),
}


def patents() -> pl.DataFrame:
    firm, school = ["甲茶业有限公司"], ["乙大学"]
    applicants = [firm, firm, firm + school, school, firm, ["丙"], ["丁有限公司"], firm]
    kinds = [["企业"], ["企业"], ["企业", "高校"], ["高校"], ["企业"], ["个人"], ["企业"], ["企业"]]
    count = len(applicants)
    return pl.DataFrame(
        {
            "key": [str(row) for row in range(count)],
            "row": list(range(count)),
            "year": [2018, 2019, 2019, 2020, 2020, 2020, 2021, 2021],
            "ipc_main": ["A01G17/00", "A01G9/02", "A23F3/06", "A23F3/06", None, "C05F5/00", "B65D1/00", None],
            "applicants": applicants,
            "applicant_kinds": kinds,
            "current_applicants": [[], ["丁有限公司"], [], [], [], [], [], []],
            "patent_type": ["发明"] * count,
            "legal_state": ["有效", "失效", "有效", "有效", "审中", "有效", "有效", "有效"],
            "lapse_reason": pl.Series([None] * count, dtype=pl.String),
            "grant_date": [date(2022, 1, 1)] * count,
            "grant_number": ["1"] * count,
            "event_kinds": [[]] * count,
            "event_dates": [[]] * count,
            "transfer_count": [0] * count,
            "licence_count": [0] * count,
            "pledge_count": [0] * count,
        },
        schema_overrides={"event_kinds": pl.List(pl.String), "event_dates": pl.List(pl.Date)},
    )


@pytest.fixture
def study() -> Study:
    return Study(
        title="茶",
        query="*",
        patents=patents(),
        counting=Counting(),
        as_of=date(2026, 6, 30),
        period=Period(2018, 2021),
        themes=(StudyTheme(id="T1", name="茶树栽培", keywords=(), rows=np.array([0, 1])),),
    )


@pytest.fixture
def chain(study):
    return chain_study(CHAIN, study, ROWS)


def values(table, *columns):
    return dict(zip(table.rows["node"], table.rows.select(*columns).rows(), strict=True))


def test_a_node_counts_its_patents_within_the_study_and_within_the_node_above(chain):
    assert chain.counts() == {"种植": 3, "加工": 3, "杀青": 3, "揉捻": 1, "茶渣": 1, "包装": 0}
    assert chain.count == 6
    narrow = replace(
        CHAIN, nodes=(Node(name="加工", title=Text("加工", "Processing"), query="x"), *CHAIN.nodes[2:4])
    )
    narrowed = chain_study(narrow, chain.study, ROWS | {"加工": np.array([2, 3])})
    assert narrowed.counts() == {"加工": 2, "杀青": 2, "揉捻": 0}


def test_the_table_of_nodes_counts_shares_states_applicants_and_themes(chain):
    table = node_table(chain)
    assert values(table, "count", "share")["种植"] == (3, 0.5)
    assert values(table, "in_force") == {
        "种植": (2,),
        "加工": (2,),
        "杀青": (2,),
        "揉捻": (0,),
        "茶渣": (1,),
        "包装": (None,),
    }
    leaders = node_leaders(chain)
    assert leaders.rows["leading"][0].to_list() == ["甲茶业有限公司（3）", "乙大学（1）"]
    assert leaders.rows["themes"][0].to_list() == ["茶树栽培（2）"]
    assert leaders.rows["count"].to_list() == table.rows["count"].to_list()
    assert table.rows["stage"].to_list() == ["上游", "中游", "中游", "中游", "中游", "下游"]
    assert "standing" not in table.rows.columns
    assert any("未设参照" in note.zh for note in table.notes)
    assert any("去重后6件" in note.zh and "之和为7件" in note.zh for note in table.notes)


def test_growth_of_a_node_is_that_of_its_yearly_counts(chain):
    # 种植: 2018 1, 2019 2, 2020 0, 2021 0 → (0 / 1) ** (1 / 3) − 1 = −1
    assert values(node_table(chain), "growth_rate")["种植"] == (-1.0,)
    assert values(node_table(chain), "growth_rate")["杀青"] == (None,)


def many(local: int, local_total: int, reference: int, reference_total: int, chain):
    return replace(
        measured_by_patents(chain, chain, "全国"),
        total=reference_total,
        nodes={node.name: reference for node in CHAIN.nodes},
        local_total=local_total,
        local={node.name: local for node in CHAIN.nodes},
    )


@pytest.mark.parametrize(
    ("local", "reference", "rta", "standing"),
    [
        (40, 100, 4.0, "强"),  # 40 % against 10 %
        (11, 100, 1.1, "一般"),
        (2, 300, 0.0667, "弱"),
        (0, 100, 0.0, "空白"),
        (3, 0, None, "强"),  # nothing in the reference, three at home of 100: low end above 1
    ],
)
def test_rta_and_standing_follow_the_printed_rule(chain, local, reference, rta, standing):
    table = node_table(chain, many(local, 100, reference, 1_000, chain))
    assert table.rows["rta"][0] == pytest.approx(rta, abs=1e-4)
    assert table.rows["standing"][0] == standing
    low, high = table.rows["low"][0], table.rows["high"][0]
    assert low <= (rta or low) <= high
    assert any("强弱判定" in note.zh for note in table.notes)


def test_patents_of_a_reference_are_counted_by_the_same_nodes(chain, study):
    reference = chain_study(CHAIN, study.of(pl.col("row") > 1), ROWS)
    measured = measured_by_patents(chain, reference, "全国")
    assert (measured.total, measured.local_total) == (6, 8)
    assert (measured.nodes["种植"], measured.local["种植"]) == (1, 3)
    # (3 / 8) / (1 / 6)
    assert values(node_table(chain, measured), "rta")["种植"] == (pytest.approx(2.25),)


def test_counts_by_class_measure_the_main_classifications_of_the_nodes(chain):
    counts = pl.DataFrame(
        {"ipc": ["A01G", "A23F3/06", "B65D"], "year": [2019, 2019, 2020], "count": [30, 10, 60]}
    )
    totals = pl.DataFrame({"year": [2019, 2020], "count": [40, 60]})
    measured = measured_by_counts(chain, CountReference(title="年鉴", counts=counts, totals=totals))
    # Years 2019 and 2020 on both sides: rows 1 to 5 of the study.
    assert (measured.total, measured.local_total) == (100, 5)
    assert (measured.nodes["种植"], measured.local["种植"]) == (30, 1)
    assert (measured.nodes["杀青"], measured.local["杀青"]) == (10, 2)
    assert measured.nodes["揉捻"] is None
    table = node_table(chain, measured)
    assert values(table, "rta", "standing")["揉捻"] == (None, "")
    assert values(table, "rta")["杀青"] == (pytest.approx((2 / 5) / (10 / 100)),)


def test_holders_count_once_in_each_kind(chain):
    table = holder_kinds(chain)
    assert values(table, "企业", "高校", "个人")["种植"] == (3, 1, 0)
    assert values(table, "企业", "高校", "个人")["杀青"] == (2, 2, 0)
    assert values(table, "企业", "高校", "个人")["茶渣"] == (0, 0, 1)
    assert values(table, "企业", "高校", "个人")["包装"] == (0, 0, 0)


def test_coverage_tells_overlaps_gaps_and_who_holds_alone(chain):
    members = [
        Holder(name="甲", names=("甲茶业有限公司",)),
        Holder(name="乙", names=("乙大学",)),
        Holder(name="丁", names=("丁有限公司",)),
    ]
    table = coverage_table(chain, members)
    # Row 1 was passed on from 甲 to 丁; row 2 is held by 甲 and 乙.
    assert values(table, "h0", "h1", "h2", "together", "jointly", "state") == {
        "种植": (2, 1, 1, 3, 1, "重叠"),
        "加工": (2, 2, 0, 3, 1, "重叠"),
        "杀青": (2, 2, 0, 3, 1, "重叠"),
        "揉捻": (1, 0, 0, 1, 0, "独占"),
        "茶渣": (0, 0, 0, 0, 0, "空缺"),
        "包装": (0, 0, 0, 0, 0, "空缺"),
    }
    assert [note.zh for note in table.notes] == ["空缺环节：茶渣、包装。"]
    with pytest.raises(InputError, match="No holder is named"):
        coverage_table(chain, [])


def test_a_single_holder_covers_nodes_without_holding_them_alone(chain):
    table = coverage_table(chain, [Holder(name="乙", names=("乙大学",))])
    assert values(table, "together", "state")["杀青"] == (2, "覆盖")


def test_the_chapter_says_what_its_tables_show(chain):
    made = chapter(chain, many(40, 100, 100, 1_000, chain), [Holder(name="甲", names=("甲茶业有限公司",))])
    text = "".join(finding.text.zh for finding in made.findings)
    assert "茶产业链共涉及专利6件；专利量最多的环节为种植（3件，占50.0%）" in text
    assert "与全国相比，优势环节为种植（区位熵4.00）" in text
    assert "所列持有人覆盖6个环节中的4个，空缺于茶渣、包装。" in text
    known = {table.id for table in made.tables}
    known |= {one.id for table in made.tables for one in table.definitions}
    assert {source for finding in made.findings for source in finding.sources} <= known


def test_the_drawing_puts_links_in_a_row_children_below_and_side_branches_above(chain):
    figure = chain_figure(chain, node_table(chain))
    places = {box.name: (box.column, box.row) for box in layout(figure)}
    assert places == {
        "种植": (0, 0),
        "加工": (1, 0),
        "杀青": (1, -1),
        "揉捻": (1, -2),
        "茶渣": (1, 1),
        "包装": (2, 0),
    }
    assert next(box.text for box in layout(figure) if box.name == "种植") == "种植\n3件"
    assert next(box.text for box in layout(figure, "en") if box.name == "种植") == "Growing\n3"
    assert height(figure) > 2


@pytest.mark.usefixtures("with_chinese_font")
def test_a_chain_is_drawn_without_boxes_for_missing_characters(chain, tmp_path):
    from directions.figures import draw

    figure = chain_figure(chain, node_table(chain, many(40, 100, 100, 1_000, chain)))
    assert draw(figure, tmp_path / "chain.png").stat().st_size > 10_000


def test_an_empty_chain_gives_a_table_of_zeros(study):
    empty = chain_study(CHAIN, study, {name: np.zeros(0, dtype=np.int64) for name in ROWS})
    assert node_table(empty).rows["count"].to_list() == [0] * 6
    assert holder_kinds(empty).rows["企业"].to_list() == [0] * 6
    assert chapter(empty).findings == ()
