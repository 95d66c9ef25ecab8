"""Definitions, read from the TOML files of this folder: looked up, listed by topic, written for the docs."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import msgspec

from directions.facts import Definition
from patents.bilingual import Text
from patents.errors import NotFoundError

_FOLDER = Path(__file__).parent
_SOURCES = "sources.toml"
#: Files in the order in which studies print them.
_FILES = (
    "counts",
    "growth",
    "legal",
    "operation",
    "classes",
    "holders",
    "regions",
    "value",
    "themes",
    "effects",
    "chains",
)
_HEAD = "| id | 名称 | 计算方法 | 单位 | 分母 | 所需字段 | 来源 |\n|---|---|---|---|---|---|---|\n"


class DefinitionChapter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The definitions of one file.

    Attributes:
        title: heading in the docs.
        definitions: in order of print.
    """

    title: Text
    definitions: tuple[Definition, ...]


@cache
def chapters() -> tuple[DefinitionChapter, ...]:
    """All definitions by topic, in order of print."""
    return read_definitions(_FOLDER)


@cache
def _by_id() -> dict[str, Definition]:
    return {one.id: one for chapter in chapters() for one in chapter.definitions}


def read_definitions(folder: Path) -> tuple[DefinitionChapter, ...]:
    """Read the files of a folder.

    Args:
        folder: with a file a topic and `sources.toml`, whose keys the definitions name.

    Raises:
        ValueError: a field lacks, is unknown or of the wrong kind, a text lacks one of its languages, an id
            stands twice, or a source is not in `sources.toml`; names the file.
    """
    sources = tomllib.loads((folder / _SOURCES).read_text(encoding="utf-8"))
    read = tuple(_read(folder / f"{name}.toml", sources) for name in _FILES)
    ids = [one.id for chapter in read for one in chapter.definitions]
    if twice := {one for one in ids if ids.count(one) > 1}:
        raise ValueError(f"definitions that stand twice: {', '.join(sorted(twice))}")
    return read


def _read(path: Path, sources: dict[str, dict[str, str]]) -> DefinitionChapter:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        for one in content["definitions"]:
            one["source"] = sources[one["source"]]
        chapter = msgspec.convert(content, DefinitionChapter)
    except (KeyError, msgspec.ValidationError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    for one in chapter.definitions:
        _check(one, path.name)
    return chapter


def _check(one: Definition, file: str) -> None:
    for name in ("name", "text", "source"):
        text: Text = getattr(one, name)
        if not (text.zh and text.en):
            raise ValueError(f"{file}: {one.id} has no {name} in Chinese and English")
    if bool(one.denominator.zh) != bool(one.denominator.en):
        raise ValueError(f"{file}: the denominator of {one.id} lacks a language")


def all_definitions() -> tuple[Definition, ...]:
    """Every definition, in order of print."""
    return tuple(_by_id().values())


def definition(name: str) -> Definition:
    """Return the definition of an id, as in `grant_rate.cohort`.

    Raises:
        NotFoundError: there is none; the message names the nearest.
    """
    found = _by_id().get(name)
    if found is None:
        near = get_close_matches(name, _by_id(), n=3, cutoff=0.4)
        raise NotFoundError(
            f"no definition {name!r}",
            help=f"nearest: {', '.join(near)}" if near else "see docs/definitions.md",
        )
    return found


def alternatives(name: str) -> tuple[Definition, ...]:
    """Other definitions of the same topic, which a reader may switch to.

    Raises:
        NotFoundError: there is no such definition.
    """
    own = definition(name)
    return tuple(one for one in all_definitions() if one.topic == own.topic and one.id != own.id)


def describe_definitions() -> str:
    """Write all definitions as the Markdown of docs/definitions.md."""
    return "\n".join(
        f"## {chapter.title.zh} ({chapter.title.en})\n\n{_HEAD}" + "".join(map(_line, chapter.definitions))
        for chapter in chapters()
    )


def _line(one: Definition) -> str:
    cells = (
        f"`{one.id}`",
        _both(one.name),
        _both(one.text),
        one.unit,
        _both(one.denominator) if one.denominator else "–",
        "、".join(one.needs) or "–",
        _both(one.source),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _both(text: Text) -> str:
    return text.zh if text.zh == text.en else f"{text.zh}<br>{text.en}"
