import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from library.current import Current, write_current
from library.folder import Library
from library.identity import make_folder
from library.snapshot import Snapshot
from patents.errors import (
    InputError,
    LibraryError,
    LibraryLockedError,
    LibraryNotFoundError,
    SnapshotError,
    StoreError,
)

TABLE = pa.table({"key": ["CN1", "CN2", "CN3"]})


class Encoder:
    id = "tiny"
    revision = "0123456789ab"
    dim = 4


def publish(library: Library, **facts: object) -> Snapshot:
    with library.new_snapshot() as writer:
        writer.write_table(TABLE)
        (writer.part("dense") / "vectors.bin").write_bytes(b"\x00" * 48)
        return writer.publish(encoder=Encoder(), **facts)


@pytest.fixture
def sqlite_library(tmp_path):
    with Library.create(tmp_path / "library") as library:
        yield library


def test_a_new_library_is_empty_and_opens_again(library):
    assert library.store.count() == 0
    assert library.current() is None
    assert library.snapshots() == []
    with Library.open(library.path) as again:
        assert again.about == library.about


def test_creating_over_a_library_or_into_a_full_folder_is_refused(sqlite_library, tmp_path):
    with pytest.raises(LibraryError, match="already holds a library"):
        Library.create(sqlite_library.path)
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").touch()
    with pytest.raises(LibraryError, match=r"holds 'cat\.jpg'"):
        Library.create(tmp_path / "photos")


def test_opening_what_is_no_library_says_how_to_make_one(tmp_path):
    with pytest.raises(LibraryNotFoundError, match="an import into this folder makes a library"):
        Library.open(tmp_path)


def test_a_damaged_or_newer_library_json_is_refused(sqlite_library):
    path = sqlite_library.path / "library.json"
    about = json.loads(path.read_text())
    path.write_text(json.dumps(about | {"format": 99}))
    with pytest.raises(LibraryError, match="format 99"):
        Library.open(sqlite_library.path)
    path.write_text("{")
    with pytest.raises(LibraryError, match="is damaged"):
        Library.open(sqlite_library.path)


def test_a_database_file_that_is_none_gives_a_store_error(sqlite_library):
    sqlite_library.close()
    (sqlite_library.path / "library.sqlite").write_bytes(b"not a database, not at all" * 100)
    with pytest.raises(StoreError, match="not a database"):
        Library.open(sqlite_library.path)


def test_a_library_that_another_process_made_meanwhile_is_left_alone(tmp_path, monkeypatch):
    """Two imports into a new folder at once: the second finds it empty, the first is done before it."""
    looked = []

    def look(folder):
        make_folder(folder)
        if not looked:
            looked.append(folder)
            Library.create(folder).close()

    monkeypatch.setattr("library.folder.make_folder", look)
    with pytest.raises(LibraryError, match="already holds a library"):
        Library.create(tmp_path / "library")
    with Library.open(tmp_path / "library") as library:
        assert library.store.count() == 0


def test_a_failed_creation_leaves_a_folder_that_can_be_used(tmp_path):
    with pytest.raises(StoreError, match="oracle"):
        Library.create(tmp_path / "library", database_url="oracle://x/y")
    with Library.create(tmp_path / "library") as library:
        assert library.store.count() == 0


def test_settings_are_described_and_kept(library):
    assert library.settings["encoder"] == "default"
    library.settings.set("home", "甘肃省")
    with Library.open(library.path) as again:
        assert again.settings["home"] == "甘肃省"
    library.settings.set("home", "")
    assert library.settings["home"] == ""
    with pytest.raises(InputError, match="Did you mean 'encoder'"):
        library.settings.set("encodr", "x")


def test_a_published_snapshot_is_current_and_says_what_it_holds(library):
    snapshot = publish(library, recall=0.99)
    current = library.current()
    assert current.number == snapshot.number == 1
    assert current.count == 3
    assert current.table.equals(TABLE)
    assert current.manifest.facts == {"recall": 0.99}
    assert current.manifest.corpus_hash == library.store.corpus_hash()
    assert current.has("dense") and not current.has("lexical")
    with pytest.raises(SnapshotError, match="no part 'lexical'"):
        current.part("lexical")


def test_an_unpublished_snapshot_leaves_nothing(sqlite_library):
    publish(sqlite_library)
    with pytest.raises(ZeroDivisionError), sqlite_library.new_snapshot() as writer:
        writer.write_table(TABLE)
        raise ZeroDivisionError
    assert sqlite_library.current_number() == 1
    assert [path.name for path in (sqlite_library.path / "snapshots").iterdir()] == ["1"]


