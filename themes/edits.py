"""Users' changes to themes: data that is kept by theme id, and applied anew to every build.

| edit | what it does |
|---|---|
| rename | shows another name |
| hide | keeps the theme and its patents, off the lists |
| pin | puts keywords first, whatever their rank |
| merge | shows several themes as one |
| split | divides a theme among parts, each around the patents it was made of |
| seed | makes a theme of the patents that hold certain terms |

`themes.applied_edits` applies them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import msgspec

from patents.errors import InputError

__all__ = [
    "Edit",
    "Hide",
    "Merge",
    "Part",
    "Pin",
    "Rename",
    "Seed",
    "Split",
    "edits_from_json",
    "edits_to_json",
]


@dataclass(frozen=True, slots=True)
class Rename:
    """Show theme `id` as `name`."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Hide:
    """Take theme `id` off the lists; `hidden` False brings it back."""

    id: str
    hidden: bool = True


@dataclass(frozen=True, slots=True)
class Pin:
    """Put `keywords` first among those of theme `id`."""

    id: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """Show the themes `ids` as part of theme `id`."""

    id: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a split.

    Attributes:
        id: of the part; the part that keeps the theme's id is the theme from then on.
        anchors: keys of the patents that it was made of; later patents go to the nearest part.
    """

    id: str
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Divide theme `id` among `parts`, at least two."""

    id: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Seed:
    """Make theme `id`, called `name`, of the patents that hold one of the `terms`."""

    id: str
    name: str
    terms: tuple[str, ...]


Edit = Rename | Hide | Pin | Merge | Split | Seed
_KINDS: dict[str, type[Edit]] = {
    "rename": Rename,
    "hide": Hide,
    "pin": Pin,
    "merge": Merge,
    "split": Split,
    "seed": Seed,
}


def edits_to_json(edits: Sequence[Edit]) -> str:
    """Write edits as a JSON array of objects, each with its ``kind``."""
    kinds = {type_: kind for kind, type_ in _KINDS.items()}
    return json.dumps([{"kind": kinds[type(edit)], **asdict(edit)} for edit in edits], ensure_ascii=False)


def edits_from_json(text: str) -> tuple[Edit, ...]:
    """Read what `edits_to_json` wrote, or a user typed.

    Raises:
        InputError: no JSON, or no edit we know.
    """
    try:
        rows = msgspec.json.decode(text, type=list[dict[str, object]])
        return tuple(msgspec.convert(row, type=_KINDS[str(row.get("kind"))]) for row in rows)
    except (msgspec.MsgspecError, KeyError) as error:
        kinds = ", ".join(_KINDS)
        raise InputError("theme-edits-unreadable", reason=error, kinds=kinds) from error
