"""Records and their as-of dates as text, the way the store keeps them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from hashlib import blake2b
from operator import attrgetter

import msgspec

from patents.record import PatentRecord

_FIELDS = fields(PatentRecord)
_NAMES = tuple(field.name for field in _FIELDS)
_DEFAULTS = tuple(None if field.default is MISSING else field.default for field in _FIELDS)
_VALUES = attrgetter(*_NAMES)
_ENCODER = msgspec.json.Encoder()
_RECORDS = msgspec.json.Decoder(PatentRecord)
_AS_OF = msgspec.json.Decoder(dict[str, list[str]])


def encode_record(record: PatentRecord) -> str:
    """Write a record as JSON, leaving out what is absent.

    Raises:
        UnicodeEncodeError: a text holds half of a surrogate pair.
    """
    present = {
        name: value
        for name, value, default in zip(_NAMES, _VALUES(record), _DEFAULTS, strict=True)
        if value != default
    }
    return _ENCODER.encode(present).decode("utf-8")


def decode_record(text: str) -> PatentRecord:
    """Read a record that `encode_record` wrote."""
    return _RECORDS.decode(text)


def digest_of(text: str) -> str:
    """Hash an encoded record: 32 hexadecimal digits."""
    return blake2b(text.encode("utf-8"), digest_size=16).hexdigest()


def encode_as_of(as_of: Mapping[str, date]) -> str:
    """Write the as-of date of each field, grouped by date.

    `{"2024-05-01": ["abstract", "title"]}`: most records have one date or two, so the text stays short.
    """
    groups: dict[str, list[str]] = {}
    for name in sorted(as_of):
        groups.setdefault(as_of[name].isoformat(), []).append(name)
    return _ENCODER.encode(groups).decode("utf-8")


def decode_as_of(text: str) -> dict[str, date]:
    """Read the dates that `encode_as_of` wrote."""
    return {name: date.fromisoformat(day) for day, names in _AS_OF.decode(text).items() for name in names}


def encode_counts(counts: Mapping[str, int]) -> str:
    """Write counts as JSON in the order given."""
    return _ENCODER.encode(dict(counts)).decode("utf-8")


def decode_counts(text: str) -> Counter[str]:
    """Read counts that `encode_counts` wrote."""
    return Counter(msgspec.json.decode(text, type=dict[str, int]))
