"""What a snapshot says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

import msgspec

from library.files import files_under, sha256_of
from patents.errors import SnapshotError

MANIFEST = "manifest.json"
FORMAT = 1


class Encodes(Protocol):
    """The part of an encoder that names its vectors (the protocol itself lives in embed/)."""

    @property
    def id(self) -> str: ...  # noqa: D102

    @property
    def revision(self) -> str: ...  # noqa: D102

    @property
    def dim(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class EncoderStamp:
    """Which encoder made the vectors of a snapshot."""

    id: str
    revision: str
    dim: int


@dataclass(frozen=True, slots=True)
class FileStamp:
    """Checksum and size in bytes of one file."""

    sha256: str
    size: int


Part = dict[str, FileStamp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A snapshot's own description, `manifest.json`.

    Attributes:
        snapshot: its number.
        created: UTC.
        patlas_version: of the code that wrote it.
        count: patents, the rows of the columns.
        corpus_hash: of keys and contents of all patents; see `Store.corpus_hash`.
        encoder: None when the snapshot holds no vectors.
        parts: part → file (relative to the part's folder) → stamp.
        facts: small figures of the rooms, such as the recall of an index.
        format: of the manifest itself.
    """

    snapshot: int
    created: datetime
    patlas_version: str
    count: int
    corpus_hash: str
    encoder: EncoderStamp | None = None
    parts: dict[str, Part] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    format: int = FORMAT


def patlas_version() -> str:
    """Version of the installed package, `unknown` in a bare checkout."""
    try:
        return version("patlas")
    except PackageNotFoundError:
        return "unknown"


def now() -> datetime:
    """UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def stamp_part(folder: Path, known: Part | None = None) -> Part:
    """Describe the files of a part; sizes and checksums in `known` (a shared part) are taken over."""
    return {
        name: (known or {}).get(name) or FileStamp(sha256_of(path), path.stat().st_size)
        for name, path in files_under(folder)
    }


def dump_manifest(manifest: Manifest) -> bytes:
    """Write a manifest as indented JSON.

    Raises:
        TypeError: a fact is no JSON.
    """
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def load_manifest(folder: Path, mend: str) -> Manifest:
    """Read the manifest of a snapshot folder.

    Args:
        folder: of the snapshot.
        mend: the command that mends a damaged one.

    Raises:
        SnapshotError: it is missing, unreadable or of a newer format.
    """
    path = folder / MANIFEST
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except OSError as error:
        raise SnapshotError("manifest-missing", snapshot=folder.name, path=path, mend=mend) from error
    except msgspec.DecodeError as error:
        raise SnapshotError("manifest-damaged", path=path, reason=error, mend=mend) from error
    if manifest.format > FORMAT:
        raise SnapshotError("manifest-format-newer", path=path, format=manifest.format, newest=FORMAT)
    return manifest


def check_files(folder: Path, parts: Mapping[str, Part], *, contents: bool) -> str | None:
    """Compare the files of a snapshot with its manifest.

    Args:
        folder: of the snapshot.
        parts: as the manifest has them.
        contents: compare checksums too; reads everything.

    Returns:
        What is wrong with the first wrong file, or None.
    """
    for part, files in parts.items():
        for name, stamp in files.items():
            path = folder / part / name
            size = path.stat().st_size if path.is_file() else None
            if size is None:
                return f"{path} is missing"
            if size != stamp.size:
                return f"{path} has {size} bytes, the manifest says {stamp.size}"
            if contents and sha256_of(path) != stamp.sha256:
                return f"{path} differs from its checksum"
    return None
