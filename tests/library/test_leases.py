"""A folder with a reader stays; one whose readers are gone, however they went, can be removed."""

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from library.files import write_atomically
from library.leases import LEASES, if_unleased, leased
from library.snapshot import remove_unless_held

CHECKOUT = Path(__file__).parents[2]
HOLD = (
    "import sys; from pathlib import Path; from library.leases import leased\n"
    "with leased(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "7").mkdir()
    (tmp_path / "7" / "manifest.json").write_text("{}", encoding="utf-8")
    return tmp_path / "7"


def holder(folder):
    """A process that holds the folder until its input ends."""
    command = [sys.executable, "-c", HOLD, str(folder)]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT
    )
    assert process.stdout.readline() == "held\n"
    return process


def test_every_one_of_several_readers_keeps_the_folder(folder):
    done = []
    with leased(folder):
        with leased(folder), holder(folder) as other:
            assert not if_unleased(folder, lambda: done.append(1))
            other.stdin.close()
        assert not if_unleased(folder, lambda: done.append(1))
    assert if_unleased(folder, lambda: done.append(1))
    assert done == [1]


def test_the_lease_of_a_killed_reader_keeps_nothing_and_its_file_goes(folder):
    with holder(folder) as other:
        assert not remove_unless_held(folder)
        other.kill()
        other.wait()
    assert list((folder / LEASES).glob("*.lease"))
    assert if_unleased(folder, lambda: None)
    assert not list((folder / LEASES).glob("*.lease"))
    assert remove_unless_held(folder)
    assert not folder.exists()


def test_a_reader_that_comes_while_the_folder_goes_is_before_or_after_but_never_within(tmp_path):
    """Readers and a remover at the same time, many times: who has a lease and sees the manifest keeps it."""
    broken, held, removed = [], [], []

    def read(folder):
        try:
            with leased(folder):
                if (folder / "manifest.json").exists():
                    held.append(folder)
                    if not all((folder / "manifest.json").exists() for _ in range(20)):
                        broken.append(folder)
        except FileNotFoundError:
            pass

    for number in range(40):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "manifest.json").touch()
        threads = [threading.Thread(target=read, args=(folder,)) for _ in range(3)]
        threads.insert(
            number % 4, threading.Thread(target=lambda at=folder: removed.append(remove_unless_held(at)))
        )
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        shutil.rmtree(folder, ignore_errors=True)
    assert not broken
    assert held
    assert len(removed) == 40


def test_a_folder_that_the_system_does_not_give_up_is_tried_again_later(folder, monkeypatch):
    """Windows removes no file that somebody has open."""

    def refuse(self, missing_ok=False):
        raise PermissionError(13, "another process uses the file", str(self))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        assert not remove_unless_held(folder)
    assert (folder / "manifest.json").exists()
    assert remove_unless_held(folder)


def test_a_folder_that_is_gone_gives_no_lease(tmp_path):
    with pytest.raises(FileNotFoundError), leased(tmp_path / "8"):
        pass


def test_who_may_not_write_reads_without_a_lease(folder, monkeypatch):
    def refuse(self, *_, **__):
        raise PermissionError(13, "read-only", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with leased(folder):
        assert not (folder / LEASES).exists()


def test_a_file_that_is_being_read_is_replaced_a_moment_later(tmp_path, monkeypatch):
    refusals, replace = [], Path.replace

    def refuse_twice(self, target):
        if len(refusals) < 2:
            refusals.append(self)
            raise PermissionError(13, "another process reads it", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse_twice)
    write_atomically(tmp_path / "CURRENT", b"2\n")
    assert (tmp_path / "CURRENT").read_bytes() == b"2\n"
    assert len(refusals) == 2
