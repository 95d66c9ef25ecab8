"""As-of dates: from when the knowledge of each field is, and from which kind of row.

One import has one date (检索截止日), so a record carries one base date and names only what differs.
Both classes go through msgspec as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from patents.record import PatentRecord


@dataclass(frozen=True, slots=True)
class AsOf:
    """Where a record's fields come from.

    Attributes:
        base: date of every field that is not named in `fields`.
        fields: older dates by field name; of 产业, portal values and raw columns by
            `raw:<column name>`. An empty field named here was stated to be empty at that date.
        grant_text: text fields whose wording is the granted one, while others still have the
            application's; ("*",) where that is all of them.
        standing: of the rows that stated most fields, see `patents.publication_history.standing`; None where
            the record's own numbers tell it.
        standings: standing of the rows that stated the other fields, by name.
        beside: what rows stated and the record does not show, such as the city of another province,
            by the names of `patents.statements`; () where a shown value is listed under another name.
    """

    base: date
    fields: Mapping[str, date] = field(default_factory=dict)
    grant_text: tuple[str, ...] = ()
    standing: int | None = None
    standings: Mapping[str, int] = field(default_factory=dict)
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, name: str) -> date:
        """Date of one field."""
        return self.fields.get(name, self.base)

    @property
    def is_uniform(self) -> bool:
        """Whether all fields are of one date and one kind of row."""
        return not (self.fields or self.standings or self.beside) and self.standing is None


class Dated(NamedTuple):
    """A record and from when its fields are."""

    record: PatentRecord
    as_of: AsOf
