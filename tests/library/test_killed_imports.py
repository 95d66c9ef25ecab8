"""Imports in a process of their own that ends by SIGKILL."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from library.folder import Library
from library.import_runs import import_runs
from library.imports import import_files
from library.report import Counts, read_report
from tests.library.rows import granted, row, write_rows

CHECKOUT = Path(__file__).parents[2]
OLD = [row(number) for number in range(1, 31)]
NEW = [granted(number) for number in range(1, 31)] + [row(number) for number in range(31, 2_501)]

CODE = """
import os, signal, sys
import library.imports
from library.folder import Library
folder, file, moment = sys.argv[1:]

def kill(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def watch(progress):
    print(progress.stage, flush=True)
    if progress.stage == moment and progress.done > 2000:
        kill()

if moment == "committed":
    library.imports._deliver = kill
library.imports.import_files(Library.open(folder), [file], progress=watch)
"""


@pytest.fixture
def begun(library, tmp_path):
    """A library with some patents, and a file that changes and adds others."""
    import_files(library, [write_rows(tmp_path / "old.jsonl", OLD)])
    return library, write_rows(tmp_path / "new.jsonl", NEW)


def start(library: Library, file: Path, moment: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CODE, str(library.path), str(file), moment]
    return subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)


def check_untouched_and_usable(library: Library, file: Path, state: str) -> None:
    assert library.store.corpus_hash() == state
    assert library.store.count() == len(OLD)
    assert len(import_runs(library.store)) == 1
    report = import_files(library, [file])
    assert report.counts == Counts(new=len(NEW) - len(OLD), merged=len(OLD))
    assert not list(library.imports.glob("*.partial"))


@pytest.mark.parametrize("moment", ["reading", "writing"])
def test_an_import_killed_while_reading_or_writing_leaves_the_library_as_it_was(begun, moment):
    library, file = begun
    state = library.store.corpus_hash()
    with start(library, file, moment) as process:
        process.communicate(timeout=60)
    assert process.returncode == -9
    assert list(library.imports.glob("*.partial"))
    check_untouched_and_usable(library, file, state)


def test_an_import_killed_at_any_moment_is_done_or_not_done(begun):
    library, file = begun
    state = library.store.corpus_hash()
    with start(library, file, "never") as process:
        assert process.stdout.readline() == "reading\n"
        time.sleep(random.uniform(0, 1.0))
        process.kill()
    if len(import_runs(library.store)) == 1:
        check_untouched_and_usable(library, file, state)
    else:
        assert library.store.count() == len(NEW)
        assert import_files(library, [file]).counts == Counts(unchanged=len(NEW))


def test_the_report_of_an_import_killed_after_its_commit_is_kept(begun, tmp_path):
    library, file = begun
    with start(library, file, "committed") as process:
        process.communicate(timeout=60)
    assert process.returncode == -9
    assert library.store.count() == len(NEW)
    import_files(library, [file])
    runs = import_runs(library.store)
    assert len(runs) == 3
    assert read_report(Path(runs[1].report)).counts == runs[1].counts
    assert not list(library.imports.glob("*.partial"))
