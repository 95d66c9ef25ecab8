"""Cells as text: what spreadsheets, csv and JSON hold becomes str, or a tuple of str for lists."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import msgspec

from patents.half_width import EMPTY_MARKS, fold, is_empty_mark

Cell = str | tuple[str, ...]
"""A cell after cleaning: text, or the items of a list column (parquet, JSON). Empty: "" or ()."""

_LONGEST_MARK = max(map(len, EMPTY_MARKS))
# Control characters, byte-order marks, zero-width characters; tab and line ends stay.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200d\u2060\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS = tuple("='ʼ‘’`´＇")
_QUOTES = "'’`´＇"
_GUARDED = re.compile(r'="(.*)"', re.DOTALL)
_HYPERLINK = re.compile(
    r'=HYPERLINK\(\s*"(?:[^"]|"")*"\s*[,;]\s*"((?:[^"]|"")*)"\s*\)', re.IGNORECASE | re.DOTALL
)


def clean_cell(value: object) -> Cell:
    """Any cell value as clean text.

    Numbers keep every digit (201710601862.3, 2.0 → "2"), dates become ISO, control characters go,
    `="…"` and `=HYPERLINK(…)` give what they show, lists become tuples, nested objects JSON.

    Args:
        value: str, number, date, bool, None, or a list or dict of them.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list | tuple):
        return _clean_list(value)
    return clean_text(_scalar_text(value))


def clean_text(text: str) -> str:
    """Text without control and zero-width characters and outer white space; "" for "-", "NULL" …."""
    if not text.isprintable():
        text = _printable(text)
    text = text.strip()
    if text.startswith(_MARKS):
        text = formula_text(text) if text[0] == "=" else _without_text_mark(text)
    return "" if len(text) <= _LONGEST_MARK and (not text or _is_mark(text)) else text


@lru_cache(maxsize=8192)
def _is_mark(text: str) -> bool:
    return is_empty_mark(fold(text))


def _without_text_mark(text: str) -> str:
    """The text without an apostrophe that only made the cell text; one of a pair of quotes stays."""
    rest = text[1:]
    return text if any(mark in rest for mark in _QUOTES) else rest.lstrip()


def formula_text(formula: str) -> str:
    """What a formula shows when that can be told from its text, else the formula itself."""
    formula = formula.strip()
    guarded = _GUARDED.fullmatch(formula) or _HYPERLINK.fullmatch(formula)
    return guarded.group(1).replace('""', '"') if guarded else formula


def as_text(cell: Cell) -> str:
    """The cell as one text; the items of a list are joined by "; "."""
    return cell if isinstance(cell, str) else "; ".join(cell)


def as_items(cell: Cell, separators: str) -> tuple[str, ...]:
    """The items of a cell: a list as it is, a text split at any of the separators and line ends.

    Args:
        cell: clean cell.
        separators: characters, each of which separates items.
    """
    if not isinstance(cell, str):
        return cell
    parts = _splitter(separators).split(cell)
    return tuple(part for part in (clean_text(part) for part in parts) if part)


@lru_cache(maxsize=256)
def _splitter(separators: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(separators)}\n\r]")


def is_blank(cells: Sequence[Cell]) -> bool:
    """Whether no cell of the row holds anything."""
    return not any(cells)


def _printable(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _UNWANTED.sub("", text))


def _clean_list(values: Sequence[object]) -> Cell:
    if any(isinstance(value, dict) for value in values):
        return _json_text(values)
    items = (as_text(clean_cell(value)) for value in values)
    return tuple(item for item in items if item)


def _scalar_text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int | timedelta):
        return str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return _json_text(value)


def _float_text(value: float) -> str:
    """Every digit and no exponent: 201710601862.3, and 2 for 2.0."""
    if not math.isfinite(value):
        return ""
    if value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    return repr(value)


def _json_text(value: object) -> str:
    try:
        return msgspec.json.encode(value, enc_hook=str).decode()
    except (TypeError, ValueError):
        return str(value)
