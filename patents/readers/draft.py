"""A record being put together from the cells of one row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple, Protocol, TypeGuard

from patents.dates import DayOrder, parse_date
from patents.errors import DateError
from patents.messages import Message
from patents.numbers import ApplicationNumber, PublicationNumber
from patents.readers.cells import Cell, as_text
from patents.readers.results import Finding, shown
from patents.record import Citation, EventKind, LegalEvent

FieldValue = (
    str
    | int
    | date
    | tuple[str, ...]
    | tuple[LegalEvent, ...]
    | tuple[Citation, ...]
    | tuple[tuple[str, str], ...]
    | None
)
"""What a field of a `PatentRecord` may hold."""


SEPARATORS = ";；|"
"""What separates several values in one cell with most portals."""


class Candidate(NamedTuple):
    """One of several texts for the same field (标题 and 标题 (英文)), with the column it stood in."""

    column: str
    text: str


def _is_list(value: FieldValue) -> TypeGuard[tuple[str, ...]]:
    return isinstance(value, tuple) and all(isinstance(item, str) for item in value)


class TableEvidence(Protocol):
    """What the rows of a table say together; see `patents.readers.evidence`."""

    office: str | None

    @property
    def has_foreign_rows(self) -> bool:
        """Whether any row states an office other than China's."""

    def day_order(self, position: int) -> DayOrder | None:
        """Whether the days stand first or second in a column's dates."""


class BareNumber(NamedTuple):
    """A number without the code of its office, which the whole row is needed to read."""

    bound: Bound
    text: str
    sort: Literal["application", "publication"]


@dataclass(slots=True)
class EventParts:
    """Columns that together tell one kind of legal event: dates and parties, side by side."""

    dates: tuple[date, ...] = ()
    parties_from: tuple[str, ...] = ()
    parties_to: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """What is known of a row so far. Converters fill it; `patents.readers.finishing` makes the record.

    Attributes:
        row: the row as the user sees it.
        values: fields of the record that are settled.
        texts: candidates for text fields, in order of rank.
        application: the application number, when one parsed.
        numbers: publication numbers by target (publication, first publication, grant).
        dates: publication dates by the same targets.
        events: legal events so far, each once.
        event_parts: pieces of transfers, licences and pledges from separate columns.
        industries: (scheme, code or name) as keys, in order.
        statuses: wording of the legal status by target (simple, detailed), as (column, text).
        hints: what helps to settle other fields, by target, as (column, text).
        raw: columns not understood and values that could not be taken, as (column, text).
        portal_values: what only this portal knows, as (column, text).
        warnings: findings so far.
        settled: fields that our own export gives as they are to be.
        number_findings: findings about numbers; the reasons when no number is left.
        bare: numbers without their office.
        evidence: what the rows of the table say together.
        series: the series of columns that filled a field.
    """

    row: int
    values: dict[str, FieldValue] = field(default_factory=dict)
    texts: dict[str, list[Candidate]] = field(default_factory=dict)
    numbers: dict[str, list[PublicationNumber]] = field(default_factory=dict)
    application: ApplicationNumber | None = None
    events: list[LegalEvent] = field(default_factory=list)
    event_parts: dict[EventKind, EventParts] = field(default_factory=dict)
    industries: dict[tuple[str, str], None] = field(default_factory=dict)
    statuses: dict[str, Candidate] = field(default_factory=dict)
    hints: dict[str, Candidate] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)
    raw: list[tuple[str, str]] = field(default_factory=list)
    portal_values: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    settled: dict[str, FieldValue] = field(default_factory=dict)
    number_findings: list[Finding] = field(default_factory=list)
    bare: list[BareNumber] = field(default_factory=list)
    evidence: TableEvidence | None = None
    series: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, value: FieldValue, bound: Bound, cell: Cell) -> None:
        """Settle a field; when an earlier column did, a different text is kept beside the record.

        Columns of one series (发明人1, 发明人2) fill a field of several values together.
        """
        if name not in self.values:
            self.values[name] = value
            if bound.series:
                self.series[name] = bound.series
            return
        known = self.values[name]
        if known == value:
            return
        if bound.series and self.series.get(name) == bound.series and _is_list(known) and _is_list(value):
            self.values[name] = tuple(dict.fromkeys((*known, *value)))
        else:
            self.portal_values.append((bound.column, as_text(cell)))

    @property
    def locarno(self) -> tuple[str, ...]:
        """Locarno classes so far."""
        found = self.values.get("locarno", ())
        return tuple(str(item) for item in found) if isinstance(found, tuple) else ()

    def day(self, name: str) -> date | None:
        """A date field so far."""
        value = self.values.get(name)
        return value if isinstance(value, date) else None

    def hint(self, name: str) -> str:
        """The text of a hint, "" where there is none."""
        return self.hints[name].text if name in self.hints else ""

    def doubt(self, column: str, cell: Cell, reason: Message) -> None:
        """A value that cannot be taken: a warning, and its text stays in `raw`."""
        text = as_text(cell)
        self.raw.append((column, text))
        self.warnings.append(Finding(self.row, column, shown(text), reason))

    def warn(self, column: str, text: str, reason: Message) -> None:
        """Something odd about a value that was taken."""
        self.warnings.append(Finding(self.row, column, shown(text), reason))


@dataclass(frozen=True, slots=True)
class Bound:
    """A column of a file bound to what is to be done with its cells.

    Attributes:
        position: 0-based place in the row.
        column: the header as written (made unique).
        field: the target, a key of `patents.readers.fields.FIELDS`.
        convert: puts a non-empty cell into the draft; raises InputError for what it cannot take.
        separators: characters that separate several values in one cell; "" where the usual ones do.
        date_format: strptime format when the mapping gives one, else "".
        excel: the file is a spreadsheet, where a bare number may be a day's serial.
        from_1904: its days count from 1904.
        series: header without its number, where several columns hold one field (申请人, 申请人2).
    """

    position: int
    column: str
    field: str
    convert: Converter
    separators: str = ""
    date_format: str = ""
    excel: bool = False
    from_1904: bool = False
    series: str = ""


Converter = Callable[[Draft, Bound, Cell], None]


def read_date(draft: Draft, text: str, bound: Bound) -> date | None:
    """A date in a column, whose other dates tell the order of day and month where its own do not.

    Raises:
        DateError: see `patents.dates.parse_date`.
    """
    try:
        return parse_date(text, excel=bound.excel, from_1904=bound.from_1904)
    except DateError as error:
        order = draft.evidence.day_order(bound.position) if draft.evidence else None
        if error.code != "date-order-ambiguous" or order is None:
            raise
        return parse_date(text, order=order)
