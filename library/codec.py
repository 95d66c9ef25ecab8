"""Records and their as-of dates as text, the way the store keeps them."""

from __future__ import annotations

from dataclasses import MISSING, fields
from hashlib import blake2b
from operator import attrgetter

import msgspec

from patents.as_of import AsOf
from patents.errors import DamagedStoreError
from patents.merge import record_key
from patents.record import PatentRecord

_FIELDS = fields(PatentRecord)
_NAMES = tuple(field.name for field in _FIELDS)
_DEFAULTS = tuple(None if field.default is MISSING else field.default for field in _FIELDS)
_VALUES = attrgetter(*_NAMES)
_ENCODER = msgspec.json.Encoder()
_RECORDS = msgspec.json.Decoder(PatentRecord)
_AS_OF = msgspec.json.Decoder(AsOf)


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


def decode_stored(key: object, text: object, digest: object) -> PatentRecord:
    """Read a record as the store has it; of a damaged SQLite these may be anything.

    Raises:
        DamagedStoreError: it is not what was stored under this key.
    """
    if isinstance(text, str) and digest_of(text) == digest:
        record = _RECORDS.decode(text)
        if record_key(record) == key:
            return record
    raise DamagedStoreError("record-damaged", key=key)


def digest_of(text: str) -> str:
    """Hash an encoded record: 32 hexadecimal digits."""
    return blake2b(text.encode("utf-8"), digest_size=16).hexdigest()


def encode_as_of(as_of: AsOf) -> str:
    """Write as-of dates as JSON, leaving out what is empty: `{"base":"2024-05-01"}`."""
    present: dict[str, object] = {"base": as_of.base}
    if as_of.fields:
        present["fields"] = dict(sorted(as_of.fields.items()))
    if as_of.grant_text:
        present["grant_text"] = as_of.grant_text
    if as_of.standing is not None:
        present["standing"] = as_of.standing
    if as_of.standings:
        present["standings"] = dict(sorted(as_of.standings.items()))
    if as_of.beside:
        present["beside"] = dict(sorted(as_of.beside.items()))
    return _ENCODER.encode(present).decode("utf-8")


def decode_as_of(text: str) -> AsOf:
    """Read the dates that `encode_as_of` wrote."""
    return _AS_OF.decode(text)
