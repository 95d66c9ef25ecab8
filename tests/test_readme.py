"""What the READMEs print runs as it stands, on a demo library made for it."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
ENGLISH, CHINESE = "README.md", "README.zh-CN.md"
ACTIVATE = ". .venv/bin/activate"
PROGRAMS = Path(sys.executable).parent

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the sh blocks are for POSIX")


def commands(name: str) -> list[str]:
    """Lines of the sh blocks without comments; `make` sets up what the tests have already."""
    blocks = re.findall(r"```sh\n(.*?)```", (CHECKOUT / name).read_text(encoding="utf-8"), re.DOTALL)
    lines = [re.sub(r"\s+# .*", "", line) for block in blocks for line in block.splitlines()]
    return [line for line in lines if not line.startswith("make ")]


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory) -> Path:
    """A folder as `make run` leaves it: the demo export, its library, the programs."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(CHECKOUT / "demo", folder / "demo")
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "activate").write_text(f'PATH="{PROGRAMS}:$PATH"\n', encoding="utf-8")
    dry = subprocess.run(
        ["make", "--dry-run", "--always-make", "demo-library/CURRENT", f"VENV={PROGRAMS.parent}"],
        cwd=CHECKOUT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    recipe = [line for line in dry.stdout.splitlines() if "/patlas " in line]
    assert len(recipe) == 2
    for line in recipe:
        run(line, folder)
    return folder


def run(script: str, folder: Path) -> str:
    done = subprocess.run(
        ["bash", "-euc", script], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def ask(url: str, process: subprocess.Popen[str]) -> object:
    """Answer of a service that is starting."""
    while process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return json.load(answer)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(process.stdout.read())


def test_both_readmes_print_the_same_commands():
    assert commands(ENGLISH) == commands(CHINESE)
    assert len(commands(ENGLISH)) >= 12


def test_the_commands_run_as_printed_and_give_something(demo_folder, with_chinese_font):
    setting = [line for line in commands(ENGLISH) if line == ACTIVATE or line.startswith("export ")]
    printed = [line for line in commands(ENGLISH) if line not in setting and line != "patlas serve"]
    assert setting[0] == ACTIVATE
    for line in printed:
        assert line.startswith("patlas "), line
        answer = run("\n".join([*setting, line]), demo_folder)
        assert answer.strip(), line
        if line.endswith("--json"):
            assert json.loads(answer)["hits"], line
    assert (demo_folder / "对比表.docx").stat().st_size
    assert {path.suffix for path in (demo_folder / "报告").iterdir()} == {".docx", ".xlsx"}


def test_the_service_answers_while_its_terminal_is_open(demo_folder):
    setting = [line for line in commands(ENGLISH) if line == ACTIVATE or line.startswith("export ")]
    assert "patlas serve" in commands(ENGLISH)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = "\n".join([*setting, f"exec patlas serve --port {port}"])
    with subprocess.Popen(
        ["bash", "-euc", script],
        cwd=demo_folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as service:
        try:
            answer = ask(f"http://127.0.0.1:{port}/openapi.json", service)
            assert answer["paths"]
        finally:
            service.terminate()
