"""Patents of a selection as files: xlsx, csv, JSON lines, parquet; Patlas reads them again without change."""

from selection.exports.columns import COMPACT, FULL, ExportColumn, export_columns
from selection.exports.writing import ExportAbout, export_records, require_kind

__all__ = [
    "COMPACT",
    "FULL",
    "ExportAbout",
    "ExportColumn",
    "export_columns",
    "export_records",
    "require_kind",
]
