"""One patent, as it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from patents.record import PatentRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class PatentAnswer:
    """One patent: what the exports said, and what Patlas derived from it."""

    record: PatentRecord
    filing_year: Annotated[int | None, Field(description="from the filing date, else from the number")]
    filing_year_derived: bool
    province: str | None
    city: str | None
    county: str | None
    applicant_kinds: list[str]
    industries: list[str]
    themes: list[str]
