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
    return {entry.id: entry for chapter in chapters() for entry in chapter.definitions}


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
    ids = [entry.id for chapter in read for entry in chapter.definitions]
    if twice := {entry for entry in ids if ids.count(entry) > 1}:
        raise ValueError(f"definitions that stand twice: {', '.join(sorted(twice))}")
    return read


def _read(path: Path, sources: dict[str, dict[str, str]]) -> DefinitionChapter:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        for entry in content["definitions"]:
            entry["source"] = sources[entry["source"]]
        chapter = msgspec.convert(content, DefinitionChapter)
    except (KeyError, msgspec.ValidationError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    for entry in chapter.definitions:
        _check(entry, path.name)
    return chapter


def _check(entry: Definition, file: str) -> None:
    for name in ("name", "text", "source"):
        text: Text = getattr(entry, name)
        if not (text.zh and text.en):
            raise ValueError(f"{file}: {entry.id} has no {name} in Chinese and English")
    if bool(entry.denominator.zh) != bool(entry.denominator.en):
        raise ValueError(f"{file}: the denominator of {entry.id} lacks a language")


def all_definitions() -> tuple[Definition, ...]:
    """Every definition, in order of print."""
    return tuple(_by_id().values())


def definition(name: str) -> Definition:
    """Return the definition of an id, as in `grant_rate.cohort`.

    Raises:
        NotFoundError: there is none; the message names the nearest.
    """
    entry = _by_id().get(name)
    if entry is None:
        near = get_close_matches(name, _by_id(), n=3, cutoff=0.4)
        if near:
            raise NotFoundError("definition-not-found-near", name=name, near="、".join(near))
        raise NotFoundError("definition-not-found", name=name)
    return entry


def alternatives(name: str) -> tuple[Definition, ...]:
    """Other definitions of the same topic, which a reader may switch to.

    Raises:
        NotFoundError: there is no such definition.
    """
    own = definition(name)
    return tuple(entry for entry in all_definitions() if entry.topic == own.topic and entry.id != own.id)


def describe_definitions() -> str:
    """Write all definitions as the Markdown of docs/definitions.md."""
    return "\n".join(
        f"## {chapter.title.zh} ({chapter.title.en})\n\n{_HEAD}" + "".join(map(_line, chapter.definitions))
        for chapter in chapters()
    )


def _line(entry: Definition) -> str:
    cells = (
        f"`{entry.id}`",
        _both(entry.name),
        _both(entry.text),
        entry.unit,
        _both(entry.denominator) if entry.denominator else "–",
        "、".join(entry.needs) or "–",
        _both(entry.source),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _both(text: Text) -> str:
    return text.zh if text.zh == text.en else f"{text.zh}<br>{text.en}"
