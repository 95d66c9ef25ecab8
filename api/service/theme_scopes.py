"""The `themes` part of a snapshot: one theme model for each scope (industry, or the whole library).

    themes/scopes.json   the scopes with the names, keywords and representatives of their themes
    themes/<n>/          the model of scope n

Nothing in it depends on patents that come later: an import shares the part with the snapshot before
and places all patents by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from patents.errors import SnapshotError
from themes.identity import ThemeEvent

SCOPES_FILE = "scopes.json"
WHOLE_LIBRARY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFacts:
    """What was found out about a theme when it was built.

    Attributes:
        id: unique in the library, kept over rebuilds.
        name: unique in its scope.
        keywords: best first.
        representatives: keys of patents, the most central first.
        core_size: patents in its core.
    """

    id: str
    name: str
    keywords: tuple[str, ...]
    representatives: tuple[str, ...]
    core_size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One scope with its themes in the order of their numbers.

    Attributes:
        id: `scheme:industry`, or empty for the whole library.
        folder: of its model, inside the part.
        themes: K themes.
        events: what became of the themes of the build before: kept, merged, split, born, died.
    """

    id: str
    folder: str
    themes: tuple[ThemeFacts, ...]
    events: tuple[ThemeEvent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesPart:
    """`scopes.json`.

    Attributes:
        scopes: in the order of their folders.
        next_id: number of the next new theme id; ids of themes that died are never given again.
    """

    scopes: tuple[Scope, ...]
    next_id: int


def write_part(folder: Path, part: ThemesPart) -> None:
    """Write `scopes.json` into the part."""
    (folder / SCOPES_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(part), indent=1))


def read_part(folder: Path) -> ThemesPart:
    """Read `scopes.json` of a part.

    Raises:
        SnapshotError: it is damaged.
    """
    path = folder / SCOPES_FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=ThemesPart)
    except (OSError, msgspec.DecodeError) as error:
        raise SnapshotError(f"{path} cannot be read: {error}", help="patlas build --library DIR") from error
