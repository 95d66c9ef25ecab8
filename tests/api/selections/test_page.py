"""docs/selections.md is true: its commands run, its table and its paths are those of the service."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from api.cli import app
from api.settings import MailVariables

PAGE = (Path(__file__).parents[3] / "docs" / "selections.md").read_text("utf-8")
COMMANDS = re.findall(r"^    patlas (.+)$", PAGE, flags=re.MULTILINE)


def test_every_command_of_the_page_runs(library_path, tmp_path, monkeypatch):
    library = shutil.copytree(library_path, tmp_path / "library")
    (tmp_path / "known.txt").write_text("CN101200000A\nCN101200009A\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATLAS_LIBRARY", str(library))
    assert len(COMMANDS) > 30
    for command in COMMANDS:
        done = CliRunner().invoke(app, shlex.split(command))
        assert done.exit_code == 0, f"{command}: {done.exception or done.stderr}"


def test_the_table_of_mail_is_that_of_the_settings():
    lines = re.findall(r"^\| `PATLAS_MAIL_(\w+)` \| (\S+) \| (.+) \|$", PAGE, flags=re.MULTILINE)
    assert lines == [_line(name, field) for name, field in MailVariables.model_fields.items()]


def _line(name, field):
    default = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    return (name.upper(), f"`{default}`" if default else "–", field.description)


def test_every_path_of_the_page_is_one_of_the_service(client):
    described = client.get("/openapi.json").json()["paths"]
    named = re.findall(r"/api/[\w/{}]+", PAGE.partition("## Over HTTP")[2])
    assert len(named) > 15
    for path in named:
        assert path in described, path


@pytest.mark.parametrize("option", ["--with-noise", "--tag-noise", "--dialect", "--floor", "--who"])
def test_options_that_the_text_names_exist(option):
    names = (["select"], ["sample"], ["watch", "add"], ["tag", "add"])
    helps = [CliRunner().invoke(app, [*name, "--help"]).stdout for name in names]
    assert any(option in text for text in helps)