def test_trouble_after_the_publication_does_not_take_the_snapshot_away(sqlite_library, monkeypatch):
    for _ in range(3):
        publish(sqlite_library)

    sweeps = []

    def fail_the_second_time(self):
        sweeps.append(self)
        if len(sweeps) == 2:
            raise StoreError("the database went away")

    monkeypatch.setattr(Library, "_sweep", fail_the_second_time)
    with pytest.raises(StoreError, match="went away"):
        publish(sqlite_library)
    assert sqlite_library.current().number == 4


def test_a_fact_that_is_no_json_fails_the_publication(sqlite_library):
    with pytest.raises(TypeError), sqlite_library.new_snapshot() as writer:
        writer.write_table(TABLE)
        writer.publish(what=object())
    assert sqlite_library.current() is None


def test_a_half_written_snapshot_of_a_killed_writer_is_ignored_and_cleaned(sqlite_library):
    publish(sqlite_library)
    snapshots = sqlite_library.path / "snapshots"
    (snapshots / "2" / "dense").mkdir(parents=True)
    (snapshots / "2" / "dense" / "vectors.bin").write_bytes(b"half")
    assert sqlite_library.snapshots() == [1]
    assert sqlite_library.current().number == 1
    assert publish(sqlite_library).number == 2
    assert sqlite_library.current().count == 3


def test_a_writer_killed_between_manifest_and_current_has_published_nothing(sqlite_library):
    first = publish(sqlite_library)
    publish(sqlite_library)
    write_current(sqlite_library.path, Current(1, first.manifest.checksum))
    assert sqlite_library.current().number == 1
    assert sqlite_library.snapshots() == [1]
    with pytest.raises(SnapshotError, match="no snapshot 2"):
        sqlite_library.snapshot(2)
    assert publish(sqlite_library, again=True).number == 2
    assert sqlite_library.current().manifest.facts == {"again": True}


def test_a_shared_part_is_the_same_file_and_outlives_the_snapshot_it_came_from(sqlite_library):
    first = publish(sqlite_library)
    with sqlite_library.new_snapshot() as writer:
        writer.share("columns")
        writer.share("dense")
        writer.write_column("theme", pa.array(["a", None, "b"]))
        second = writer.publish(encoder=Encoder())
    assert second.count == 3
    assert second.table.column_names == ["key", "theme"]
    assert (second.part("dense") / "vectors.bin").samefile(first.part("dense") / "vectors.bin")
    for _ in range(3):
        publish(sqlite_library)
    assert sqlite_library.snapshots() == [3, 4, 5]
    assert (sqlite_library.path / "snapshots").exists()


