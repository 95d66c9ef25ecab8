from pathlib import Path

import pytest

from patents.readers.describing import formats_page
from patents.readers.fields import FIELDS
from patents.readers.headers import normalise_header
from patents.readers.portals.all import PORTALS, described
from patents.readers.portals.common import GENERIC

PAGE = Path(__file__).resolve().parents[3] / "docs" / "formats.md"


def test_the_page_on_formats_is_what_the_readers_do():
    assert PAGE.read_text("utf-8") == formats_page(), (
        "docs/formats.md is old: its second paragraph says how to renew it"
    )


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.name)
def test_columns_are_read_into_targets_that_exist(portal):
    assert {column.field for column in portal.columns} <= set(FIELDS)


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.name)
def test_no_header_of_a_portal_is_described_twice_for_different_targets(portal):
    seen = {}
    for column in portal.columns:
        for header in column.headers:
            target = seen.setdefault(normalise_header(header), column.field)
            assert target == column.field, f"{portal.name}: {header} is {target} and {column.field}"


@pytest.mark.parametrize(
    "portal", [portal for portal in PORTALS if portal is not GENERIC], ids=lambda portal: portal.name
)
def test_marks_are_headers_that_are_described(portal):
    unknown = [
        header
        for mark in portal.marks
        for header in mark
        if described(portal, normalise_header(header)) is None
    ]
    assert unknown == []


def test_a_portal_is_not_taken_for_one_that_comes_before_it():
    for place, portal in enumerate(PORTALS[:-1]):
        for mark in portal.normal_marks:
            earlier = [other.name for other in PORTALS[:place] if other.is_marked(mark)]
            assert earlier == [], f"{portal.name} marked by {sorted(mark)}"
