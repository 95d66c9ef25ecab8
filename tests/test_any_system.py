"""What only POSIX has is not needed: the product runs where these modules do not exist."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.library.rows import row, write_rows

CHECKOUT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
BLOCKED = (
    "import sys\nfor name in ('fcntl', 'resource', 'pwd', 'grp', 'termios'):\n    sys.modules[name] = None\n"
)
OPTIONAL = ("torch", "sentence_transformers", "pymilvus", "psycopg", "milvus_lite")


def run(code: str, *arguments: object, cwd: Path = CHECKOUT, **variables: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), **variables}
    command = [sys.executable, "-c", BLOCKED + code, *map(str, arguments)]
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def modules() -> list[str]:
    files = [path for room in ROOMS for path in sorted((CHECKOUT / room).rglob("*.py"))]
    names = [path.relative_to(CHECKOUT).with_suffix("").as_posix().replace("/", ".") for path in files]
    return [name.removesuffix(".__init__") for name in names if not name.endswith("__main__")]


def test_every_module_can_be_imported(tmp_path):
    code = (
        "import importlib, json, sys\n"
        "missing = []\n"
        "for name in json.load(open(sys.argv[1], encoding='utf-8')):\n"
        "    try:\n        importlib.import_module(name)\n"
        "    except ModuleNotFoundError as error:\n"
        f"        if error.name.split('.')[0] not in {OPTIONAL!r}:\n"
        "            missing.append((name, error.name))\n"
        "assert not missing, missing\n"
    )
    (tmp_path / "names.json").write_text(json.dumps(modules()), encoding="utf-8")
    run(code, tmp_path / "names.json")


def test_an_import_a_build_and_a_search_run(tmp_path):
    rows = [row(number) for number in range(1, 41)]
    write_rows(tmp_path / "export.jsonl", rows)
    code = "from api.cli import main\nmain()\n"
    place = ("--library", tmp_path / "library")
    run(code, "import", tmp_path / "export.jsonl", *place, "--as-of", "2024-05-01", "--no-publish")
    run(code, "build", *place)
    found = json.loads(run(code, "search", "石墨烯导热膜", *place, "--k", 3, "--json"))
    assert len(found["hits"]) == 3
    # What a Chinese Windows would write into a file.
    by_number = run(code, "search", "CN100000007A", *place, "--k", 1, "--json", PYTHONIOENCODING="gbk")
    assert json.loads(by_number)["hits"]
