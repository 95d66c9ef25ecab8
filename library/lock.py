"""One writer at a time: a lock on a file of the library folder."""

from __future__ import annotations

import json
import os
import shlex
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from library.files import readable
from patents.errors import LibraryError, LibraryLockedError

#: Who has the lock; beside the lock file, which Windows lets nobody read meanwhile.
HOLDER = "library.holder"


class WriterLock:
    """An exclusive lock of this process (and thread) on a library folder.

    The operating system frees it when the process ends, however it ends. The thread that has it may
    take it again, so that an import can publish.

    Args:
        path: the lock file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = FileLock(path, thread_local=False)
        self._thread = threading.RLock()
        self._depth = 0

    @contextmanager
    def hold(self, wait_s: float = 0.0) -> Iterator[None]:
        """Have the lock while the block runs.

        Args:
            wait_s: how long to wait for another writer, in seconds.

        Raises:
            LibraryLockedError: another process or thread has it; names pid and command.
            LibraryError: the folder cannot be written.
        """
        until = time.monotonic() + wait_s
        if not self._thread.acquire(timeout=wait_s if wait_s > 0 else -1, blocking=wait_s > 0):
            raise self._refusal()
        try:
            if self._depth == 0:
                self._lock_file(until)
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._file.release()
        finally:
            self._thread.release()

    def _lock_file(self, until: float) -> None:
        try:
            self._file.acquire(timeout=max(0.0, until - time.monotonic()))
        except Timeout as error:
            raise self._refusal() from error
        except OSError as error:
            raise LibraryError("library-not-writable", library=self.path.parent, reason=error) from error
        with suppress(OSError):
            self.path.with_name(HOLDER).write_bytes(_holder())

    def _refusal(self) -> LibraryLockedError:
        try:
            holder = json.loads(self.path.with_name(HOLDER).read_text(encoding="utf-8"))
            who = f"process {holder['pid']} ({holder['command']})"
        except (OSError, ValueError, KeyError, TypeError):
            who = "another process"
        return LibraryLockedError("library-locked", who=who, library=self.path.parent)


def _holder() -> bytes:
    command = readable(shlex.join(sys.argv)) or "python"
    return json.dumps({"pid": os.getpid(), "command": command}, ensure_ascii=False).encode()
