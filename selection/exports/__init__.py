"""Patents of a selection as files: xlsx, csv, JSON lines, parquet; Patlas reads them again without change."""

from selection.exports.columns import COMPACT, FULL, ExportColumn, export_columns
from selection.exports.writing import KINDS, ExportAbout, export_records

__all__ = [
    "COMPACT",
    "FULL",
    "KINDS",
    "ExportAbout",
    "ExportColumn",
    "export_columns",
    "export_records",
]
