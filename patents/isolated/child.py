"""What runs in the process apart: takes requests on its input until that is closed.

A request is [number, task, argument …]; the answer [number, "done" | "error" | "memory", value].
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from importlib import import_module

from patents.isolated.frames import read_frame, write_frame
from patents.messages import Message

_TASKS = {"workbook": "patents.isolated.workbook", "draft": "patents.drafts.isolated"}
"""Task → module whose `start()` gives the function that answers its requests."""


def main() -> None:
    """Answer until nobody asks."""
    task, memory = sys.argv[1], int(sys.argv[2])
    # Nothing that a library prints may stand among the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _limit_memory(memory)
    answer: Callable[..., object] = import_module(_TASKS[task]).start()
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            number, *arguments = read_frame(sys.stdin.buffer)
            write_frame(answers, [number, *_answered(answer, arguments)])


def _answered(answer: Callable[..., object], arguments: list[object]) -> tuple[str, object]:
    try:
        return "done", answer(*arguments)
    except MemoryError:
        return "memory", ""
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        own = getattr(error, "message", None)
        packed = own.packed() if isinstance(own, Message) else None
        return "error", [type(error).__name__, str(error), packed]


def _limit_memory(bytes_: int) -> None:
    """Limit the address space where the system can; elsewhere only time is limited."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = bytes_ if hard == resource.RLIM_INFINITY else min(bytes_, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    main()
