"""The record that statements come to: one value for each field, nothing that depends on their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from patents.publication_history import first_publication, granted_publication
from patents.record import PatentRecord
from patents.record_changes import changed
from patents.statements import (
    DOCUMENTS,
    PAIR_FIELDS,
    PLACES,
    PLAIN_FIELDS,
    STATUS_FIELDS,
    TEXT_FIELDS,
    Statement,
    Statements,
    better,
)

_Parts = dict[str, dict[str, Statement]]
_DEFAULTS = {field.name: field.default for field in fields(PatentRecord)}


def record_of(statements: Statements, old: PatentRecord) -> PatentRecord:
    """Make the record of a patent.

    Args:
        statements: of the patent.
        old: a record of it; gives the reader, which no row disputes, and is returned where nothing
            differs.
    """
    found = _simple_fields(statements)
    parts = _parts(statements)
    found |= _documents(parts)
    found |= _places(statements, found["province"])
    found |= {field: _pairs(parts.get(field, {})) for field in PAIR_FIELDS}
    found["ipc"] = _classes(statements, found["ipc_main"])
    differing = {name: value for name, value in found.items() if value != getattr(old, name)}
    return changed(old, differing) if differing else old


def _simple_fields(statements: Statements) -> dict[str, object]:
    return {
        name: statements[name].value if name in statements else _DEFAULTS[name]
        for name in (*PLAIN_FIELDS, *TEXT_FIELDS, *STATUS_FIELDS)
    }


def _documents(parts: _Parts) -> dict[str, object]:
    (first_number, first_day), (grant_number, grant_day) = DOCUMENTS
    first = first_publication(parts.get(first_number, {}), parts.get(first_day, {}))
    grant = granted_publication(parts.get(grant_number, {}), parts.get(grant_day, {}))
    return {
        first_number: first.number,
        first_day: first.day,
        grant_number: grant.number,
        grant_day: grant.day,
    }


def _places(statements: Statements, province: object) -> dict[str, object]:
    """City and county of the province that counts, or of rows that named none."""
    found: dict[str, object] = {}
    for name in PLACES:
        here, anywhere = statements.get(f"{name}:{province or ''}"), statements.get(f"{name}:")
        known = better(name, here, anywhere) if here and anywhere else here or anywhere
        found[name] = known.value if known else None
    return found


def _classes(statements: Statements, main: object) -> tuple[object, ...]:
    """The main class leads the list; the others count as a list of their own."""
    listed = _listed(statements["ipc"]) if "ipc" in statements else ()
    return ((main,) if main else ()) + tuple(symbol for symbol in listed if symbol != main)


def _listed(statement: Statement) -> tuple[object, ...]:
    return statement.value if isinstance(statement.value, tuple) else ()


def _pairs(columns: Mapping[str, Statement]) -> tuple[tuple[str, object], ...]:
    return tuple((name, value) for name in sorted(columns) for value in _listed(columns[name]))


def _parts(statements: Statements) -> _Parts:
    """Statements whose name has a colon: by field, then by what stands after the colon."""
    found: _Parts = {}
    for name, statement in statements.items():
        field, colon, part = name.partition(":")
        if colon:
            found.setdefault(field, {})[part] = statement
    return found
