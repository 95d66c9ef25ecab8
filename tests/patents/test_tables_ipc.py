"""Chinese IPC titles, with their holes filled, and the moves between editions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from patents.tables import ipc_entries, ipc_entry, ipc_moves, ipc_title, sei_rules

FILLED_SUBCLASSES = ["H01L", "C01C", "C01D", "C01F", "C01G", "C23F", "C09D", "C23C", "F25D", "F16D", "C10G"]


@pytest.mark.parametrize(
    ("symbol", "part"),
    [
        ("C", "化学"),
        ("C01", "无机化学"),
        ("H01M", "电池"),
        ("H01M10/00", "二次电池"),
        ("G06N", "计算"),
        ("H01L33/00", "发光二极管"),
        ("C01F7/00", "铝"),
        ("C01G49/00", "铁"),
        ("C23F11/00", "腐蚀"),
        ("C09D175/00", "聚氨酯"),
        ("F25D23/00", "结构"),
    ],
)
def test_a_symbol_has_its_chinese_title(symbol: str, part: str):
    assert part in (ipc_title(symbol) or "")


def test_a_subgroup_gets_the_title_of_its_main_group():
    assert ipc_title("H01M10/0525") == ipc_title("H01M10/00") == ipc_title("H01M10")


def test_an_unknown_symbol_has_no_title():
    assert ipc_title("A99X1/00") is None
    assert ipc_title("") is None


@pytest.mark.parametrize("subclass", FILLED_SUBCLASSES)
def test_what_we_filled_is_marked(subclass: str):
    entry = ipc_entry(subclass)
    assert entry is not None and entry.filled


def test_obsolete_symbols_are_marked_and_valid_ones_are_not():
    assert ipc_entries()["G06K9/00"].obsolete
    assert not ipc_entries()["C01F7/00"].obsolete
    assert not ipc_entries()["A01B"].filled


def test_the_short_title_drops_references_in_nested_brackets():
    entry = ipc_entry("A01B")
    assert entry is not None
    assert entry.short == "农业或林业的整地；一般农业机械或农具的部件、零件或附件"


def test_no_title_holds_edition_marks_or_placeholders():
    junk = re.compile(r"〔\d〕|〔[\d,.]+〕$|\[\d|Code:|注意：|^\d*$")
    assert [entry.symbol for entry in ipc_entries().values() if junk.search(entry.title)] == []
    chinese = re.compile(r"[\u4e00-\u9fff]")
    assert [entry.symbol for entry in ipc_entries().values() if not chinese.search(entry.title)] == []


def test_brackets_of_chemical_names_stay_in_titles():
    assert "二环〔3.2.1〕辛烷" in (ipc_title("C07D451/00") or "")


def test_every_group_and_subclass_has_its_parents():
    entries = ipc_entries()
    parents = {s[:n] for s in entries for n in (1, 3, 4) if len(s) > n}
    assert parents <= set(entries)


def test_every_symbol_that_a_title_refers_to_is_known():
    """The source's own cross references found its holes; four misprints are all that is left."""
    known, missing = set(ipc_entries()), set()
    for entry in ipc_entries().values():
        for subclass, group in re.findall(r"([A-H]\d\d[A-Z])(\d{1,4})/\d{2,6}", entry.title):
            if f"{subclass}{group}/00" not in known:
                missing.add(f"{subclass}{group}/00")
    assert missing <= {"A43B49/00", "A48C11/00", "A63F37/00", "B01J9/00", "C07G17/00", "H10N0/00"}


def test_every_group_of_the_sei_rules_has_a_title():
    patterns = {p for code in sei_rules() for rule in code.rules for p in (*rule.include, *rule.exclude)}
    groups = {m.group() for p in patterns if (m := re.match(r"[A-H]\d\d[A-Z]\d+", p))}
    assert [group for group in groups if ipc_title(group) is None] == []


def test_moves_are_tried_longest_first_and_name_their_edition():
    lengths = [len(move.pattern) for move in ipc_moves()]
    assert lengths == sorted(lengths, reverse=True)
    assert all(re.fullmatch(r"20\d\d\.01", move.since) and move.reason for move in ipc_moves())


@pytest.mark.shared
def test_every_symbol_of_the_public_patents_has_a_title(shared_data: Path):
    pq = pytest.importorskip("pyarrow.parquet")
    column = pq.read_table(shared_data / "data" / "patents.parquet", columns=["ipc"])["ipc"]
    symbols = set(column.combine_chunks().flatten().to_pylist())
    assert len(symbols) > 10_000
    assert [symbol for symbol in symbols if ipc_title(symbol) is None] == []
