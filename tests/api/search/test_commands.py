"""Search, show and info on the command line."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from api.cli import app
from patents.errors import InputError, NotFoundError


def run(*arguments):
    done = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_hits_are_printed_with_their_parts_facets_and_highlights(library_path):
    printed = run(
        "search", "炭块上的凸台", "--library", library_path, "--k", 2, "--facets", "--highlight",
        "--where", "TTL:(铝)", "--dialect", "patsnap",
    )  # fmt: skip
    assert printed.startswith("2 of 24 patents in TI=铝")
    assert "meaning 0." in printed and "(no. 1)" in printed
    assert "Shared words: " in printed and "Nearest sentence: " in printed
    assert "IPC subclass" in printed and "/24 " in printed


def test_several_patents_need_no_text(library_path):
    answer = json.loads(
        run("search", "--library", library_path, "--like", "CN101200000A", "--like", "CN101500003A", "--json")
    )
    assert answer["kind"] == "patents" and len(answer["hits"]) == 10


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "The query is empty"),
        (("电池", "--mode", "magic"), "mode"),
        (("电池", "--type", "无"), "--type"),
    ],
)
def test_what_cannot_be_searched_is_said(library_path, options, said):
    with pytest.raises(InputError) as error:
        run("search", *options, "--library", library_path)
    assert said in error.value.what


@pytest.mark.parametrize(
    "number", ["CN201210000000.2", "ZL 2012 1 0000000", "２０１２１０００００００", "CN101200000"]
)
def test_a_patent_is_shown_by_any_number(library_path, number):
    printed = run("show", number, "--library", library_path)
    assert "Application number: CN201210000000.2" in printed and "Applicants: 黔岭测试大学" in printed
    assert json.loads(run("show", number, "--library", library_path, "--json"))["city"] == "贵阳市"


def test_an_unknown_number_is_not_found(library_path):
    with pytest.raises(NotFoundError, match="no patent CN999999999A"):
        run("show", "CN999999999A", "--library", library_path)


def test_info_says_how_searches_are_answered(library_path):
    search = json.loads(run("info", "--library", library_path, "--json"))["snapshot"]["search"]
    assert search["kind"] == "flat" and search["recall_at_10"] == 1.0
    assert search["passages"] == search["documents"] == 288
    assert "Search by meaning: flat" in run("info", "--library", library_path)
