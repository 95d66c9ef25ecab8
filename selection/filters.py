"""The short options of the command line and the service, as one 检索式.

They are an abbreviation and nothing else: whatever a filter can say is said in the query language,
so that a report prints one text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from selection.language import parse
from selection.selection import joined_text

DateField = Literal["AD", "PD", "GRANT-DATE"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Short options; values of one option are alternatives, options narrow each other.

    Attributes:
        industry: names or codes, with or without the scheme (`sei:新材料产业`).
        ipc: prefixes of any classification, `H01M` or `H01M10/0525`.
        date_from, date_to: first and last day of `date_field`, both included.
        date_field: AD filing, PD first publication, GRANT-DATE grant.
        applicant: runs of characters of an applicant's name.
        region: provinces, cities or counties.
        patent_type: 发明, 实用新型, 外观设计.
        legal_state: 有效, 失效, 审中, 未知.
        theme: ids or names of themes.
        tag: tags put on by the user (标引).
        where: a 检索式 in either dialect, that narrows the rest.
    """

    industry: tuple[str, ...] = ()
    ipc: tuple[str, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    date_field: DateField = "PD"
    applicant: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    patent_type: tuple[str, ...] = ()
    legal_state: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    where: str = ""

    def to_query(self) -> str:
        """The 检索式 that these options abbreviate; `*` (every patent) when none is set.

        Raises:
            QueryError: `where` or a value is wrong.
        """
        parts = [
            _any_of(["INDUSTRY"], self.industry),
            _any_of(["IPC"], self.ipc),
            _between(self.date_field, self.date_from, self.date_to),
            _any_of(["AP"], self.applicant),
            _any_of(["PROVINCE", "CITY", "COUNTY"], self.region),
            _any_of(["PT"], self.patent_type),
            _any_of(["STATUS"], self.legal_state),
            _any_of(["THEME"], self.theme),
            _any_of(["TAG"], self.tag),
        ]
        text = " and ".join(part for part in parts if part)
        if self.where.strip():
            where = parse(self.where).canonical
            text = joined_text(text, "and", where) if text else where
        return parse(text or "*", dialect="incopat").canonical


def _any_of(fields: Iterable[str], values: tuple[str, ...]) -> str:
    """`(F="a" or F="b" or G="a" …)`, empty without values."""
    leaves = [f"{field}={quote(value)}" for field in fields for value in values]
    return f"({' or '.join(leaves)})" if leaves else ""


def _between(field: str, low: date | None, high: date | None) -> str:
    if low and high:
        return f"{field}=[{low:%Y%m%d} to {high:%Y%m%d}]"
    if low:
        return f"({field}>={low:%Y%m%d})"
    return f"({field}<={high:%Y%m%d})" if high else ""


def quote(value: str) -> str:
    """A value between double quotes, its own quotes and backslashes escaped."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
