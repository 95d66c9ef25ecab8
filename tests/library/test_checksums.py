"""No byte of a snapshot is believed that is not as it was written: manifest, CURRENT, every part."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pytest

from library.current import read_current
from library.files import sha256_of
from library.folder import Library
from library.snapshot import SMALL_PART, Snapshot
from patents.errors import DamagedSnapshotError

TABLE = pa.table({"key": ["CN1", "CN2", "CN3"]})


@pytest.fixture
def library(tmp_path):
    with Library.create(tmp_path / "library") as library:
        publish(library)
        yield library


def publish(library: Library) -> Snapshot:
    with library.new_snapshot() as writer:
        writer.write_table(TABLE)
        (writer.part("small") / "a.bin").write_bytes(bytes(range(200)))
        (writer.part("large") / "b.bin").write_bytes(bytes(SMALL_PART + 1))
        return writer.publish(as_of="2023-05-01")


def flip(path: Path, place: int, bit: int = 0) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1 << bit
    path.write_bytes(data)


@pytest.mark.parametrize("name", ["CURRENT", "snapshots/1/manifest.json", "snapshots/1/small/a.bin"])
def test_no_flipped_bit_gets_past_opening(library, name):
    path = library.path / name
    for place in range(len(path.read_bytes())):
        flip(path, place, place % 8)
        with pytest.raises(DamagedSnapshotError) as failure:
            library.current()
        assert "patlas verify --repair" in str(failure.value.message.values["mend"])
        flip(path, place, place % 8)
    assert library.current().count == 3


def test_no_shorter_manifest_or_current_is_read(library):
    for name in ("CURRENT", "snapshots/1/manifest.json"):
        path = library.path / name
        whole = path.read_bytes()
        for length in range(len(whole)):
            path.write_bytes(whole[:length])
            with pytest.raises(DamagedSnapshotError):
                library.current()
        path.write_bytes(whole)


def test_a_large_part_is_refused_when_it_is_asked_for_and_the_others_are_given(library):
    flip(library.path / "snapshots/1/large/b.bin", SMALL_PART)
    snapshot = library.current()
    assert snapshot.part("small").is_dir() and snapshot.table.num_rows == 3
    for _ in range(2):
        with pytest.raises(DamagedSnapshotError, match=r"Part large of snapshot 1.*b\.bin"):
            snapshot.part("large")


def test_threads_that_ask_for_a_part_while_it_is_compared_get_the_same_answer(library):
    flip(library.path / "snapshots/1/large/b.bin", SMALL_PART)
    snapshot, found = library.current(), []

    def ask() -> None:
        found.append(snapshot.misfit("large"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and found[0] is not None
    assert all(misfit is found[0] for misfit in found)


def test_a_part_that_is_damaged_is_not_shared(library):
    flip(library.path / "snapshots/1/large/b.bin", 7)
    with library.new_snapshot() as writer:
        assert writer.can_share("small") and not writer.can_share("large") and not writer.can_share("none")
        assert list(writer.damaged) == ["large"]
        with pytest.raises(DamagedSnapshotError):
            writer.share("large")


def test_a_snapshot_of_the_first_format_is_compared_too_and_shared_with_new_checksums(library):
    folder = library.path / "snapshots" / "1"
    manifest = json.loads((folder / "manifest.json").read_bytes()) | {"format": 1}
    del manifest["checksum"]
    for part, files in manifest["parts"].items():
        for name in files:
            path = folder / part / name
            files[name] = {"sha256": sha256_of(path), "size": path.stat().st_size}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (library.path / "CURRENT").write_text("1\n")
    assert library.current().part("large").is_dir()
    with library.new_snapshot() as writer:
        writer.share("columns")
        writer.share("large")
        second = writer.publish()
    assert all(len(stamp.xxh3) == 32 for part in second.manifest.parts.values() for stamp in part.values())
    assert asdict(read_current(library.path)) == {"number": 2, "checksum": second.manifest.checksum}
    (folder / "large" / "b.bin").unlink()
    (folder / "large" / "b.bin").write_bytes(bytes(SMALL_PART) + b"\x01")
    with pytest.raises(DamagedSnapshotError):
        library.snapshot(1).part("large")
