"""Characters that a store cannot keep, taken out of records: NUL (PostgreSQL) and half surrogate pairs."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

import msgspec

from patents.record import PatentRecord

T = TypeVar("T")

_NAMES = tuple(field.name for field in fields(PatentRecord))
_ENCODER = msgspec.json.Encoder()
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Take out what cannot be stored."""
    return _UNSTORABLE.sub("", text)


def clean_record(record: PatentRecord) -> tuple[PatentRecord, tuple[str, ...]]:
    """Take out what cannot be stored.

    Returns:
        The record, the same object where nothing was wrong, and the names of the fields changed.
    """
    if _is_clean(record):
        return record, ()
    cleaned = _clean_dataclass(record)
    changed = [name for name in _NAMES if getattr(cleaned, name) is not getattr(record, name)]
    return cleaned, tuple(changed)


def _is_clean(record: PatentRecord) -> bool:
    """Tell it from the JSON, which C code writes: a hundred times faster than looking at each text."""
    try:
        return b"\\u0000" not in _ENCODER.encode(record)
    except UnicodeEncodeError:
        return False


def _clean(value: T) -> T:
    """Clean a text, or every text in a tuple or dataclass; the same object when all is well."""
    if isinstance(value, str):
        return cast(T, clean_text(value)) if _UNSTORABLE.search(value) else value
    if isinstance(value, tuple):
        cleaned = tuple(map(_clean, value))
        is_same = all(new is old for new, old in zip(cleaned, value, strict=True))
        return value if is_same else cast(T, cleaned)
    if is_dataclass(value) and not isinstance(value, type):
        return _clean_dataclass(value)
    return value


def _clean_dataclass(value: T) -> T:
    changed = {
        field.name: cleaned
        for field in fields(value)  # type: ignore[arg-type]
        if (cleaned := _clean(getattr(value, field.name))) is not getattr(value, field.name)
    }
    return replace(value, **changed) if changed else value  # type: ignore[type-var]
