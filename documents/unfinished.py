"""Files that are there whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from patents.errors import InputError


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """A file beside `path` that becomes it when the block ends well, and goes when it does not.

    Raises:
        InputError: the folder is not there or cannot be written to.
    """
    from xlsxwriter.exceptions import FileCreateError

    if not path.parent.is_dir():
        raise InputError("export-folder-missing", folder=path.parent)
    unfinished = path.with_name(f".{uuid4().hex}{path.suffix}")
    try:
        yield unfinished
        unfinished.replace(path)
    except (OSError, FileCreateError) as error:
        raise InputError("export-not-written", path=path, reason=str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
