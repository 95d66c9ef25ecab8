"""docs/chains.md is true: its commands can be given, its file can be read, its rule is that of the code."""

import re
import shlex
from pathlib import Path

import typer

from api.cli import app
from directions.chain.files import known_chains, read_chain
from directions.specialisation import STANDINGS

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "chains.md").read_text(encoding="utf-8")


def commands():
    lines = re.sub(r"\\\n\s*", " ", PAGE)
    for line in re.findall(r"^ {4}patlas (.+)$", lines, re.MULTILINE):
        yield shlex.split(line.split("   ")[0])


def test_every_command_of_the_page_can_be_given():
    group = typer.main.get_command(app)
    context = typer.Context(group)
    given = list(commands())
    assert len(given) >= 6
    for name, *arguments in given:
        command = group.get_command(context, name)
        assert command.make_context(name, list(arguments)).params


def test_the_chain_file_of_the_page_can_be_read(tmp_path):
    text = re.search(r"```yaml\n(name: tea.+?)```", PAGE, re.DOTALL)[1]
    path = tmp_path / "tea.yaml"
    path.write_text(text, encoding="utf-8")
    chain = read_chain(path)
    assert [node.name for node in chain.links()] == ["种植", "加工"]
    assert chain.node("茶渣").beside == "加工"


def test_the_page_names_the_shipped_chains_and_the_rule():
    assert all(f"`{chain.name}`" in PAGE for chain in known_chains())
    assert all(f"| {standing} " in PAGE for standing in STANDINGS if standing)
