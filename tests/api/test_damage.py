"""Damage on disk: an answer is right or an error with a code, never wrong, a traceback or a crash."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.libraries.importing import import_exports
from api.libraries.publishing import build
from api.libraries.verification import verify
from api.settings import Settings
from library import snapshot as snapshots
from library.folder import Library
from patents.errors import DamagedSnapshotError, DamagedStoreError, PatlasError
from tests.damage import damage

PLACES = (0.0, 0.37, 0.71, 0.999)
REQUESTS = (
    ("/api/search", {"q": "降低电解槽吨铝电耗的阴极炭块", "k": "20"}),
    ("/api/search", {"q": "CN101200000A", "k": "5"}),
    ("/api/select", {"where": "TIAB=(电解槽 or 隧道) and IPC=(C25C3 or E21D)"}),
    ("/api/select", {"where": "TIAB=(液压 (5n) 模板)"}),
    ("/api/patents/CN101200000A", {}),
    ("/api/industries", {}),
    ("/api/themes", {}),
    ("/api/themes/tree", {}),
    ("/api/themes/map", {"points": "true"}),
    ("/api/themes/trends", {}),
)
DAMAGES = ("flip", "zero", "garbage", "cut", "gone")


def answers(path: Path) -> list[tuple[int, object]]:
    """What the service says: (status, body) of each request.

    Raises:
        PatlasError: it does not serve the library at all.
    """
    with TestClient(create_app(Settings(library=path, refresh_seconds=0))) as client:
        found = [client.get(address, params=values) for address, values in REQUESTS]
        theme = client.get("/api/themes").json()
        if "themes" in theme:
            found.append(client.get(f"/api/themes/{theme['themes'][0]['id']}"))
    return [(answer.status_code, answer.json()) for answer in found]


def answers_or_refusal(path: Path) -> list[tuple[int, object]]:
    try:
        return answers(path)
    except PatlasError as error:
        assert error.help
        return [(error.status, {"code": error.code})]


def files_of(folder: Path) -> list[Path]:
    """All files with content; readers' leases are no part of a snapshot."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    return sorted(path for path in paths if "leases" not in path.parts)


@pytest.fixture
def damaged_library(library_path, tmp_path) -> Path:
    path = tmp_path / "专题库"
    shutil.copytree(library_path, path)
    return path


@pytest.fixture(scope="module")
def right(library_path) -> list[tuple[int, object]]:
    found = answers(library_path)
    assert {status for status, _ in found} == {200} and len(found) == len(REQUESTS) + 1
    return found


@pytest.mark.parametrize("kind", DAMAGES)
def test_every_file_of_a_snapshot_is_refused_when_it_is_damaged(damaged_library, right, kind):
    files = [*files_of(damaged_library / "snapshots" / "1"), damaged_library / "CURRENT"]
    for path in files:
        for place in PLACES[:1] if kind == "gone" else PLACES:
            assert refusals(damaged_library, path, kind, place, right), path
    assert answers(damaged_library) == right


def test_a_large_part_is_refused_when_it_is_asked_for(damaged_library, right, monkeypatch):
    monkeypatch.setattr(snapshots, "SMALL_PART", -1)
    for part in (damaged_library / "snapshots" / "1").iterdir():
        if part.is_dir() and part.name != "leases":
            largest = max(files_of(part), key=lambda path: path.stat().st_size)
            refused = refusals(damaged_library, largest, "flip", 0.6, right)
            assert refused or part.name in ("terms", "theme-ids"), part


def refusals(library: Path, path: Path, kind: str, place: float, right: list[tuple[int, object]]) -> int:
    """How many requests are refused while a file is damaged; all others are answered right."""
    whole, refused = path.read_bytes(), 0
    damage(path, kind, place)
    if path.exists() and path.read_bytes() == whole:
        return 1
    for number, (status, body) in enumerate(answers_or_refusal(library)):
        if status == 200:
            assert (status, body) == right[number], (path, kind, place)
        else:
            assert status == 503 and body["code"], (path, kind, place, body)
            assert str(library) not in json.dumps(body)
            refused += 1
    path.write_bytes(whole)
    return refused


