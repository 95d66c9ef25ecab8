"""WIPO's 35 fields of technology and the IPC symbols that belong to each.

Source: U. Schmoch, Concept of a Technology Classification for Country Comparisons, report to WIPO,
2008, table 2 (the IPC-Technology Concordance). What the IPC gained since then is listed apart
(`added`), placed by us. Per symbol the longest pattern decides, which is how the table's "not"
(G06 not G06Q, G01N not G01N33, A61K not A61K8) is meant; its exclusion of documents that *also*
carry A61K from fields 14 and 15 is not applied, as in WIPO's own statistics by symbol.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from patents.tables.files import DATA

_GROUP = re.compile(r"[A-H]\d\d[A-Z]\d{1,4}")


@dataclass(frozen=True, slots=True)
class WipoSector:
    """One of the five sectors: code `I` … `V`."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class WipoField:
    """One of the 35 fields.

    Attributes:
        number: 1 … 35.
        name: the name that CNIPA's publications use.
        sector: code of its sector.
        ipc: patterns of the official table: class, subclass or main group (`A61K8`).
        added: patterns for later editions of the IPC, placed by us.
    """

    number: int
    name: str
    name_en: str
    sector: str
    ipc: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Document:
    sectors: tuple[WipoSector, ...]
    fields: tuple[WipoField, ...]


def wipo_sectors() -> tuple[WipoSector, ...]:
    """Return the five sectors."""
    return _document().sectors


def wipo_fields() -> tuple[WipoField, ...]:
    """Return the 35 fields in their official order."""
    return _document().fields


@lru_cache(maxsize=65536)
def wipo_field(symbol: str) -> WipoField | None:
    """Return the field of an IPC symbol (`A61K8/19`), by the longest pattern; None outside the table."""
    patterns = _patterns()
    group = _GROUP.match(symbol)
    for key in (group.group() if group else "", symbol[:4], symbol[:3]):
        if key in patterns:
            return patterns[key]
    return None


@lru_cache(maxsize=1)
def _patterns() -> dict[str, WipoField]:
    return {pattern: field for field in wipo_fields() for pattern in (*field.ipc, *field.added)}


@lru_cache(maxsize=1)
def _document() -> _Document:
    return msgspec.json.decode((DATA / "wipo_fields.json").read_bytes(), type=_Document)
