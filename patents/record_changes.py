"""Records that differ in a few fields from another.

`dataclasses.replace` takes 40 µs for a record of sixty fields and is called for each row of an import;
setting the slots takes 8.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from operator import attrgetter

from patents.record import PatentRecord

FIELDS = tuple(field.name for field in fields(PatentRecord))
_COMPARED = tuple(field.name for field in fields(PatentRecord) if field.compare)
_values = attrgetter(*FIELDS)
_compared_values = attrgetter(*_COMPARED)


def changed(record: PatentRecord, found: Mapping[str, object]) -> PatentRecord:
    """A copy of a record with other values in some fields.

    Raises:
        AttributeError: a name is no field.
    """
    copy = object.__new__(PatentRecord)
    put = object.__setattr__
    for name, value in zip(FIELDS, _values(record), strict=True):
        put(copy, name, value)
    for name, value in found.items():
        put(copy, name, value)
    return copy


def differences(old: PatentRecord, new: PatentRecord) -> list[tuple[str, object, object]]:
    """Fields in which two records differ, as (name, before, after); `reader` does not count."""
    triples = zip(_COMPARED, _compared_values(old), _compared_values(new), strict=True)
    return [triple for triple in triples if triple[1] != triple[2]]
