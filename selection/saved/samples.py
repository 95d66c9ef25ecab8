"""查准率 and 查全率: a random sample for a reader to judge, and a list of known numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from patents.errors import InputError
from patents.messages import text
from selection.saved.sheets import NUMBER_HEADERS, read_rows, write_sheet
from selection.selection import Selection

JUDGEMENT_HEADERS = ("判断", "相关", "relevant")
_YES = frozenset(("1", "是", "相关", "y", "yes", "√", "true", "对"))
_NO = frozenset(("0", "否", "不相关", "n", "no", "×", "x", "false", "错", "噪声"))
_Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval (Wilson; narrower when the sample is much of the whole).

    Attributes:
        hits, of: the share is hits / of.
        value, low, high: in 0 … 1.
        whole: how many the `of` were drawn from.
    """

    hits: int
    of: int
    value: float
    low: float
    high: float
    whole: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A sample read back.

    Attributes:
        precision: 查准率 of the selection; None when nothing was judged.
        relevant, noise: keys, as judged.
        unjudged: rows without a judgement.
        unclear: (row, text) of judgements that are neither yes nor no.
    """

    precision: Share | None
    relevant: tuple[str, ...]
    noise: tuple[str, ...]
    unjudged: int
    unclear: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Recall:
    """查全率 by a list of known numbers.

    Attributes:
        share: found of those that the library has; None when it has none of them.
        missed: numbers that the library has and the selection does not.
        unknown: numbers that the library does not have.
    """

    share: Share | None
    missed: tuple[str, ...]
    unknown: tuple[str, ...]


def draw(selection: Selection, size: int, *, seed: int = 0) -> list[int]:
    """Draw rows of a selection, each equally likely, ascending.

    Args:
        selection: where from.
        size: how many; all when the selection has fewer.
        seed: the same seed draws the same rows.

    Raises:
        InputError: size < 1, or the selection is empty.
    """
    if size < 1:
        raise InputError("sample-size-too-small", size=size)
    if not selection:
        raise InputError("sample-selection-empty")
    rows = selection.array()
    chosen = np.random.default_rng(seed).choice(rows, size=min(size, len(rows)), replace=False)
    return sorted(int(row) for row in chosen)


def write_sample(
    path: Path,
    selection: Selection,
    rows: Sequence[int],
    describe: Callable[[int], Sequence[str]],
    *,
    seed: int = 0,
) -> None:
    """Write a sample as xlsx with an empty column 判断 (1 or 是: relevant; 0 or 否: noise).

    Args:
        path: the file.
        selection: what was drawn from.
        rows: drawn rows.
        describe: row → key, publication number, title, abstract, applicants, IPC.
        seed: that the rows were drawn with.
    """
    about: list[tuple[str, str | int]] = [
        ("检索式", selection.text),
        ("命中数", selection.count),
        ("抽样数", len(rows)),
        ("随机种子", seed),
        ("快照", selection.snapshot),
        ("用法", text("sample-sheet-use")),
    ]
    head = ("判断", "key", "公开(公告)号", "标题", "摘要", "申请人", "IPC")
    lines = [("", *describe(row)) for row in rows]
    write_sheet(path, about, "抽样", head, lines, (8, 18, 18, 40, 100, 30, 24))


def read_sample(path: Path, *, whole: int | None = None) -> Judged:
    """Read a judged sample back.

    Args:
        path: the xlsx, or a csv of it.
        whole: patents of the selection; None takes the number on the first sheet, when it is there.

    Raises:
        UnreadableFileError: it has no columns of numbers and judgements.
    """
    relevant, noise, unclear, unjudged = [], [], [], 0
    for row in read_rows(path, [NUMBER_HEADERS, JUDGEMENT_HEADERS]):
        key, verdict = row.first(("key", *NUMBER_HEADERS)), row.first(JUDGEMENT_HEADERS).strip().lower()
        if verdict in _YES:
            relevant.append(key)
        elif verdict in _NO:
            noise.append(key)
        elif verdict:
            unclear.append((row.row, verdict))
        else:
            unjudged += 1
    judged = len(relevant) + len(noise)
    size = _whole_of(path) if whole is None else whole
    precision = share(len(relevant), judged, size or judged) if judged else None
    return Judged(precision, tuple(relevant), tuple(noise), unjudged, tuple(unclear))


def recall(selection: Selection, numbers: Iterable[str], find: Callable[[str], Sequence[int]]) -> Recall:
    """How many known patents a selection finds.

    Args:
        selection: what is measured.
        numbers: known relevant patents, in any spelling.
        find: number → rows of the snapshot that bear it.
    """
    known = {number: find(number) for number in dict.fromkeys(numbers)}
    unknown = tuple(number for number, rows in known.items() if not rows)
    found_by = {number: any(row in selection for row in rows) for number, rows in known.items() if rows}
    missed = tuple(number for number, found in found_by.items() if not found)
    here = len(found_by)
    of_known = share(here - len(missed), here, here) if here else None
    return Recall(of_known, missed, unknown)


def share(hits: int, of: int, whole: int) -> Share:
    """A share of a sample with its 95 % interval.

    Source: Wilson (1927); the sample size is enlarged by the finite population correction
    (whole − 1) / (whole − of), so that a judged whole has no interval left.

    Raises:
        ValueError: not 0 <= hits <= of, or of < 1.
    """
    if of < 1 or not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} is no share")
    value = hits / of
    if of >= whole:
        return Share(hits, of, value, value, value, max(whole, of))
    size = of * (whole - 1) / (whole - of)
    spread = _Z95**2 / size
    middle = (value + spread / 2) / (1 + spread)
    half = _Z95 / (1 + spread) * math.sqrt(value * (1 - value) / size + spread / (4 * size))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Share(hits, of, value, min(low, value), max(high, value), whole)


def _whole_of(path: Path) -> int | None:
    """The 命中数 on the first sheet."""
    rows = read_rows(path, [("项目",), ("内容",)]) if path.suffix.lower() == ".xlsx" else []
    stated = next((row.cells["内容"] for row in rows if row.cells.get("项目") == "命中数"), "")
    return int(stated) if stated.isdigit() else None
