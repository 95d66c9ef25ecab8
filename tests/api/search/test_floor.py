"""Scores from 0 to 100, and what lies too far to be a hit."""

from __future__ import annotations

import numpy as np
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from api.cli import app
from api.libraries.publishing import build
from api.live.library import open_live
from api.live.parts import encoder_of, hybrid_of, scale_of
from index.part.calibration import measure_scale
from patents.messages import in_language

NONSENSE = ("今天天气很好，我们去公园野餐吧", "孔子曰学而时习之", "龘靐齉爩籱", "qwzx", "!!!")
NEAR = "电解槽阴极炭块的凸台"


def ask(client, path="/api/search", **body):
    answer = client.post(path, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def live(library_path):
    with open_live(library_path) as live:
        yield live


def test_a_build_measures_the_scale_and_measures_it_alike_again(live):
    kept = scale_of(live)
    assert live.snapshot.has("scale") and kept.own_texts == kept.chance_texts > 250
    assert measure_scale(hybrid_of(live), live.table, encoder_of(live)) == kept


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_scores_lie_between_0_and_100_and_never_rise(client, mode):
    for query in (NEAR, "结构简单便于推广的装置", "CN101200000A", NONSENSE[0]):
        scores = [hit["score"] for hit in ask(client, query=query, k=60, mode=mode, far=True)["hits"]]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 100 for score in scores)


def test_more_hits_change_no_score(client):
    few, many = (ask(client, query=NEAR, k=k, far=True)["hits"] for k in (3, 40))
    assert [hit["score"] for hit in few] == [hit["score"] for hit in many[:3]]


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_finds_nothing_unless_far_hits_are_asked_for(client, query):
    for path in ("/api/search", "/api/prior-art"):
        answer = ask(client, path, query=query)
        assert answer["hits"] == []
        assert any("Nothing close enough" in note for note in answer["notes"]), answer["notes"]
        floor = answer["score_scale"]["floor"]
        far = ask(client, path, query=query, far=True)["hits"]
        assert far and all((hit.get("patent") or hit)["score"] < floor for hit in far)
    select = client.get("/api/select", params={"where": f"R=({query})"}).json()
    assert select["selection"]["count"] == 0 and "R= found nothing close enough" in select["notes"]


def test_it_is_said_in_chinese(library_path):
    with in_language("zh"):
        printed = CliRunner().invoke(app, ["search", NONSENSE[0], "--library", str(library_path)]).output
    assert "没有足够接近的专利：最高" in printed and "得分 0～100" in printed


def test_a_text_of_the_field_keeps_its_hits(client):
    answer = ask(client, query=NEAR, k=20)
    assert len(answer["hits"]) + answer["far"] == 20 and len(answer["hits"]) > 10
    assert answer["hits"][0]["score"] > 60
    assert all(hit["score"] >= answer["score_scale"]["floor"] for hit in answer["hits"])


@pytest.mark.parametrize("word", ["电解", "凸台", "炭块", "止咳"])
def test_a_key_word_within_longer_words_is_near(client, word):
    first = ask(client, query=word)["hits"][0]
    assert any(word in first[field] for field in ("title", "abstract", "first_claim"))


def test_hits_left_out_are_counted(client):
    answer = ask(client, query=NEAR, k=60)
    assert answer["far"] > 0
    assert f"{answer['far']} hits below the floor" in answer["notes"][-1]


def test_facets_count_what_is_near_only(client):
    near, every = (ask(client, query=NEAR, facets=True, far=far)["facets"] for far in (False, True))
    counts = [
        sum(value["near"] for facet in facets if facet["name"] == "patent_type" for value in facet["values"])
        for facets in (near, every)
    ]
    assert counts[0] < counts[1] == 50


def test_words_that_nobody_shares_are_said_to_be_so(client):
    answer = ask(client, query="qwzx vbnm lkjh")
    assert answer["hits"] == [] and "no patent here shares a word" in answer["notes"][-1]


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("A method for producing aluminium by electrolysis", "English"),
        ("アルミニウム電解槽の陰極構造", "Japanese"),
        ("Катод алюминиевого электролизёра", "Cyrillic"),
    ],
)
def test_a_language_that_the_encoder_does_not_read_is_named(client, query, language):
    for path in ("/api/search", "/api/prior-art"):
        answer = ask(client, path, query=query)
        assert any(language in note and "does not read" in note for note in answer["notes"])
    assert ask(client, query=query)["mode"] == "lexical"


def test_a_library_too_small_to_measure_has_no_floor(tmp_path, export_file):
    from datetime import date

    from api.libraries.importing import import_exports
    from tests.api.conftest import invented_rows, write_export

    rows = list(invented_rows())[:3]
    library = tmp_path / "小"
    import_exports(library, [write_export(tmp_path / "小.csv", rows)], as_of=date(2022, 6, 30), publish=False)
    build(library)
    printed = CliRunner().invoke(app, ["search", NONSENSE[0], "--library", str(library)]).output
    assert "too few to measure a floor" in printed and "CN1" in printed


def test_files_carry_the_score_and_what_it_means(library_path, tmp_path):
    path = tmp_path / "hits.xlsx"
    done = CliRunner().invoke(app, ["search", NEAR, "--library", str(library_path), "--export", str(path)])
    assert done.exit_code == 0, done.output
    book = load_workbook(path)
    cover = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows() if len(row) > 1}
    assert "各次检索可比" in cover["得分"]
    head = next(row for row in book.worksheets[1].iter_rows(values_only=True) if "得分" in row)
    scores = [row[head.index("得分")] for row in book.worksheets[1].iter_rows(values_only=True)][1:]
    numbers = np.array([score for score in scores if isinstance(score, int)])
    assert len(numbers) > 3 and numbers.min() >= 0 and numbers.max() <= 100
