"""Every line of the tables in docs/query.md."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from patents.record import PatentRecord
from selection.evaluation import evaluate
from selection.language import parse, translate
from tests.selection.corpora import LIBRARY, corpus_of, numbered

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "query.md").read_text(encoding="utf-8")
LISTS = {field.name for field in fields(PatentRecord) if str(field.type).startswith("tuple")}


def lines():
    """(query, finds, not) of every three-column table with those headers."""
    for table in re.findall(r"\| query \| finds \| not \|\n\|[-|]+\|\n((?:\|.*\|\n)+)", PAGE):
        for line in table.splitlines():
            query, finds, misses = (cell.strip() for cell in line.strip("|").split("|"))
            yield query.strip("`"), finds, misses


def record_of(cell):
    found = re.fullmatch(r"([a-z_]+): (.*)", cell)
    if not found or found[1] not in {field.name for field in fields(PatentRecord)}:
        return {"abstract": cell}
    name, text = found.groups()
    if name in LISTS:
        return {name: tuple(text.split("; "))}
    return {name: date.fromisoformat(text) if name.endswith("_date") else text}


def test_the_page_has_tables():
    assert len(list(lines())) > 50


@pytest.mark.parametrize(("query", "finds", "misses"), list(lines()))
def test_a_line_of_the_page_holds(query, finds, misses):
    yes, no = (
        PatentRecord(**{"application_number": number, **record_of(cell)})
        for number, cell in (("CN2014100000010", finds), ("CN2014100000025", misses))
    )
    corpus, ordered = corpus_of([yes, no])
    found = [ordered[row] for row in evaluate(query, corpus)]
    assert found == [yes]


def spellings():
    table = re.search(r"\| \| incoPat \| PatSnap \|\n\|[-|]+\|\n((?:\|.*\|\n)+)", PAGE)
    for line in table[1].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        for dialect, cell in (("incopat", cells[1]), ("patsnap", cells[2])):
            for code in re.findall(r"`([^`]+)`", cell):
                yield dialect, code


@pytest.mark.parametrize(
    ("dialect", "code"), [pair for pair in spellings() if len(pair[1]) > 5 and "…" not in pair[1]]
)
def test_an_example_of_the_spellings_parses_in_its_dialect(dialect, code):
    query = parse(code, dialect)
    assert parse(query.canonical).root == query.root


def test_every_field_that_the_page_calls_our_own_is_one_in_both_spellings():
    own = re.search(r"and\n`INDUSTRY`.*?are fields", PAGE, re.DOTALL)[0]
    for code in re.findall(r"`([A-Z-]+)`", own):
        assert parse(f"{code}=甘肃").root == parse(f"{code}:甘肃").root


def test_the_first_example_finds_and_translates():
    corpus, _ = corpus_of(LIBRARY)
    first = re.search(r"^    (TIAB=.*?失效)", PAGE, re.MULTILINE)[1]
    assert evaluate(first, corpus).count == 1
    assert translate(parse(first), "patsnap").lost == ()
    assert numbered([{"title": "a"}])
