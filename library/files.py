"""Small file operations that survive a crash: write aside, fsync, replace."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

_WAITS_S = (0.01, 0.05, 0.2, 0.5)


def readable(path: str | Path) -> str:
    """A path as text that can be stored: a name that is not UTF-8 is read as GB18030.

    Archives packed on Chinese Windows unpack to such names.
    """
    return os.fsencode(path).decode("utf-8" if _is_utf8(str(path)) else "gb18030", "replace")


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def write_atomically(path: Path, data: bytes) -> None:
    """Replace a file so that a reader, or a crash at any moment, sees the old or the new one."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    _replace(aside, path)
    fsync_folder(path.parent)


def _replace(aside: Path, path: Path) -> None:
    """Rename over a file; Windows refuses while somebody reads it, which takes a moment."""
    for wait_s in _WAITS_S:
        try:
            aside.replace(path)
            return
        except PermissionError:
            time.sleep(wait_s)
    aside.replace(path)


def fsync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows opens no folder and does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fsync_tree(folder: Path) -> None:
    """Make all files and names under a folder durable."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open(
                "r+b" if os.name == "nt" else "rb"
            ) as file:  # Windows syncs only what it may write
                os.fsync(file.fileno())
        elif path.is_dir():
            fsync_folder(path)
    fsync_folder(folder)


def files_under(folder: Path) -> Iterator[tuple[str, Path]]:
    """List the files under a folder: (relative path with `/`, path), sorted."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def sha256_of(path: Path) -> str:
    """Hash a file: 64 hexadecimal digits."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def link_tree(source: Path, target: Path) -> None:
    """Make `target` hold the same files: hard links where the file system can, else copies."""
    target.mkdir()
    for name, path in files_under(source):
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            place.hardlink_to(path)
        except OSError:
            shutil.copy2(path, place)
