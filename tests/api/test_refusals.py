"""What cannot be used is refused with what, where and the next step; the library stays as it was."""

from __future__ import annotations

import shutil
import sys

import pytest

from api import cli
from api.libraries import settings
from api.live.library import open_live
from api.studies.compare import compare
from patents.errors import InputError


def refusal(monkeypatch, capsys, *arguments):
    monkeypatch.setattr(sys, "argv", ["patlas", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code not in (0, None)
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (("import", "{folder}"), ("is a folder", "Name the files in it")),
        (("import", "{table}"), ("no column holds patent numbers", "标题, 摘要", "'公开号' or '申请号'")),
        (("import", "{table}", "--as-of", "2026-13-01"), ("--as-of: '2026-13-01'", "2026-06-30")),
        (("prior-art", "阴极", "--before", "2019"), ("--before: '2019'", "2026-06-30")),
        (("prior-art", "{folder}/scan.tif"), ("scan.tif is neither docx, PDF nor text",)),
        (("prior-art", ""), ("text is empty",)),
        (("search", "阴极", "--type", "发名"), ("cannot be '发名'", "发明, 实用新型, 外观设计")),
        (("select", "*", "--export", "{folder}/a.pdf"), ("a.pdf: results cannot be exported", ".xlsx")),
        (("report", "--facts", "{folder}/none.csv"), ("none.csv cannot be read", "人口（万人）")),
    ],
)
def test_a_refusal_names_the_value_and_the_next_step(
    monkeypatch, capsys, library_path, tmp_path, arguments, parts
):
    (tmp_path / "table.csv").write_text("标题,摘要\n一种水表,一种水表\n", encoding="utf-8")
    (tmp_path / "scan.tif").write_bytes(b"II*\0\xff\xfe")
    names = {"folder": tmp_path, "table": tmp_path / "table.csv"}
    given = [each.format(**names) for each in arguments]
    said = refusal(monkeypatch, capsys, *given, "--library", library_path)
    for part in parts:
        assert part.format(**names) in said
    assert "Traceback" not in said


def test_a_text_that_is_no_name_of_a_file_is_a_text():
    from api.prior_art.commands import _draft

    assert _draft("一种铝电解槽阴极" * 200) is None
    assert _draft("一种\0阴极") is None


def test_a_region_or_an_address_that_cannot_be_is_no_setting(library_path, tmp_path):
    library = shutil.copytree(library_path, tmp_path / "copy")
    for name, value in (("home", "火星"), ("home", "广东省/火星市"), ("namer_url", "localhost:11434")):
        with pytest.raises(InputError, match=value):
            settings.change(library, name, value)
    settings.change(library, "home", "广东/东莞")
    assert {one.name: one.value for one in settings.listed(library)}["home"] == "广东省/东莞市"
    assert "next build" in settings.change(library, "namer_url", "http://localhost:11434/v1")


def test_a_side_is_not_compared_with_itself(library_path):
    with open_live(library_path) as live, pytest.raises(InputError, match="named twice"):
        compare(live, ["十三五", "2016-2020"])
