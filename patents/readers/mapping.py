"""Column-mapping files: a user's own table described as a portal is."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml

from patents.errors import MappingError
from patents.messages import Message, message
from patents.readers.fields import FIELDS
from patents.readers.headers import normalise_header

EXAMPLE = "docs/mapping.example.yaml"
NUMBER_FIELDS = (
    "application_number",
    "publication_number",
    "first_publication_number",
    "grant_number",
    "document_number",
)
"""Targets of which a table needs at least one."""

_KEYS = (
    "name",
    "sheet",
    "header_row",
    "encoding",
    "delimiter",
    "separator",
    "empty",
    "columns",
    "ignore",
    "portal_values",
)
_COLUMN_KEYS = ("column", "separator", "format")


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """Where one target comes from.

    Attributes:
        field: the target, a key of `FIELDS`.
        columns: headers in the file, the best first.
        separators: characters that separate several values; "" for the mapping's or the usual ones.
        date_format: strptime format for dates; "" for the usual spellings.
    """

    field: str
    columns: tuple[str, ...]
    separators: str = ""
    date_format: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """How to read a table that no portal wrote.

    Attributes:
        columns: what is read into what.
        name: kept as the record's `reader`.
        sheet: the only sheet to read; None for every sheet with the columns.
        header_row: 1-based row of the headers; None to find it.
        encoding: of a text file; None to detect it.
        delimiter: of a text file; None to detect it.
        separators: for targets with several values that give none of their own.
        empty: further texts that mean "nothing".
        ignore: columns that are not kept.
        portal_values: columns kept under their own names among the portal's values.
    """

    columns: tuple[MappedColumn, ...]
    name: str = "mapping"
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    separators: str = ""
    empty: frozenset[str] = frozenset()
    ignore: tuple[str, ...] = ()
    portal_values: tuple[str, ...] = ()

    def headers(self) -> frozenset[str]:
        """Normalised headers that the mapping names."""
        named = [header for column in self.columns for header in column.columns]
        return frozenset(map(normalise_header, (*named, *self.ignore, *self.portal_values)))

    def require(self, available: tuple[str, ...], where: str) -> None:
        """Check that the file has what the mapping needs.

        Raises:
            MappingError: a target none of whose columns is there, naming those that are.
        """
        present = frozenset(map(normalise_header, available))
        missing = [
            f"{column.field} ← {' or '.join(column.columns)}"
            for column in self.columns
            if not any(normalise_header(header) in present for header in column.columns)
        ]
        if missing:
            raise MappingError(
                "mapping-columns-missing",
                where=where,
                missing="; ".join(missing),
                available=", ".join(available) or "–",
            )


def load_mapping(path: Path) -> ColumnMapping:
    """Read a mapping file (YAML); docs/mapping.example.yaml explains every line.

    Raises:
        MappingError: the file is missing, no YAML, or names what does not exist; the message says what does.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError("mapping-unreadable", path=path, problem=error, example=EXAMPLE) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise MappingError(
            "mapping-not-yaml", path=path, problem=_first_line(error), example=EXAMPLE
        ) from error
    try:
        return parse_mapping(content)
    except MappingError as error:
        raise MappingError("mapping-wrong", path=path, problem=error) from error


def parse_mapping(content: object) -> ColumnMapping:
    """A mapping from what a YAML file holds.

    Raises:
        MappingError: see `load_mapping`.
    """
    top = _table(content, message("place-file"))
    _refuse_unknown(tuple(top), _KEYS)
    columns = tuple(_mapped(name, value) for name, value in _table(top.get("columns"), "columns").items())
    if not any(column.field in NUMBER_FIELDS for column in columns):
        raise MappingError("mapping-without-number", fields=", ".join(NUMBER_FIELDS))
    return ColumnMapping(
        columns=columns,
        name=_text(top.get("name"), "name") or "mapping",
        sheet=_text(top.get("sheet"), "sheet") or None,
        header_row=_row(top.get("header_row")),
        encoding=_text(top.get("encoding"), "encoding") or None,
        delimiter=_delimiter(top.get("delimiter")),
        separators=_text(top.get("separator"), "separator"),
        empty=frozenset(_texts(top.get("empty"), "empty")),
        ignore=_texts(top.get("ignore"), "ignore"),
        portal_values=_texts(top.get("portal_values"), "portal_values"),
    )


def _mapped(field: str, value: object) -> MappedColumn:
    _refuse_unknown((field,), tuple(FIELDS))
    if not isinstance(value, dict):
        return MappedColumn(field, _some(_texts(value, field), field))
    options = _table(value, field)
    _refuse_unknown(tuple(options), _COLUMN_KEYS, field)
    date_format = _text(options.get("format"), f"{field}: format")
    _check_format(date_format, field)
    return MappedColumn(
        field=field,
        columns=_some(_texts(options.get("column"), f"{field}: column"), field),
        separators=_text(options.get("separator"), f"{field}: separator"),
        date_format=date_format,
    )


def _check_format(date_format: str, field: str) -> None:
    sample = datetime(2011, 2, 3)
    try:
        fits = not date_format or datetime.strptime(sample.strftime(date_format), date_format) == sample
    except ValueError:
        fits = False
    if not fits:
        raise MappingError("mapping-date-format-wrong", field=field, format=date_format)


def _table(value: object, where: str | Message) -> dict[str, object]:
    if not isinstance(value, dict) or not value:
        raise MappingError("mapping-table-needed", where=where, example=EXAMPLE)
    return {str(key): item for key, item in value.items()}


def _texts(value: object, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(_text(item, where) for item in (value if isinstance(value, list) else [value]))


def _text(value: object, where: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    raise MappingError("mapping-text-needed", where=where, value=value, example=EXAMPLE)


def _some(texts: tuple[str, ...], field: str) -> tuple[str, ...]:
    named = tuple(text for text in texts if text.strip())
    if not named:
        raise MappingError("mapping-column-needed", field=field)
    return named


def _row(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 1):
        return value
    raise MappingError("mapping-header-row-wrong", value=value, example=EXAMPLE)


def _delimiter(value: object) -> str | None:
    text = _text(value, "delimiter").replace("\\t", "\t")
    if len(text) > 1 or text in ("\n", "\r", '"'):
        raise MappingError("mapping-delimiter-wrong", value=text)
    return text or None


def _refuse_unknown(given: tuple[str, ...], known: tuple[str, ...], under: str = "") -> None:
    for name in given:
        if name in known:
            continue
        near = difflib.get_close_matches(name, known, n=1)
        place, names = f"{under}.{name}" if under else name, ", ".join(known)
        if near:
            raise MappingError("mapping-name-misspelt", name=place, near=near[0], names=names)
        raise MappingError("mapping-name-unknown", name=place, names=names)


def _first_line(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
