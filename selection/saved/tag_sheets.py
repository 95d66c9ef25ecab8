"""标引 in and out of a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from patents.messages import text
from selection.saved.sheets import NUMBER_HEADERS, TAG_HEADERS, read_rows, write_sheet
from selection.saved.tags import Tagging, TagOperation, Tags

_SEPARATORS = str.maketrans({"；": ";", "、": ";", "|": ";", "，": ";", ",": ";"})


class Described(NamedTuple):
    """What a reader sees of a patent beside its tag."""

    publication_number: str
    title: str


@dataclass(frozen=True, slots=True)
class TagSheet:
    """Tags that a sheet asks for.

    Attributes:
        keys: by tag, keys of patents.
        unknown: (row, number) of numbers that no patent of the library bears.
    """

    keys: dict[str, list[str]]
    unknown: tuple[tuple[int, str], ...]


def write_tags(path: Path, entries: Iterable[Tagging], describe: Callable[[str], Described]) -> int:
    """Write tags as xlsx, one a line; returns how many."""
    rows = [(*describe(each.key), each.tag, each.who, each.at, each.key) for each in entries]
    about: list[tuple[str, str | int]] = [
        ("内容", "标引"),
        ("行数", len(rows)),
        ("用法", text("tag-sheet-use")),
    ]
    head = ("公开(公告)号", "标题", "标引", "标引人", "时间", "key")
    write_sheet(path, about, "标引", head, rows, (20, 60, 20, 16, 24, 20))
    return len(rows)


def read_tags(path: Path, find: Callable[[str], str | None]) -> TagSheet:
    """Read a sheet with a column of numbers and a column 标引 (several separated by ;).

    Args:
        path: xlsx, csv or tsv.
        find: number in any spelling → key; None when no patent bears it.

    Raises:
        UnreadableFileError: no such columns.
    """
    keys: dict[str, list[str]] = {}
    unknown: list[tuple[int, str]] = []
    for row in read_rows(path, [NUMBER_HEADERS, TAG_HEADERS]):
        number, tags = row.first(("key", *NUMBER_HEADERS)), row.first(TAG_HEADERS)
        if not number or not tags:
            continue
        key = find(number)
        if key is None:
            unknown.append((row.row, number))
            continue
        for tag in filter(None, (each.strip() for each in tags.translate(_SEPARATORS).split(";"))):
            keys.setdefault(tag, []).append(key)
    return TagSheet(keys, tuple(unknown))


def apply_tags(tags: Tags, sheet: TagSheet, *, who: str = "", note: str = "") -> list[TagOperation]:
    """Put the tags of a sheet on its patents; each tag is one change that can be undone."""
    return [tags.put(tag, keys, who=who, note=note) for tag, keys in sorted(sheet.keys.items())]
