"""Every definition is complete, used, and stands in the docs."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from directions.definitions import (
    all_definitions,
    alternatives,
    definition,
    describe_definitions,
    read_definitions,
)
from library.columns import COLUMNS
from patents.errors import NotFoundError

ROOT = Path(__file__).parents[2]
DEFINITIONS = all_definitions()
FILES = ROOT / "directions" / "definitions"
OF_OTHER_ROOMS = {"industries", "theme"}


def test_the_docs_hold_every_definition_as_the_code_has_it():
    text = (ROOT / "docs" / "definitions.md").read_text(encoding="utf-8")
    assert describe_definitions() in text, (
        "docs/definitions.md differs from directions.definitions: put what describe_definitions() gives there"
    )


def test_ids_are_unique_and_definitions_complete():
    assert len({one.id for one in DEFINITIONS}) == len(DEFINITIONS)
    for one in DEFINITIONS:
        for text in (one.name, one.text, one.source):
            assert text.zh and text.en, one.id
        assert one.topic and one.id != one.topic
        assert one.text.zh.endswith("。") and one.text.en.endswith("."), one.id


def test_shares_name_their_denominator():
    for one in DEFINITIONS:
        if one.unit == "%":
            assert one.denominator, one.id


def test_what_a_definition_needs_is_a_column():
    known = {column.name for column in COLUMNS} | OF_OTHER_ROOMS
    for one in DEFINITIONS:
        assert set(one.needs) <= known, one.id


def test_every_definition_is_used_by_the_code():
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "directions").rglob("*.py")
        if "definitions" not in path.parts
    )
    written = set(re.findall(r"[\"']([a-z_]+\.[A-Za-z0-9_-]+)[\"']", code))
    chosen = set(re.findall(r"[\"']([a-z_]+)\.\{", code))  # the variant is the study's 口径
    unused = [one.id for one in DEFINITIONS if one.id not in written and one.topic not in chosen]
    assert unused == []


def test_a_definition_is_found_by_its_id_and_a_wrong_one_names_the_nearest():
    assert definition("growth_rate.cagr").name.zh == "年均增长率（复合）"
    assert [one.id for one in alternatives("growth_rate.cagr")] == ["growth_rate.mean"]
    with pytest.raises(NotFoundError) as error:
        definition("growth_rate.cagrr")
    assert "growth_rate.cagr" in str(error.value.help)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('unit = "%"\n', "", "missing required field `unit`"),
        ('unit = "%"\n', 'unit = "%"\ncolour = "red"\n', "unknown field `colour`"),
        ("needs = []", 'needs = ""', "Expected `array`"),
        ('name.en = "Year-on-year growth"\n', "", "missing required field `en`"),
        ('name.en = "Year-on-year growth"', 'name.en = ""', "yoy.count has no name in Chinese and English"),
        ('denominator.en = "patents of the year before"', 'denominator.en = ""', "denominator of yoy.count"),
        ('source = "nbs_yoy"', 'source = "nobody"', "nobody"),
        ('id = "growth_rate.cagr"', 'id = "yoy.count"', "stand twice: yoy.count"),
    ],
)
def test_a_file_that_is_not_complete_is_refused(tmp_path, before, after, message):
    for path in FILES.glob("*.toml"):
        shutil.copy(path, tmp_path)
    file = tmp_path / "growth.toml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(message)):
        read_definitions(tmp_path)


def test_the_files_as_they_are_can_be_read_and_every_source_is_named():
    assert [one for chapter in read_definitions(FILES) for one in chapter.definitions] == list(DEFINITIONS)
    sources = tomllib.loads((FILES / "sources.toml").read_text(encoding="utf-8"))
    named = {(one.source.zh, one.source.en) for one in DEFINITIONS}
    assert {(source["zh"], source["en"]) for source in sources.values()} == named
