"""What a snapshot says of itself: its parts, their files, and the checksum of each, its own included."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

import msgspec

from library.checksums import checksum_of, checksum_of_bytes
from library.files import files_under, sha256_of
from patents.errors import DamagedSnapshotError, SnapshotError
from patents.messages import Message, message

MANIFEST = "manifest.json"
#: 1 had SHA-256 and none of the manifest itself.
FORMAT = 2
_BLANK = "0" * 32


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
    """Size in bytes and checksum of one file.

    Attributes:
        size: in bytes.
        xxh3: see `library.checksums`.
        sha256: in its place in manifests of format 1.
    """

    size: int
    xxh3: str = ""
    sha256: str = ""

    @classmethod
    def of(cls, path: Path) -> FileStamp:
        """Describe a file."""
        return cls(path.stat().st_size, checksum_of(path))

    def misfit(self, path: Path, *, contents: bool) -> Message | None:
        """What is wrong with a file; None when it is the one described.

        Args:
            path: of the file.
            contents: compare the checksum too, which reads it.
        """
        try:
            size = path.stat().st_size
            if size != self.size:
                return message("file-of-other-size", path=path, size=size, expected=self.size)
            if contents and not self._is_of(path):
                return message("file-of-other-checksum", path=path)
        except FileNotFoundError:
            return message("file-gone", path=path)
        except OSError as error:
            return message("file-unreadable", path=path, reason=error.strerror or error)
        return None

    def _is_of(self, path: Path) -> bool:
        return checksum_of(path) == self.xxh3 if self.xxh3 else sha256_of(path) == self.sha256


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
        checksum: of the manifest's own bytes, with zeros where it stands.
    """

    checksum: str = ""
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
    """Describe the files of a part; what is `known` of a shared one, which was checked, is taken over."""
    known = {name: stamp for name, stamp in (known or {}).items() if stamp.xxh3}
    return {name: known.get(name) or FileStamp.of(path) for name, path in files_under(folder)}


def misfit_of_part(folder: Path, part: Part, *, contents: bool) -> Message | None:
    """What is wrong with the first wrong file of a part; None when it is whole; see `FileStamp.misfit`."""
    misfits = (stamp.misfit(folder / name, contents=contents) for name, stamp in part.items())
    return next((misfit for misfit in misfits if misfit is not None), None)


def sealed(manifest: Manifest) -> Manifest:
    """The manifest with its own checksum.

    Raises:
        TypeError: a fact is no JSON.
    """
    blank = replace(manifest, checksum=_BLANK)
    return replace(manifest, checksum=checksum_of_bytes(dump_manifest(blank)))


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
        SnapshotError: it is missing, damaged or of a newer format.
    """
    path = folder / MANIFEST
    try:
        data = path.read_bytes()
        manifest = msgspec.json.decode(data, type=Manifest)
    except OSError as error:
        raise DamagedSnapshotError("manifest-missing", snapshot=folder.name, path=path, mend=mend) from error
    except (msgspec.DecodeError, ValueError) as error:
        raise DamagedSnapshotError("manifest-damaged", path=path, reason=error, mend=mend) from error
    if manifest.format > FORMAT and _is_whole(manifest, data):
        raise SnapshotError("manifest-format-newer", path=path, format=manifest.format, newest=FORMAT)
    if not _is_whole(manifest, data):
        problem = message("file-of-other-checksum", path=path)
        raise DamagedSnapshotError("manifest-damaged", path=path, reason=problem, mend=mend)
    return manifest


def _is_whole(manifest: Manifest, data: bytes) -> bool:
    if not manifest.checksum:
        return manifest.format == 1
    blank = data.replace(manifest.checksum.encode(), _BLANK.encode(), 1)
    return checksum_of_bytes(blank) == manifest.checksum
