"""Leases: readers that a folder must not be taken away from while they read.

Each reader locks a file of its own in `<folder>/leases/`; the operating system frees it when the process
ends, however it ends, so that a crashed reader keeps nothing. Taking a lease and looking for leases happen
under one short lock, the gate: between a writer's look and its removal no reader can come in. Whole-file
locks of one process each are what POSIX and Windows both have.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

LEASES = "leases"

_GATE = "gate"
_SUFFIX = ".lease"
_GATE_WAIT_S = 10.0
_READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def leased(folder: Path) -> Iterator[None]:
    """Hold a lease on a folder while the block runs.

    Who may not write there holds none: a writer can then remove the folder, whose open and mapped files
    stay readable on POSIX and cannot be removed on Windows.

    Raises:
        FileNotFoundError: the folder is gone.
    """
    try:
        lease = _taken(folder)
    except FileExistsError as error:  # seen, and removed before it was looked at
        raise FileNotFoundError(errno.ENOENT, "the folder is gone", str(folder)) from error
    except OSError as error:
        if error.errno not in _READ_ONLY:
            raise
        lease = None
    try:
        yield
    finally:
        if lease is not None:
            lease.release()
            _unlink(Path(lease.lock_file))


def if_unleased(folder: Path, act: Callable[[], None]) -> bool:
    """Do something to a folder that no reader holds, while none can come.

    Returns:
        Whether it was done: False where a reader holds the folder.
    """
    place = _place(folder)
    try:
        with _lock(place / _GATE).acquire(timeout=_GATE_WAIT_S):
            if any(_is_held(path) for path in place.glob(f"*{_SUFFIX}")):
                return False
            act()
            return True
    except Timeout:
        return False


def _taken(folder: Path) -> FileLock:
    place = _place(folder)
    with _lock(place / _GATE):
        lease = _lock(place / f"{uuid4().hex}{_SUFFIX}")
        lease.acquire(timeout=0)
    return lease


def _place(folder: Path) -> Path:
    place = folder / LEASES
    # Not `exist_ok`, which looks again and fails where the folder has just been removed.
    with suppress(FileExistsError):
        place.mkdir()
    return place


def _is_held(path: Path) -> bool:
    """Whether the reader of a lease is there; the file of one that is not goes."""
    try:
        with _lock(path).acquire(timeout=0):
            pass
    except Timeout:
        return True
    _unlink(path)
    return False


def _unlink(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _lock(path: Path) -> FileLock:
    # Not bound to a thread: a service lets go of a snapshot in another one than took it.
    return FileLock(path, thread_local=False)
