"""Every definition is complete, used, and stands in the docs."""

import re
from pathlib import Path

import pytest

from directions.definitions import DEFINITIONS, alternatives, definition, describe_definitions
from library.columns import COLUMNS
from patents.errors import NotFoundError

ROOT = Path(__file__).parents[2]
OF_OTHER_ROOMS = {"industries", "theme"}


def test_the_docs_hold_every_definition_as_the_code_has_it():
    text = (ROOT / "docs" / "definitions.md").read_text(encoding="utf-8")
    assert describe_definitions() in text, (
        "docs/definitions.md differs from directions.definitions: put what describe_definitions() gives there"
    )


def test_ids_are_unique_and_definitions_complete():
    assert len({one.id for one in DEFINITIONS}) == len(DEFINITIONS)
    for one in DEFINITIONS:
        assert all((one.name, one.name_en, one.text, one.text_en, one.source)), one.id
        assert one.topic and one.id != one.topic
        assert one.text.endswith("。") and one.text_en.endswith("."), one.id


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
    assert definition("growth_rate.cagr").name == "年均增长率（复合）"
    assert [one.id for one in alternatives("growth_rate.cagr")] == ["growth_rate.mean"]
    with pytest.raises(NotFoundError) as error:
        definition("growth_rate.cagrr")
    assert "growth_rate.cagr" in str(error.value.help)
