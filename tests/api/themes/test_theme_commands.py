"""`patlas themes` and what builds and imports say of themes."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.libraries.importing import import_exports


@pytest.fixture
def library(library_path, tmp_path):
    return shutil.copytree(library_path, tmp_path / "copy")


def run(*arguments, code=0):
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exit_code == code, (done.output, done.exception)
    return done.stdout


def test_the_list_the_tree_and_the_trends_are_printed(library_path):
    listed = run("themes", "--library", library_path, "--where", "IPC=C25C", "--placed-only")
    assert listed.startswith("全库: 36 patents") and "Counted: IPC=C25C" in listed
    first = json.loads(run("themes", "--library", library_path, "--json"))["themes"][0]
    shown = run("themes", "show", first["id"], "--library", library_path)
    assert first["name"] in shown and "Representatives" in shown and first["representatives"][0] in shown
    assert first["id"] in run("themes", "tree", "--library", library_path)
    assert "2016、2017、2018 against 2013" in run("themes", "trends", "--library", library_path)
    assert "birth" in run("themes", "history", "--library", library_path)


def test_themes_are_found_anew_for_a_selection(library_path):
    found = run("themes", "--library", library_path, "--fit", "--layer", 2, "--where", "IPC=C25C or IPC=A61K")
    assert found.startswith("全库: 72 patents, 2 themes") and "Found now, not stored" in found


def test_changes_are_made_logged_and_undone(library):
    first = json.loads(run("themes", "--library", library, "--json"))["themes"][0]
    run("themes", "rename", first["id"], "电解槽", "--library", library, "--who", "李")
    assert "电解槽" in run("themes", "--library", library)
    run("themes", "pin", first["id"], "凸台", "--library", library)
    run("themes", "hide", first["id"], "--library", library)
    assert "1 theme is hidden" in run("themes", "--library", library)
    log = run("themes", "log", "--library", library).splitlines()
    assert [line.split()[0] for line in log] == ["3", "2", "1"] and "李" in log[2]
    run("themes", "undo", "--library", library)
    run("themes", "undo", 1, "--library", library)
    assert first["name"] in run("themes", "--library", library)


def test_a_build_tells_how_firm_themes_are_when_asked(library):
    run("build", "--library", library, "--stability", "--quiet")
    listed = run("themes", "--library", library)
    firm = [float(line.split("stability ")[1][:4]) for line in listed.splitlines() if "stability " in line]
    assert firm and all(0 <= share <= 1 for share in firm) and max(firm) > 0.5


def test_an_import_says_how_well_new_patents_fit(library, export_file, tmp_path):
    with export_file.open(encoding="utf-8-sig", newline="") as file:
        headers, *rows = csv.reader(file)
    more = tmp_path / "more.csv"
    with more.open("w", encoding="utf-8", newline="") as file:
        fresh = [
            [f"CN20201099{n:04d}.X"[:14], f"CN1159{n:05d}A", *row[2:]] for n, row in enumerate(rows[:50])
        ]
        csv.writer(file).writerows([headers, *fresh])
    notes = import_exports(library, [more], as_of=date(2022, 7, 1)).notes
    assert any(note.startswith("Themes of ") and "anew is worthwhile" in note for note in notes), notes
    drawn = json.loads(run("themes", "--library", library, "--json"))
    assert drawn["count"] == 144 + 50


def test_a_model_that_cannot_be_reached_leaves_the_names(library, caplog):
    before = [theme["name"] for theme in json.loads(run("themes", "--library", library, "--json"))["themes"]]
    run("settings", "namer_url", "http://127.0.0.1:9/v1", "--library", library)
    run("settings", "namer_model", "none", "--library", library)
    run("build", "--library", library, "--quiet")
    after = [theme["name"] for theme in json.loads(run("themes", "--library", library, "--json"))["themes"]]
    assert after == before and "cannot be reached" in caplog.text


def test_without_a_library_the_next_step_is_named(monkeypatch):
    monkeypatch.delenv("PATLAS_LIBRARY", raising=False)
    done = CliRunner().invoke(app, ["themes"])
    assert "PATLAS_LIBRARY" in done.exception.help


def test_patents_tagged_as_noise_are_left_out_of_themes_and_industries(library):
    before = json.loads(run("themes", "--library", library, "--json"))
    run("tag", "add", "噪声", "--where", "TI=台车", "--library", library)
    after = json.loads(run("themes", "--library", library, "--json"))
    gone = after["tagged_noise"]
    assert gone > 0 and after["count"] == before["count"] - gone
    assert sum(theme["size"] for theme in after["themes"]) + after["unplaced"] == after["count"]
    assert f"{gone} patents tagged as noise (噪声) are left out" in run("themes", "--library", library)
    kept = json.loads(run("themes", "--library", library, "--with-noise", "--json"))
    assert (kept["tagged_noise"], kept["count"]) == (0, before["count"])
    counted = json.loads(run("industries", "--library", library, "--where", "IPC=E21D", "--json"))
    assert counted["tagged_noise"] == gone and counted["count"] == 36 - gone
    assert "provincial:" in run("industries", "--library", library)


def test_a_change_of_an_industry_without_themes_any_more_is_marked_and_undone(library):
    first = json.loads(run("themes", "--library", library, "--industry", "有色冶金", "--json"))["themes"][0]
    run("themes", "rename", first["id"], "电解", "--library", library)
    run("settings", "theme_scheme", "wipo", "--library", library)
    run("build", "--library", library, "--quiet")
    assert "its theme is no longer there" in run("themes", "log", "--library", library)
    assert "undoes 1" in run("themes", "undo", "--library", library)