def test_a_damaged_part_refuses_the_answers_that_need_it_and_no_others(
    damaged_library, right, monkeypatch, caplog
):
    monkeypatch.setattr(snapshots, "SMALL_PART", -1)
    damage(damaged_library / "snapshots" / "1" / "dense" / "vectors.npy", "flip", 0.5)
    found = answers(damaged_library)
    assert found[0][0] == 503 and found[0][1]["code"] == "snapshot-damaged"
    assert found[2:6] == right[2:6]
    assert "vectors.npy" in caplog.text and "patlas verify --repair" in caplog.text


def test_the_terminal_names_part_file_and_the_command_that_repairs(damaged_library):
    path = damaged_library / "snapshots" / "1" / "lexical"
    file = files_of(path)[0]
    damage(file, "flip", 0.5)
    with pytest.raises(DamagedSnapshotError) as failure, Library.open(damaged_library) as library:
        library.current()
    assert "lexical" in failure.value.what and str(file) in failure.value.what
    assert str(failure.value.message.values["mend"]).startswith("patlas verify --repair --library ")


@pytest.mark.parametrize(
    "part", ["columns", "dense", "scale", "text", "themes", "manifest.json", "CURRENT", "*"]
)
def test_a_repair_makes_every_file_whole_and_answers_as_before(damaged_library, right, part):
    folder = damaged_library if part == "CURRENT" else damaged_library / "snapshots" / "1"
    for path in [path for path in folder.glob(part) if path.name != "leases"]:
        damage(path if path.is_file() else files_of(path)[-1], "flip", 0.5)
    found = verify(damaged_library)
    assert not found.whole
    assert all(part.problems and part.next for part in found.parts if not part.whole)
    repaired = verify(damaged_library, repair=True)
    assert repaired.whole and repaired.repaired
    assert without_number(answers(damaged_library)) == without_number(right)


def test_the_command_prints_every_part_and_exits_by_the_verdict(damaged_library):
    def run(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "api", "verify", "--quiet", *options, "--library", damaged_library]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    whole = run("--json")
    answer = json.loads(whole.stdout)
    assert whole.returncode == 0 and answer["whole"] and not answer["repaired"]
    assert {part["kind"] for part in answer["parts"]} == {"database", "encoder", "snapshot", "vectors"}
    names = {part["name"] for part in answer["parts"]}
    assert {f"1/{name}" for name in ("columns", "dense", "lexical", "text", "themes")} <= names
    damage(damaged_library / "snapshots" / "1" / "dense" / "vectors.npy", "zero", 0.5)
    for language, verdict in (("en", "DAMAGED"), ("zh", "损坏")):
        found = run("--lang", language)
        assert found.returncode == 4 and verdict in found.stdout and "vectors.npy" in found.stdout
        assert "patlas verify --repair" in found.stdout
    repaired = run("--repair", "--json")
    assert repaired.returncode == 0 and json.loads(repaired.stdout)["repaired"]


def test_a_repair_removes_older_snapshots_that_are_damaged_unless_they_are_pinned(damaged_library):
    for _ in range(2):
        build(damaged_library)
    with Library.open(damaged_library) as library:
        library.pin(1, "a report")
    for number in "12":
        damage(damaged_library / "snapshots" / number / "dense" / "vectors.npy", "zero", 0.5)
    repaired = verify(damaged_library, repair=True)
    assert [part.name for part in repaired.parts if not part.whole] == ["1/dense"]
    with Library.open(damaged_library) as library:
        assert library.snapshots() == [1, 3]


def test_nothing_is_rebuilt_from_a_damaged_database(damaged_library):
    file = damaged_library / "library.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE patent SET record = replace(record, '电解槽', '电解池')")
    connection.close()
    damage(damaged_library / "snapshots" / "1" / "dense" / "vectors.npy", "zero", 0.5)
    left = verify(damaged_library, repair=True)
    assert not left.repaired
    assert {part.kind for part in left.parts if not part.whole} == {"database", "snapshot"}
    with pytest.raises(DamagedStoreError, match="checksum"):
        build(damaged_library)


def test_a_lost_current_loses_no_snapshot(damaged_library, right):
    (damaged_library / "CURRENT").unlink()
    shutil.copytree(damaged_library / "snapshots" / "1", damaged_library / "snapshots" / "1 - copy")
    assert [part.name for part in verify(damaged_library).parts if not part.whole] == ["CURRENT"]
    shutil.copytree(damaged_library, damaged_library.with_name("copy"))
    build(damaged_library.with_name("copy"))
    assert without_number(answers(damaged_library.with_name("copy"))) == without_number(right)
    assert verify(damaged_library, repair=True).whole
    assert answers(damaged_library) == right


