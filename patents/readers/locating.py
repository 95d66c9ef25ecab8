"""Where the headers of a table stand, whose export it is, and what is done with each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import NamedTuple

from patents.dates import parse_date
from patents.errors import DateError, UnknownFormatError
from patents.readers.cells import as_text
from patents.readers.draft import Bound
from patents.readers.evidence import Evidence
from patents.readers.fields import FIELDS, LIST_FIELDS
from patents.readers.files.table import Table, TableRow
from patents.readers.headers import normalise_header, numbered_base, trim_headers, unique_headers
from patents.readers.mapping import NUMBER_FIELDS, ColumnMapping, MappedColumn
from patents.readers.portal import Column, Portal
from patents.readers.portals.all import PORTALS, described, known_headers
from patents.readers.portals.common import GENERIC

SEARCHED_ROWS = 30
"""First rows looked through for the headers: titles, search URLs and query texts stand above them."""

_NUMBER_FIELDS = frozenset({*NUMBER_FIELDS, "dossier_number"})
_DATED = re.compile(
    r"(?:检索|导出|截止|截至|下载|查询|数据|更新|export|retriev|search)[^\d]{0,16}(\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{8})",
    re.IGNORECASE,
)


class Days(NamedTuple):
    """Whether bare numbers in date columns are spreadsheet days, and whether these count from 1904."""

    excel: bool
    from_1904: bool


@dataclass(frozen=True, slots=True)
class Located:
    """A table whose headers were found.

    Attributes:
        table: the table.
        format: name of the portal, or of the mapping.
        header_row: number of the header row; 0 where the file itself names its columns.
        columns: headers as written, made unique.
        bound: what is done with each column, in order of rank.
        unread: columns that are not understood; their cells go to `raw`.
        as_of: day on which the export was made, where a row above the headers tells it.
        above: text of the rows above the headers, which are not read.
        evidence: what the rows say together.
    """

    table: Table
    format: str
    header_row: int
    columns: tuple[str, ...]
    bound: tuple[Bound, ...]
    unread: tuple[str, ...]
    evidence: Evidence
    as_of: date | None = None
    above: str = ""


def locate(table: Table, mapping: ColumnMapping | None, *, excel: bool, where: str) -> Located:
    """Find the headers of a table and bind its columns.

    Args:
        table: the table.
        mapping: the user's description, which then alone counts.
        excel: bare numbers in date columns are spreadsheet days.
        where: file and sheet, for messages.

    Raises:
        UnknownFormatError: no row has headers that are known.
        MappingError: the mapping names columns that the table has not.
    """
    days = Days(excel, table.from_1904)
    first = list(islice(table.read(), SEARCHED_ROWS)) if table.header is None else []
    header_row, headers = _header_row(table, first, mapping)
    columns = unique_headers(headers)
    if mapping is not None:
        mapping.require(columns, where)
        name, office, bound = mapping.name, None, _bind_mapping(headers, columns, mapping, days)
    else:
        portal = _portal_of(headers, where)
        name, office, bound = portal.name, portal.office, _bind_portal(headers, columns, portal, days)
    unread = tuple(column.column for column in sorted(bound, key=_position) if column.field == "unread")
    above = " ".join(
        filter(None, (as_text(cell) for row in first if row.number < header_row for cell in row.cells))
    )
    evidence = Evidence(table, header_row, bound, office)
    as_of = _as_of(first, header_row)
    return Located(table, name, header_row, columns, bound, unread, evidence, as_of, above)


def _position(bound: Bound) -> int:
    return bound.position


def _header_row(
    table: Table, first: Sequence[TableRow], mapping: ColumnMapping | None
) -> tuple[int, Sequence[str]]:
    if table.header is not None:
        return 0, table.header
    if mapping is not None and mapping.header_row is not None:
        chosen = next((row for row in first if row.number == mapping.header_row), None)
    else:
        wanted = mapping.headers() if mapping is not None else known_headers()
        chosen = max(first, key=lambda row: _known(row, wanted), default=None)
    if chosen is None:
        return 0, ()
    return chosen.number, trim_headers([as_text(cell) for cell in chosen.cells])


def _known(row: TableRow, wanted: frozenset[str]) -> int:
    """How many different known headers a row holds."""
    return len({normalise_header(as_text(cell)) for cell in row.cells if cell and len(cell) < 60} & wanted)


def _portal_of(headers: Sequence[str], where: str) -> Portal:
    normal = frozenset(normalise_header(header) for header in headers if header)
    for portal in PORTALS:
        if portal.is_marked(headers):
            return portal
    found = [column.field for column in (_common_column(header) for header in normal) if column]
    if len(found) > 1 and _NUMBER_FIELDS.intersection(found):
        return GENERIC
    if len(found) > 1:
        raise UnknownFormatError("headers-without-number", where=where, headers=_listed(headers))
    if normal:
        raise UnknownFormatError("headers-unknown", where=where, headers=_listed(headers))
    raise UnknownFormatError("headers-missing", where=where)


def _listed(headers: Sequence[str]) -> str:
    return ", ".join(header for header in headers if header)[:300]


def _common_column(header: str) -> MappedColumn | None:
    found = GENERIC.by_header.get(header)
    return MappedColumn(found[1].field, found[1].headers) if found else None


def _bind_portal(
    headers: Sequence[str], columns: tuple[str, ...], portal: Portal, days: Days
) -> tuple[Bound, ...]:
    ranked: list[tuple[int, Bound]] = []
    normal = [normalise_header(header) for header in headers]
    for position, (header, column) in enumerate(zip(normal, columns, strict=True)):
        rank, target, series = _target(portal, header, normal)
        if target is None:
            field = "unread" if header else "unnamed"
            ranked.append((len(ranked) + 10_000, _bound(position, column, field, days=days)))
        else:
            separators = target.separators
            ranked.append(
                (rank, _bound(position, column, target.field, separators, days=days, series=series))
            )
    return tuple(bound for _, bound in sorted(ranked, key=lambda pair: (pair[0], pair[1].position)))


def _target(portal: Portal, header: str, headers: Sequence[str]) -> tuple[int, Column | None, str]:
    """Rank, target and series of a column: 申请人2 and a second 申请人 go where the first one goes."""
    found = described(portal, header) if header else None
    if found is not None:
        is_series = found[1].field in LIST_FIELDS
        return found[0], found[1], header if is_series else ""
    base = numbered_base(header)
    found = described(portal, base) if base else None
    if found is None or found[1].field not in LIST_FIELDS:
        return 0, None, ""
    return found[0], found[1], base


def _bind_mapping(
    headers: Sequence[str], columns: tuple[str, ...], mapping: ColumnMapping, days: Days
) -> tuple[Bound, ...]:
    targets = _mapped_targets(mapping)
    bound: list[tuple[int, Bound]] = []
    for position, (header, column) in enumerate(zip(headers, columns, strict=True)):
        named = targets.get(normalise_header(header)) or targets.get(normalise_header(column))
        for rank, target in named or [(10_000, MappedColumn("unread" if header else "unnamed", ()))]:
            separators = target.separators or mapping.separators
            bound.append(
                (rank, _bound(position, column, target.field, separators, target.date_format, days=days))
            )
    return tuple(each for _, each in sorted(bound, key=lambda pair: (pair[0], pair[1].position)))


def _mapped_targets(mapping: ColumnMapping) -> dict[str, list[tuple[int, MappedColumn]]]:
    """Normalised header → (rank, target); one column may feed several targets."""
    extra = [MappedColumn("row_number", mapping.ignore), MappedColumn("portal_value", mapping.portal_values)]
    targets: dict[str, list[tuple[int, MappedColumn]]] = {}
    for target in (*mapping.columns, *extra):
        for header in target.columns:
            targets.setdefault(normalise_header(header), []).append((len(targets), target))
    return targets


def _bound(
    position: int,
    column: str,
    field: str,
    separators: str = "",
    date_format: str = "",
    *,
    days: Days,
    series: str = "",
) -> Bound:
    convert = FIELDS[field].convert
    return Bound(position, column, field, convert, separators, date_format, *days, series)


def _as_of(first: Sequence[TableRow], header_row: int) -> date | None:
    """The day that a line above the headers gives for the search or export."""
    for row in first:
        if row.number >= header_row:
            break
        found = _DATED.search(" ".join(as_text(cell) for cell in row.cells))
        if found:
            try:
                return parse_date(found[1])
            except DateError:
                continue
    return None
