"""Columns of an export: the fields of the record, under their own names, as cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date

import msgspec

from library.columns import COLUMNS
from patents.errors import InputError
from patents.record import PatentRecord

Value = str | int | date | tuple[str, ...] | None

_STRUCTURED = ("events", "cites", "industries", "portal_values", "raw")
_LABELS = {
    "description": "说明书",
    "region_code": "国省代码",
    "events": "法律事件(JSON)",
    "cites": "引证专利(JSON)",
    "npl": "非专利引用",
    "npl_count": "非专利引用数",
    "parent_application": "分案原申请号",
    "industries": "产业分类(JSON)",
    "portal_values": "来源平台字段(JSON)",
    "raw": "未识别字段(JSON)",
}
_WIDTHS = {"title": 44, "abstract": 80, "first_claim": 60, "claims": 60, "applicants": 36, "ipc": 30}
#: A row cannot be read again without the first, and status is read as a whole.
_ALWAYS = ("publication_number", "application_number", "title")
_STATUS = ("legal_state", "legal_text", "lapse_reason", "lapse_date")
_LEFT_OUT = ("reader",)
_ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column.

    Attributes:
        name: field of the record, and header in the file.
        label: its Chinese name.
        width: of the column in a spreadsheet, in characters.
        value: of a record.
    """

    name: str
    label: str
    width: int
    value: Callable[[PatentRecord], Value]


def _columns() -> dict[str, ExportColumn]:
    labels = {column.name: column.label for column in COLUMNS} | _LABELS
    names = [field.name for field in fields(PatentRecord) if field.name not in _LEFT_OUT]
    return {
        name: ExportColumn(name, labels.get(name, name), _WIDTHS.get(name, 16), _reader(name))
        for name in names
    }


def _reader(name: str) -> Callable[[PatentRecord], Value]:
    if name in _STRUCTURED:
        return lambda record: _encoded(getattr(record, name))
    return lambda record: getattr(record, name)


def _encoded(value: object) -> str:
    return _ENCODER.encode(value).decode("utf-8") if value else ""


_BY_NAME = _columns()
#: Every field: nothing of the library is lost.
FULL: tuple[str, ...] = tuple(_BY_NAME)
#: What a reader wants to see.
COMPACT: tuple[str, ...] = (
    "publication_number",
    "application_number",
    "title",
    "abstract",
    "applicants",
    "inventors",
    "filing_date",
    "publication_date",
    "grant_date",
    "patent_type",
    "ipc_main",
    "ipc",
    "legal_state",
    "legal_text",
    "lapse_reason",
    "province",
    "city",
)


def export_columns(names: Iterable[str] = COMPACT) -> tuple[ExportColumn, ...]:
    """Columns by name; those without which a row would not be read again as it is are added.

    Raises:
        InputError: a name is no field of a record.
    """
    chosen = list(dict.fromkeys(names))
    unknown = [name for name in chosen if name not in _BY_NAME]
    if unknown:
        raise InputError("export-column-unknown", column=unknown[0], names=", ".join(FULL))
    needed = [name for name in _ALWAYS if name not in chosen]
    if any(name in chosen for name in _STATUS):
        chosen += [name for name in _STATUS if name not in chosen]
    return tuple(_BY_NAME[name] for name in [*needed, *chosen])
