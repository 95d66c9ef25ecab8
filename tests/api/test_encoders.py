"""Judging and adapting the encoder of a library."""

from __future__ import annotations

import json
import shutil

import pytest

from api.encoders.evaluation import evaluate
from patents.errors import InputError


def test_the_evaluation_measures_the_library_beside_bm25(library_path):
    report = evaluate(library_path, queries=20)
    systems = {figure.system for figure in report.figures}
    assert {"BM25", "patlas-default"} <= systems
    assert report.records == 144
    for figure in report.figures:
        assert figure.low <= figure.value <= figure.high


def test_an_unknown_part_is_refused(library_path):
    with pytest.raises(InputError, match="no part 'half'"):
        evaluate(library_path, part="half")


@pytest.mark.torch
def test_a_library_of_too_few_records_keeps_its_encoder(library_path, tmp_path):
    pytest.importorskip("torch", reason="needs the models extra")
    from api.encoders.adaptation import adapt_to

    library = shutil.copytree(library_path, tmp_path / "copy")
    with pytest.raises(InputError, match="200"):
        adapt_to(library)
    assert not list((library / "encoders").glob("*"))


def test_figures_are_one_json_document(library_path, tmp_path):
    from typer.testing import CliRunner

    from api.cli import app

    out = tmp_path / "figures.json"
    done = CliRunner().invoke(
        app, ["evaluate", "--library", str(library_path), "--queries", "10", "--json", "--out", str(out)]
    )
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == json.loads(out.read_text(encoding="utf-8"))
