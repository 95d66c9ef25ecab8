"""The `themes` part of a snapshot: themes for each scope (industry, or the whole library).

    themes/scopes.json         the scopes with the names, keywords and representatives of their themes
    themes/<n>/                the model of scope n as it was found
    themes/<n>/edited/         the model that users made of it by merging, splitting and seeding
    themes/<n>/details.json    keywords with figures and evidence
    themes/<n>/layers.json     the tree of coarser and finer themes
    themes/<n>/map.npz         where the patents of the model stand on the plane

Nothing in it depends on patents that come later: an import shares the part with the snapshot before
and places all patents by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from patents.errors import SnapshotError
from themes.events import ThemeEvent

if TYPE_CHECKING:
    from themes.map import ThemeMap
    from themes.model import ThemeModel

FORMAT = 2
SCOPES_FILE = "scopes.json"
WHOLE_LIBRARY = ""
_T = TypeVar("_T")
_DETAILS, _LAYERS, _MAP, _EDITED = "details.json", "layers.json", "map.npz", "edited"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFacts:
    """What was found out about a theme when it was built.

    Attributes:
        id: unique in the library, kept over rebuilds.
        name: unique in its scope; a user's where one was given.
        keywords: best first; a user's before all others.
        representatives: keys of patents, the most central first.
        core_size: patents in its core.
        own_name: the name that its keywords or the language model gave it.
        hidden: off the lists, by a user's wish.
        neighbours: ids of the nearest themes of the scope, with the cosine of their centroids.
        stability: how well its core is found again in subsamples, in [0, 1]; None unless asked for.
    """

    id: str
    name: str
    keywords: tuple[str, ...]
    representatives: tuple[str, ...]
    core_size: int
    own_name: str = ""
    hidden: bool = False
    neighbours: tuple[tuple[str, float], ...] = ()
    stability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeStability:
    """Agreement of builds on subsamples of a scope, see `themes.stability`."""

    core_rand: float
    core_share: float
    all_rand: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One scope with its themes in the order of their numbers.

    Attributes:
        id: `scheme:industry`, or empty for the whole library.
        folder: of its model, inside the part.
        themes: K themes.
        events: what became of the themes of the build before: kept, merged, split, born, died.
        base_ids: ids of the themes as they were found, before users' edits.
        stability: of the scope as a whole; None unless asked for.
        skipped: users' edits (their numbers) whose theme is no longer there.
    """

    id: str
    folder: str
    themes: tuple[ThemeFacts, ...]
    events: tuple[ThemeEvent, ...] = ()
    base_ids: tuple[str, ...] = ()
    stability: ScopeStability | None = None
    skipped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesPart:
    """`scopes.json`.

    Attributes:
        scopes: in the order of their folders.
        next_id: number of the next new theme id; ids of themes that died are never given again.
        format: of the part; 1 knew no layers, maps and details.
    """

    scopes: tuple[Scope, ...]
    next_id: int
    format: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFacts:
    """A sentence of a core patent that holds a keyword; `key` names the patent."""

    key: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordFacts:
    """A keyword of a theme.

    Attributes:
        text: the term.
        score: of the ranking; None for a user's own keyword.
        patents: core members that hold it.
        elsewhere: other patents of the scope that hold it.
        evidence: a sentence with it; None where its words stand apart in the text.
    """

    text: str
    score: float | None
    patents: int
    elsewhere: int
    evidence: EvidenceFacts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerNode:
    """A theme of some layer in the tree of layers.

    Attributes:
        leaves: numbers of the leaves below, ascending.
        parent: place of the parent in the list, −1 for a root.
        children: places of the children: none or at least two.
        layers: numbers of themes of the layers that it belongs to.
        name: unique among its siblings.
        keywords: best first.
        theme: id of the theme of the default layer that it is; empty for none.
    """

    leaves: tuple[int, ...]
    parent: int
    children: tuple[int, ...]
    layers: tuple[int, ...]
    name: str
    keywords: tuple[str, ...]
    theme: str = ""


def write_part(folder: Path, part: ThemesPart) -> None:
    """Write `scopes.json` into the part."""
    (folder / SCOPES_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(part), indent=1))


def read_part(folder: Path) -> ThemesPart:
    """Read `scopes.json` of a part.

    Raises:
        SnapshotError: it is damaged.
    """
    return _read(folder / SCOPES_FILE, ThemesPart)


def write_details(folder: Path, details: tuple[tuple[KeywordFacts, ...], ...]) -> None:
    """Write the keywords of every theme of a scope."""
    (folder / _DETAILS).write_bytes(msgspec.json.encode(details))


def read_details(folder: Path) -> tuple[tuple[KeywordFacts, ...], ...]:
    """Read what `write_details` wrote.

    Raises:
        SnapshotError: it is damaged.
    """
    return _read(folder / _DETAILS, tuple[tuple[KeywordFacts, ...], ...])


def write_layers(folder: Path, nodes: tuple[LayerNode, ...]) -> None:
    """Write the tree of layers of a scope, parents before children."""
    (folder / _LAYERS).write_bytes(msgspec.json.encode(nodes))


def read_layers(folder: Path) -> tuple[LayerNode, ...]:
    """Read what `write_layers` wrote.

    Raises:
        SnapshotError: it is damaged.
    """
    return _read(folder / _LAYERS, tuple[LayerNode, ...])


def write_map(folder: Path, drawn: ThemeMap) -> None:
    """Write where the patents and themes of a scope stand."""
    import numpy as np

    np.savez(folder / _MAP, patents=drawn.patents, themes=drawn.themes, outlines=drawn.outlines)


def read_map(folder: Path) -> ThemeMap:
    """Read what `write_map` wrote.

    Raises:
        SnapshotError: it is damaged.
    """
    import numpy as np

    from themes.map import ThemeMap

    try:
        with np.load(folder / _MAP, allow_pickle=False) as file:
            return ThemeMap(file["patents"], file["themes"], file["outlines"])
    except (OSError, ValueError, KeyError) as error:
        raise _damaged(folder / _MAP, error) from error


def base_model(folder: Path) -> ThemeModel:
    """The themes of a scope as they were found."""
    from themes.model import ThemeModel

    return ThemeModel.load(folder)


def edited_model(folder: Path) -> ThemeModel:
    """The themes of a scope as users want them."""
    from themes.model import ThemeModel

    edited = folder / _EDITED
    return ThemeModel.load(edited if edited.is_dir() else folder)


def write_edited(folder: Path, model: ThemeModel) -> None:
    """Write the themes that users made of those found."""
    (folder / _EDITED).mkdir()
    model.save(folder / _EDITED)


def _read(path: Path, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError) as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> SnapshotError:
    return SnapshotError("theme-file-unreadable", path=path, reason=error)
