"""The matrix themes × effects, counted by hand."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from directions.chapters.effects import chapter
from directions.counting import Counting
from directions.effects import effect_matrix, effect_table, mine_effects
from directions.effects.matrix import leading_cells
from directions.study import Period, Study, StudyTheme

ABSTRACTS = [
    "一种电解槽，包括槽壳。降低了能耗，提高了电流效率。",  # 降低能耗, 提高效率
    "本发明能耗低；而且结构简单、能耗低。",  # 降低能耗, 简化结构
    "解决了成本高的问题，降低能耗。",  # 降低成本, 降低能耗
    "一种支架，包括底座和立柱。",  # none
    "降低成本。",  # 降低成本
]


def study(themes: bool = True, **columns: list[str]) -> Study:
    patents = pl.DataFrame(
        {
            "key": list("abcde"),
            "row": [10, 11, 12, 13, 14],
            "abstract": ABSTRACTS,
            "ipc_main": ["C25C3/08", "C25C3/06", "C22C1/02", "C22C1/02", None],
            "year": [2020] * 5,
            **columns,
        }
    )
    found = (
        StudyTheme(id="T1", name="电解", keywords=(), rows=np.array([0, 1])),
        StudyTheme(id="T2", name="合金", keywords=(), rows=np.array([2, 3])),
    )
    return Study(
        title="铝",
        query="*",
        patents=patents,
        counting=Counting(),
        as_of=date(2026, 6, 30),
        period=Period(2011, 2026),
        themes=found if themes else (),
    )


def test_an_effect_counts_once_in_a_patent_however_often_it_is_claimed():
    mined = mine_effects(study().patents)
    assert mined.select("row", "effect").rows() == [
        (10, "降低能耗"),
        (10, "提高效率"),
        (11, "降低能耗"),
        (11, "简化结构"),
        (12, "降低成本"),
        (12, "降低能耗"),
        (14, "降低成本"),
    ]


def test_the_table_of_effects_counts_patents_and_shares_of_those_that_claim_any():
    table = effect_table(study())
    assert table.rows.select("effect", "count", "share").rows() == [
        ("降低能耗", 3, 0.75),
        ("降低成本", 2, 0.5),
        ("提高效率", 1, 0.25),
        ("简化结构", 1, 0.25),
    ]
    assert (table.coverage.known, table.coverage.of) == (4, 5)
    assert table.rows["examples"][0].to_list() == ["降低能耗", "能耗低"]


def test_the_matrix_counts_each_cell_and_names_the_patents_behind_it():
    matrix = effect_matrix(study())
    lines = matrix.cells.rows.select("name", "effect", "count", "rows").iter_rows()
    cells = {(name, effect): (count, rows) for name, effect, count, rows in lines}
    assert cells == {
        ("电解", "降低成本"): (0, []),
        ("合金", "提高效率"): (0, []),
        ("合金", "简化结构"): (0, []),
        ("电解", "降低能耗"): (2, [10, 11]),
        ("电解", "提高效率"): (1, [10]),
        ("电解", "简化结构"): (1, [11]),
        ("合金", "降低能耗"): (1, [12]),
        ("合金", "降低成本"): (1, [12]),
    }
    assert matrix.table.rows.rows() == [("电解", 2, 0, 1, 1), ("合金", 1, 1, 0, 0)]
    assert [column.label.zh for column in matrix.table.columns] == [
        "主题",
        "降低能耗",
        "降低成本",
        "提高效率",
        "简化结构",
    ]


def test_the_densest_cells_name_their_newest_patents():
    patents = study().patents.with_columns(
        publication_number=pl.Series([f"CN{row}A" for row in range(5)]),
        year=pl.Series([2018, 2020, 2019, 2019, 2019]),
    )
    newer = replace(study(), patents=patents)
    table = leading_cells(newer, effect_matrix(newer), count=2)
    assert table.rows.select("name", "effect", "count").row(0) == ("电解", "降低能耗", 2)
    assert table.rows["patents"].to_list()[0] == ["CN1A", "CN0A"]
    assert table.rows.height == 2


def test_cells_add_up_to_what_was_mined_of_the_lines():
    matrix = effect_matrix(study(), effects=2)
    assert matrix.cells.rows["count"].sum() == 4
    assert all(count == len(rows) for count, rows in matrix.cells.rows.select("count", "rows").iter_rows())


def test_without_themes_the_lines_are_ipc_subclasses():
    matrix = effect_matrix(study(themes=False))
    assert matrix.cells.columns[0].label.zh == "IPC小类"
    assert matrix.table.rows["name"].to_list()[0].startswith("C22C")
    assert any("IPC" in note.zh for note in matrix.cells.notes)


def test_patents_mined_elsewhere_are_left_out():
    mined = mine_effects(pl.DataFrame({"row": [10, 99], "abstract": ["降低成本。", "降低成本。"]}))
    assert effect_table(study(), mined).rows["count"].to_list() == [1]


def test_a_library_without_abstracts_says_what_is_needed():
    empty = study(abstract=[""] * 5)
    assert effect_table(empty).missing.zh == "需要摘要（abstract）"
    assert effect_matrix(empty).cells.missing.zh == "需要摘要（abstract）"
    assert chapter(empty).findings == ()


def test_every_number_of_the_chapter_stands_in_its_tables():
    made = chapter(study())
    assert "4件，占80.0%" in made.findings[0].text.zh
    assert "“降低能耗”（3件，占75.0%）" in made.findings[0].text.zh
    assert "“电解”×“降低能耗”最为密集（2件），另有3个组合尚无专利" in made.findings[1].text.zh
    known = {table.id for table in made.tables} | {figure.id for figure in made.figures}
    assert {source for one in made.findings for source in one.sources if "." not in source} <= known


@pytest.mark.parametrize("rows", [0, 1])
def test_few_patents_make_a_matrix_too(rows):
    few = study().of(pl.col("row") < 10 + rows)
    assert effect_matrix(few).cells.rows.height == 2 * rows
    assert effect_matrix(few).figure.table.empty == (rows == 0)
