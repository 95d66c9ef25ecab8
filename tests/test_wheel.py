"""The built wheel holds what the packages need and owns their names."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_model_tables_schemes_and_page(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "embed/default_model/model.safetensors",
        "embed/default_model/tokenizer.json",
        "selection/schemes/provincial.yaml",
        "selection/language/query.lark",
        "api/page/index.html",
        "api/page/page.js",
    ):
        assert needed in names
    assert any(name.startswith("patents/tables/data/") for name in names)
    assert any(name.startswith("terms/lists/") for name in names)
    assert not any(name.startswith(("tests/", "scripts/", "demo/", "benchmarks/")) for name in names)


def test_the_plain_package_names_are_ours_alone(wheel, tmp_path):
    unpacked = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(unpacked)
    code = (
        f"import sys; sys.path.insert(0, {str(unpacked)!r})\n"
        "import importlib.metadata as metadata, json\n"
        "names = metadata.packages_distributions()\n"
        "import embed.default\n"
        "rooms = ['patents', 'library', 'terms', 'selection', 'embed', 'index', 'themes', 'api']\n"
        "print(json.dumps([sorted({name: set(names[name]) for name in rooms}[room]) for room in rooms]"
        " + [embed.default.default_folder().as_posix()]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    *owners, model = json.loads(done.stdout)
    assert owners == [["patlas"]] * 8
    assert model.startswith(unpacked.as_posix())
