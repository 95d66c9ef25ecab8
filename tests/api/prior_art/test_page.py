"""docs/prior-art.md is true: its commands run, its paths exist, its figures are those measured."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

from docx import Document
from typer.testing import CliRunner

from api.cli import app
from index.prior_art import CLOSE, PARTLY

CHECKOUT = Path(__file__).parents[3]
PAGE = (CHECKOUT / "docs" / "prior-art.md").read_text("utf-8")
RESULTS = json.loads((CHECKOUT / "benchmarks" / "results" / "prior-art.json").read_text("utf-8"))
COMMANDS = re.findall(r"^    patlas (.+)$", PAGE, flags=re.MULTILINE)
ROWS = {
    "the abstract of its own patent": "own abstract",
    "the texts of its twin (一案双申)": "twin",
    "another patent of the same main group": "same main group",
    "another patent of the same subclass": "same subclass",
    "any other patent": "any other",
}


def test_every_command_of_the_page_runs(library_path, tmp_path, monkeypatch):
    draft = Document()
    for line in (
        "权利要求书",
        "1. 一种铝电解槽阴极，其特征在于：炭块上表面设置凸台；钢棒为铜钢复合棒。",
        "2. 根据权利要求1所述的阴极，其特征在于：凸台为异形结构。",
    ):
        draft.add_paragraph(line)
    draft.save(str(tmp_path / "draft.docx"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATLAS_LIBRARY", str(library_path))
    assert len(COMMANDS) == 7
    for command in COMMANDS:
        done = CliRunner().invoke(app, shlex.split(command))
        assert done.exit_code == 0, f"{command}: {done.exception or done.stderr}"
    assert (tmp_path / "report.docx").exists() and (tmp_path / "hits.xlsx").exists()


def test_the_figures_of_the_page_are_those_measured():
    for text, kind in ROWS.items():
        rates = RESULTS["rates on the test part"][kind]
        shares = [f"{100 * rates[name]:.1f} %" for name in ("close", "partly or close")]
        assert f"| {text} | {rates['elements']:,} | {shares[0]} | {shares[1]} |" in PAGE
    assert f"相近 (from {CLOSE})" in PAGE and f"部分 (from {PARTLY})" in PAGE
    assert f"{RESULTS['learned on']:,} elements" in PAGE and f"{RESULTS['records']:,} patents" in PAGE


def test_the_thresholds_are_the_learned_ones():
    learned = RESULTS["learned thresholds"]
    assert (round(learned["close"], 2), round(learned["partly"], 2)) == (CLOSE, PARTLY)


def test_every_path_of_the_page_is_one_of_the_service(client):
    described = client.get("/openapi.json").json()["paths"]
    named = set(re.findall(r"(?<!tests)/api/[\w/-]+", PAGE))
    assert named == {"/api/prior-art", "/api/prior-art/draft"} and named <= set(described)
