"""One rule for the names that users give."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.names import LONGEST, checked_name, name_of
from library.settings import Settings
from patents.errors import InputError
from selection.language import parse
from selection.saved import Tags
from selection.watches.register import Watches


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("  铝 电解  ", "铝 电解"),
        ("铝\u3000\u3000电解", "铝 电解"),
        ("cafe\u0301\n", "caf\u00e9"),
        ("A" * LONGEST, "A" * LONGEST),
    ],
)
def test_a_name_is_trimmed_and_composed(given, stored):
    assert checked_name(given) == stored == checked_name(stored)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("", "name-empty"),
        (" \t\u3000", "name-empty"),
        ("A" * (LONGEST + 1), "name-too-long"),
        ("铝\r\nBcc: x@example.org", "name-with-control-character"),
        ("铝\x00", "name-with-control-character"),
        ("铝\u202e电", "name-with-control-character"),
        ("铝\u2028电", "name-with-control-character"),
        ("铝\ud800", "name-with-control-character"),
    ],
)
def test_what_is_no_name_is_refused_everywhere(library, given, code):
    doors = [
        lambda: checked_name(given),
        lambda: Tags(library.store).put(given, []),
        lambda: Watches(library.store).add(given, parse("TI=铝")),
        *([lambda: Settings(library.store).set("name", given)] if given else []),
    ]
    for door in doors:
        with pytest.raises(InputError) as caught:
            door()
        assert caught.value.code == code


@given(st.text(max_size=120))
def test_a_name_that_is_stored_is_found_again_and_fits_a_header(text):
    try:
        name = checked_name(text)
    except InputError:
        return
    assert name_of(name) == name_of(text) == name
    assert unicodedata.is_normalized("NFC", name) and len(name.splitlines()) == 1
