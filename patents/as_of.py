"""As-of dates: from when the knowledge of each field is.

One import has one date (检索截止日), so a record carries one base date and names only the fields that
are older. Both classes go through msgspec as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from patents.record import PatentRecord


@dataclass(frozen=True, slots=True)
class AsOf:
    """Dates of a record's fields.

    Attributes:
        base: date of every field that is not named in `fields`.
        fields: older dates by field name; of 产业, portal values and raw columns by
            `raw:<column name>`. An empty field named here was stated to be empty at that date.
        grant_text: text fields whose wording is the granted one, while others still have the
            application's; ("*",) where that is all of them.
    """

    base: date
    fields: Mapping[str, date] = field(default_factory=dict)
    grant_text: tuple[str, ...] = ()

    def of(self, name: str) -> date:
        """Date of one field."""
        return self.fields.get(name, self.base)


class Dated(NamedTuple):
    """A record and from when its fields are."""

    record: PatentRecord
    as_of: AsOf
