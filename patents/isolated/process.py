"""A process for one file: asked from here, killed when it takes too long, ended by too much memory."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import weakref
from pathlib import Path
from typing import IO

import msgspec

from patents.errors import UnreadableFileError
from patents.isolated.frames import read_frame, write_frame
from patents.messages import Message

_ROOT = Path(__file__).resolve().parents[2]
MEMORY = 3_000_000_000
"""Bytes of address space: what a table of 40 million cells needs, with room."""


class TaskError(Exception):
    """The task failed in the process.

    Attributes:
        kind: name of the class of the error. text: its words. message: of an error of ours.
    """

    def __init__(self, kind: str, text: str, message: Message | None) -> None:
        super().__init__(text)
        self.kind, self.text, self.message = kind, text, message


class IsolatedProcess:
    """One process for one task.

    Args:
        task: a name that `patents.isolated.child` knows.
        name: of the file, for messages.
        memory: bytes of address space; not limited on Windows.
    """

    def __init__(self, task: str, name: str, memory: int = MEMORY) -> None:
        self._name = name
        self._asked = 0
        self._answers: dict[object, tuple[object, object]] = {}
        self._dropped: set[object] = set()
        paths = filter(None, (str(_ROOT), os.environ.get("PYTHONPATH")))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "patents.isolated.child", task, str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            # On Windows no console opens for it.
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.close = weakref.finalize(self, _end, self._process)

    def ask(self, *arguments: object, seconds: float) -> object:
        """Ask and wait.

        Raises:
            TaskError: the task failed.
            UnreadableFileError: it took too long or too much memory.
        """
        return self.take(self.send(*arguments), seconds=seconds)

    def send(self, *arguments: object) -> int:
        """Ask without waiting; the number is for `take` or `drop`.

        Raises:
            UnreadableFileError: the process is gone.
        """
        self._asked += 1
        try:
            write_frame(_stream(self._process.stdin), [self._asked, *arguments])
        except (BrokenPipeError, OSError, ValueError) as error:
            raise self._gone(late=False) from error
        return self._asked

    def drop(self, number: int) -> None:
        """Want no answer any more."""
        if self._answers.pop(number, None) is None:
            self._dropped.add(number)

    def take(self, number: int, *, seconds: float) -> object:
        """Wait for an answer.

        Raises:
            TaskError: the task failed.
            UnreadableFileError: it took too long or too much memory.
        """
        while number not in self._answers:
            self._receive(seconds)
        state, value = self._answers.pop(number)
        if state == "memory":
            raise UnreadableFileError("file-needs-too-much-memory", name=self._name)
        if state == "error":
            raise msgspec.convert(value, _Failure).error()
        return value

    def _receive(self, seconds: float) -> None:
        late = threading.Event()
        timer = threading.Timer(seconds, _kill_late, (self._process, late))
        timer.daemon = True
        timer.start()
        try:
            number, state, value = read_frame(_stream(self._process.stdout))
        except (EOFError, OSError, ValueError) as error:
            raise self._gone(late=late.is_set()) from error
        finally:
            timer.cancel()
        if number in self._dropped:
            self._dropped.discard(number)
        else:
            self._answers[number] = (state, value)

    def _gone(self, *, late: bool) -> UnreadableFileError:
        """The process ended by itself only where memory was refused to it, or the reader broke down."""
        self.close()
        if late:
            return UnreadableFileError("file-takes-too-long", name=self._name)
        return UnreadableFileError("file-needs-too-much-memory", name=self._name)


def read_in_process(task: str, name: str, *arguments: object, seconds: float, memory: int = MEMORY) -> object:
    """Do one task in a process of its own.

    Args:
        task: a name that `patents.isolated.child` knows.
        name: of the file, for messages.
        arguments: texts, bytes, numbers and lists of them.
        seconds: how long it may take.
        memory: bytes of address space it may have; not limited on Windows.

    Raises:
        TaskError: the task failed.
        UnreadableFileError: it took too long or too much memory.
    """
    process = IsolatedProcess(task, name, memory)
    try:
        return process.ask(*arguments, seconds=seconds)
    finally:
        process.close()


class _Failure(msgspec.Struct, array_like=True):
    """An error as it comes from the process."""

    kind: str
    text: str
    message: dict[str, object] | None

    def error(self) -> TaskError:
        own = None if self.message is None else Message.unpacked(self.message)
        return TaskError(self.kind, self.text, own)


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise ValueError("the process has no pipes")
    return stream


def _kill_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process, whatever it does."""
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:
                continue
    process.wait()