def without_number(found: list[tuple[int, object]]) -> object:
    """Answers without what names the snapshot that they are of."""

    def cleaned(value: object) -> object:
        if isinstance(value, dict):
            return {
                name: cleaned(inner) for name, inner in value.items() if name not in ("snapshot", "events")
            }
        return [cleaned(inner) for inner in value] if isinstance(value, list) else value

    return cleaned([body for _, body in found])


def test_an_import_shares_no_damaged_part_and_says_so(damaged_library, export_file, tmp_path):
    for part in ("faiss", "lexical", "terms", "themes"):
        damage(files_of(damaged_library / "snapshots" / "1" / part)[0], "flip", 0.5)
    with Library.open(damaged_library) as library:
        before = library.current(checked=False).manifest
    with export_file.open(encoding="utf-8-sig", newline="") as file:
        headers, first, *_ = csv.reader(file)
    with (tmp_path / "更多.csv").open("w", encoding="utf-8", newline="") as file:
        row = ["CN201410400822.9", "CN104000001A", "一种铝电解槽阴极结构"]
        csv.writer(file).writerows([headers, [*row, *first[3:]]])
    done = import_exports(damaged_library, [tmp_path / "更多.csv"])
    assert [note for note in done.notes if "themes" in note]
    with Library.open(damaged_library) as library:
        after = library.current()
        after.check()
        assert after.number == 2 and verify(damaged_library, repair=True).whole
        assert after.manifest.parts["themes"] != before.parts["themes"]


def test_theme_ids_survive_the_loss_of_the_themes(damaged_library, right):
    build(damaged_library)
    ids = {theme["id"] for theme in answers(damaged_library)[6][1]["themes"]}
    for path in files_of(damaged_library / "snapshots" / "2" / "themes"):
        damage(path, "garbage", 0.5)
    shutil.rmtree(damaged_library / "snapshots" / "1")
    assert verify(damaged_library, repair=True).whole
    assert {theme["id"] for theme in answers(damaged_library)[6][1]["themes"]} == ids


def test_a_damaged_vector_cache_is_repaired_and_never_published(damaged_library, right):
    folder = next(path for path in (damaged_library / "vectors").iterdir() if path.is_dir())
    file = next(folder.glob("vectors-*.bin"))
    damage(file, "zero", 0.5)
    found = verify(damaged_library)
    assert [part.kind for part in found.parts if not part.whole] == ["vectors"]
    build(damaged_library)
    assert without_number(answers(damaged_library)[:6]) == without_number(right[:6])
    damage(file, "garbage", 0.1)
    repaired = verify(damaged_library, repair=True)
    assert repaired.whole and len(repaired.repaired) == 2


def test_a_damaged_database_gives_right_records_or_names_the_backup(damaged_library, right):
    file = damaged_library / "library.sqlite"
    whole = file.read_bytes()
    numbers = [body["application_number"] for body in right[0][1]["hits"]]
    with Library.open(damaged_library) as library:
        records = [library.store.get(number) for number in numbers]
    refused = 0
    for step in range(120):
        damage(file, ("flip", "zero", "garbage", "cut")[step % 4], step / 120)
        for side in ("-wal", "-shm"):
            file.with_name(file.name + side).unlink(missing_ok=True)
        try:
            with Library.open(damaged_library) as library:
                found = [library.store.get(number) for number in numbers]
            assert all(one in (None, record) for one, record in zip(found, records, strict=True))
            intact = found == records
        except DamagedStoreError as error:
            assert "backup" in error.message.text("en") and "writable" not in error.message.text("en")
            intact = False
        except PatlasError as error:
            assert error.help
            intact = False
        if not intact:
            refused += 1
            broken = verify(damaged_library, repair=step % 10 == 0)
            assert not broken.whole
            assert next(part for part in broken.parts if not part.whole).next
        file.write_bytes(whole)
    assert refused > 20
    for side in ("-wal", "-shm"):
        file.with_name(file.name + side).unlink(missing_ok=True)
    assert verify(damaged_library).whole