def test_sharing_copies_where_the_file_system_has_no_hard_links(sqlite_library, monkeypatch):
    first = publish(sqlite_library)

    def refuse(self: Path, target: Path) -> None:
        raise OSError("no hard links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    with sqlite_library.new_snapshot() as writer:
        writer.share("columns")
        writer.share("dense")
        second = writer.publish()
    one, two = (snapshot.part("dense") / "vectors.bin" for snapshot in (first, second))
    assert not one.samefile(two)
    assert one.read_bytes() == two.read_bytes()
    assert sqlite_library.current().number == 2


def test_wrong_uses_of_the_writer_are_refused(sqlite_library):
    with pytest.raises(SnapshotError, match="no snapshot to share"), sqlite_library.new_snapshot() as writer:
        writer.share("columns")
    with pytest.raises(SnapshotError, match="has no columns"), sqlite_library.new_snapshot() as writer:
        writer.publish()
    with pytest.raises(SnapshotError, match="written twice"), sqlite_library.new_snapshot() as writer:
        writer.part("dense")
        writer.part("dense")
    with pytest.raises(SnapshotError, match="2 values, the table 3 rows"), sqlite_library.new_snapshot() as w:
        w.write_table(TABLE)
        w.write_column("theme", pa.array([1, 2]))


def test_the_last_three_snapshots_stay_and_those_that_are_pinned(library):
    publish(library)
    library.pin(1, "selection 石墨烯 v1")
    for _ in range(4):
        publish(library)
    assert library.snapshots() == [1, 3, 4, 5]
    library.unpin(1, "selection 石墨烯 v1")
    publish(library)
    assert library.snapshots() == [4, 5, 6]
    with pytest.raises(SnapshotError, match="there are 4, 5, 6"):
        library.pin(1, "too late")


def test_a_snapshot_that_is_held_stays_until_it_is_let_go(sqlite_library):
    first = publish(sqlite_library)
    with first.hold():
        for _ in range(4):
            publish(sqlite_library)
        assert sqlite_library.snapshots() == [1, 3, 4, 5]
        assert (first.part("dense") / "vectors.bin").exists()
    publish(sqlite_library)
    assert sqlite_library.snapshots() == [4, 5, 6]
    with pytest.raises(SnapshotError, match="was removed"), first.hold():
        pass


def test_a_file_that_the_system_does_not_remove_is_removed_after_a_later_publication(
    sqlite_library, monkeypatch
):
    """Windows removes no file that somebody has open or mapped."""
    unlink = os.unlink

    def refuse(path, *arguments, **options):
        if os.fspath(path).endswith("vectors.bin"):
            raise PermissionError(13, "another process uses the file", path)
        unlink(path, *arguments, **options)

    first = publish(sqlite_library)
    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", refuse)
        for _ in range(3):
            publish(sqlite_library)
        assert sqlite_library.snapshots() == [2, 3, 4]
        assert (first.path / "dense" / "vectors.bin").exists()
        with pytest.raises(SnapshotError, match="was removed"), first.hold():
            pass
    publish(sqlite_library)
    assert not first.path.exists()


def test_a_table_that_is_mapped_survives_the_removal_of_its_snapshot(sqlite_library):
    table = publish(sqlite_library).table
    for _ in range(4):
        publish(sqlite_library)
    assert table.column("key").to_pylist() == ["CN1", "CN2", "CN3"]


@pytest.mark.parametrize("damage", ["cut", "changed", "missing", "manifest", "no manifest", "CURRENT"])
def test_damage_is_named_with_the_command_that_mends_it_and_a_build_mends_it(sqlite_library, damage):
    snapshot = publish(sqlite_library)
    vectors = snapshot.path / "dense" / "vectors.bin"
    manifest = snapshot.path / "manifest.json"
    if damage == "cut":
        vectors.write_bytes(b"\x00" * 40)
    elif damage == "changed":
        vectors.write_bytes(b"\x01" * 48)
    elif damage == "missing":
        vectors.unlink()
    elif damage == "manifest":
        manifest.write_bytes(manifest.read_bytes()[:100])
    elif damage == "no manifest":
        manifest.unlink()
    else:
        (sqlite_library.path / "CURRENT").write_text("\x00\x00")
    with pytest.raises(SnapshotError) as failure:
        sqlite_library.current()
    assert failure.value.help == "Verify and repair the library"
    assert failure.value.message.values["mend"] == f"patlas verify --repair --library {sqlite_library.path}"
    assert publish(sqlite_library).number == 2
    assert sqlite_library.current().number == 2


def test_an_encoder_other_than_the_snapshots_is_refused(sqlite_library):
    snapshot = publish(sqlite_library)
    snapshot.require_encoder(Encoder())
    other = Encoder()
    other.dim = 8
    with pytest.raises(SnapshotError, match=r"4 dimensions.*8 dimensions") as failure:
        snapshot.require_encoder(other)
    assert failure.value.help == "Build the library anew"


def test_a_second_writer_is_told_pid_and_command_of_the_first(sqlite_library):
    code = (
        "import sys; from library.folder import Library; library = Library.open(sys.argv[1])\n"
        "with library.lock():\n    print('locked', flush=True)\n    sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(sqlite_library.path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    ) as other:
        assert other.stdout.readline() == "locked\n"
        with pytest.raises(LibraryLockedError, match=rf"process {other.pid} \(.*library") as failure:
            publish(sqlite_library)
        assert failure.value.status == 409
        assert sqlite_library.store.count() == 0
        other.stdin.close()
    publish(sqlite_library)


def test_the_lock_of_a_killed_writer_is_free(sqlite_library):
    code = (
        "import os, signal, sys; from library.folder import Library; library = Library.open(sys.argv[1])\n"
        "with library.lock():\n    os.kill(os.getpid(), signal.SIGKILL)"
    )
    command = [sys.executable, "-c", code, str(sqlite_library.path)]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == -9
    publish(sqlite_library)


def test_the_lock_nests_in_one_thread_and_refuses_a_second_library_object(sqlite_library):
    with sqlite_library.lock():
        publish(sqlite_library)
        with (
            Library.open(sqlite_library.path) as other,
            pytest.raises(LibraryLockedError, match=str(os.getpid())),
            other.lock(wait_s=0.1),
        ):
            pass
    publish(sqlite_library)


def test_a_folder_that_cannot_be_written_is_named(sqlite_library):
    (sqlite_library.path / "library.lock").unlink()
    (sqlite_library.path / "library.lock").mkdir()
    with pytest.raises(LibraryError, match="cannot be written"):
        publish(sqlite_library)
