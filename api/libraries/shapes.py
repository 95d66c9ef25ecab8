"""Shapes of libraries: what is served, what an import and a build did."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from library.report import Counts, FileReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Is the service up, and what does it serve?"""

    status: Literal["ok"]
    version: str
    snapshot: int
    count: Annotated[int, Field(description="patents in the live snapshot")]
    as_of: Annotated[date | None, Field(description="检索截止日: the newest as-of date of the imports")]
    encoder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedLibrary:
    """A library of this service."""

    name: Annotated[str, Field(description="as `library` of a request names it")]
    snapshot: int
    count: Annotated[int, Field(description="patents in the live snapshot")]
    as_of: Annotated[date | None, Field(description="检索截止日: the newest as-of date of the imports")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportAnswer:
    """What an import did."""

    files: tuple[FileReport, ...]
    counts: Counts
    path_json: Annotated[str, Field(description="the report: every rejection and warning with its place")]
    path_xlsx: str
    patents: Annotated[int, Field(description="patents in the library now")]
    snapshot: Annotated[int | None, Field(description="the snapshot that is live now; null when none is")]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildAnswer:
    """What a build did."""

    snapshot: Annotated[int, Field(description="number of the snapshot that is live now")]
    count: Annotated[int, Field(description="patents in it")]
    themes: Annotated[int, Field(description="over all scopes")]
    seconds: Annotated[dict[str, float], Field(description="wall-clock seconds of each stage")]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSetting:
    """A setting of a library with its value."""

    name: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPart:
    """Something on disk that was compared with its checksums."""

    kind: Literal["database", "snapshot", "vectors", "encoder"]
    name: Annotated[str, Field(description="such as `3/dense`: part `dense` of snapshot 3")]
    checked: Annotated[int, Field(description="records, files or vectors that were compared")]
    bytes: int
    whole: bool
    problems: Annotated[list[str], Field(description="what is wrong, the first of it")]
    next: Annotated[str, Field(description="what to do where nothing here can mend it")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyAnswer:
    """What a library is like on disk; after a repair, as the repair left it."""

    whole: bool
    bytes: Annotated[int, Field(description="that were read")]
    seconds: float
    parts: list[CheckedPart]
    repaired: Annotated[list[str], Field(description="what was done, in order")]
