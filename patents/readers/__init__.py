"""Reading what users hold: exports of patent portals, crawls, and tables described by a mapping file.

export = open_export(path)
for row in export:
    match row:
        case RowRead(record=record, warnings=warnings): ...
        case RowRejected(findings=findings): ...
"""

from __future__ import annotations

from patents.readers.export import Export, open_export
from patents.readers.mapping import ColumnMapping, MappedColumn, load_mapping, parse_mapping
from patents.readers.portals.all import FORMATS
from patents.readers.results import Finding, RowRead, RowRejected

__all__ = [
    "FORMATS",
    "ColumnMapping",
    "Export",
    "Finding",
    "MappedColumn",
    "RowRead",
    "RowRejected",
    "load_mapping",
    "open_export",
    "parse_mapping",
]
