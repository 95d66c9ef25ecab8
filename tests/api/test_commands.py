"""The command line, run as a user runs it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest


def run(*arguments, env=None):
    return subprocess.run(
        [sys.executable, "-m", "api", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=env,
        check=False,
    )


def answer_of(*arguments):
    done = run(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_help_needs_nothing_heavy():
    code = (
        "import sys, api.cli\n"
        "heavy = {'numpy', 'pyarrow', 'polars', 'faiss', 'torch', 'sklearn', 'scipy', 'sqlalchemy'}\n"
        "heavy |= {'pydantic', 'fastapi', 'hdbscan', 'tokenizers', 'lxml'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_whole_path_from_export_to_themes(export_file, tmp_path):
    library = tmp_path / "专题库"
    imported = answer_of("import", export_file, "--library", library, "--as-of", "2022-06-30")
    assert imported["counts"] == {"new": 144, "updated": 0, "unchanged": 0, "merged": 0, "rejected": 0}
    assert imported["snapshot"] == 1 and imported["files"][0]["as_of"] == "2022-06-30"
    again = answer_of("import", export_file, "--library", library, "--as-of", "2022-06-30")
    assert again["counts"]["unchanged"] == 144 and again["snapshot"] == 1
    assert answer_of("build", "--library", library)["snapshot"] == 2
    found = answer_of("search", "降低槽电压的铝电解槽阴极", "--library", library, "--k", 3, "--ipc", "C25C")
    assert [hit["ipc_main"] for hit in found["hits"]] == ["C25C3/08"] * 3
    assert found["selection"]["text"] == "IPC=C25C"
    themes = answer_of("themes", "--library", library)
    assert themes["count"] == 144 == themes["core"] + themes["assigned"] + themes["unplaced"]
    info = answer_of("info", "--library", library)
    assert info["records"] == 144 and info["snapshot"]["number"] == 2
    coverage = {column["name"]: column["share"] for column in info["coverage"]}
    assert coverage["title"] == 1.0 and coverage["grant_date"] == 0.0
    capabilities = {one["name"]: one for one in info["capabilities"]}
    assert not capabilities["授权率"]["possible"] and "授权公告日" in capabilities["授权率"]["missing"]


def test_records_that_an_interrupted_import_left_unpublished_come_with_the_next_one(
    export_file, library_path, tmp_path
):
    library = shutil.copytree(library_path, tmp_path / "copy")
    more = tmp_path / "more.csv"
    more.write_text("公开(公告)号,标题,摘要\nCN119000001A,一种水表,一种水表\n", encoding="utf-8")
    answer_of("import", more, "--library", library, "--no-publish")
    info = run("info", "--library", library)
    assert "not searched yet: patlas build" in info.stdout
    again = answer_of("import", more, "--library", library)
    assert again["counts"]["unchanged"] == 1 and again["snapshot"] == 2
    assert run("show", "CN119000001A", "--library", library).returncode == 0
    assert answer_of("info", "--library", library)["up_to_date"] is True


def test_printed_answers_are_for_people(library_path):
    for arguments in (["search", "电池"], ["themes"], ["info"]):
        done = run(*arguments, "--library", library_path)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() and not done.stdout.startswith("{")


def test_the_library_can_be_named_by_the_environment(library_path):
    import os

    done = run("search", "电池", "--json", env=os.environ | {"PATLAS_LIBRARY": str(library_path)})
    assert done.returncode == 0 and json.loads(done.stdout)["hits"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["search", "电池", "--library", "{missing}"], 4, "no library"),
        (["build", "--library", "{missing}"], 4, "no library"),
        (["import", "{missing}/no.xlsx", "--library", "{missing}"], 2, "There is no file"),
        (["search", "CN399999999S", "--library", "{library}"], 3, "no patent"),
        (["search", "CN999999999A", "--library", "{library}"], 2, "CN999999999A"),
        (["search", "电池", "--library", "{library}", "--where", "TI=(电池"], 2, ""),
        (["search", "电池", "--library", "{library}", "--filed-from", "去年"], 2, "去年"),
        (["themes", "--library", "{library}", "--industry", "没有的产业"], 3, "没有的产业"),
        (["import", "{export}", "--library", "{missing}", "--as-of", "昨天"], 2, "昨天"),
    ],
)
def test_a_mistake_is_one_clear_message_and_an_exit_code(
    arguments, code, said, library_path, export_file, tmp_path
):
    names = {"{library}": library_path, "{missing}": tmp_path / "none", "{export}": export_file}
    filled = [_filled(argument, names) for argument in arguments]
    done = run(*filled)
    assert done.returncode == code, done.stderr
    assert said in done.stderr and "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "none").exists()


def _filled(argument, names):
    for name, value in names.items():
        argument = argument.replace(name, str(value))
    return argument


def test_settings_are_shown_changed_and_checked(library_path, tmp_path):
    library = shutil.copytree(library_path, tmp_path / "copy")
    shown = {one["name"]: one["value"] for one in answer_of("settings", "--library", library)}
    assert shown["encoder"] == "default" and shown["theme_scheme"] == "provincial"
    done = run("settings", "theme_scheme", "sei", "--library", library)
    assert done.returncode == 0 and "next build" in done.stdout
    answer_of("build", "--library", library)
    themes = answer_of("themes", "--industry", "sei:新材料产业", "--library", library)
    assert themes["scope"] == "sei:新材料产业" and themes["themes"]
    for arguments, said in (
        (("encoder", "没有的模型"), "没有的模型"),
        (("colour", "red"), "colour"),
        (("theme_scheme", "none"), "none"),
        (("encoder",), "no value"),
    ):
        refused = run("settings", *arguments, "--library", library)
        assert refused.returncode != 0 and said in refused.stderr and "Traceback" not in refused.stderr
    assert {one["name"]: one["value"] for one in answer_of("settings", "--library", library)}[
        "encoder"
    ] == "default"
