"""The fields of the query language: one described table (fields.csv).

A row is one *meaning*. Its columns:

    name     canonical name; also its code in incoPat's spelling when incoPat has none
    label    what it holds, in Chinese
    kind     how values are read, see `Kind`
    incopat  codes in incoPat's reference, the first one is printed
    patsnap  codes in PatSnap's reference, the first one is printed
    source   where values come from in a snapshot, see below; empty: this library cannot answer
    needs    what would supply it, a word of `needs.py`

A source is a list of snapshot columns joined by `+`; `a|b` reads b where a is empty; `f(a)` derives
a value: count, first, length, office, type, event(kind), absent, or a scheme of industries.

Source of codes and labels: the public search helps of incoPat and PatSnap (智慧芽).
"""

from __future__ import annotations

import csv
import difflib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

Dialect = Literal["incopat", "patsnap"]
DIALECTS: tuple[Dialect, ...] = ("incopat", "patsnap")
PORTALS: dict[Dialect, str] = {"incopat": "incoPat", "patsnap": "PatSnap"}
Kind = Literal[
    "text",  # running text: runs of characters, proximity, frequency
    "name",  # short texts (names, addresses): runs of characters
    "exact",  # one of few values, compared whole
    "identifier",  # patent numbers in any spelling
    "number",
    "date",
    "month",
    "year",
    "flag",  # 1 or 0
    "class",  # classification symbols: prefixes and ranges
    "region",  # province, city, county
    "registered",  # values that other rooms put on patents: industries, themes, tags, firms
    "union",  # several fields at once
]
OWN_FIELDS = (
    "INDUSTRY",
    "THEME",
    "THEME-CORE",
    "UNPLACED",
    "TAG",
    "PROVINCE",
    "CITY",
    "COUNTY",
    "KEYWORDS",
    "LAPSE-REASON",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One meaning that a field code can have; see the module's table."""

    name: str
    label: str
    kind: Kind
    incopat: tuple[str, ...]
    patsnap: tuple[str, ...]
    source: str
    needs: str

    def codes(self, dialect: Dialect) -> tuple[str, ...]:
        """All codes that mean this field in a dialect."""
        own = (self.name,) if self.name in OWN_FIELDS else ()
        if dialect == "patsnap":
            return self.patsnap + tuple(code for code in own if code not in self.patsnap)
        return self.incopat or (self.name,)

    def code(self, dialect: Dialect) -> str | None:
        """The code that is printed; None when the dialect cannot say it."""
        codes = self.codes(dialect)
        return codes[0] if codes else None

    def known_to(self, portal: Dialect) -> bool:
        """Whether the portal itself has this field (the library reads more than either)."""
        return bool(self.incopat if portal == "incopat" else self.patsnap)


@cache
def fields() -> tuple[Field, ...]:
    """All fields in the table's order."""
    text = files("selection.language").joinpath("fields.csv").read_text(encoding="utf-8")
    return tuple(
        Field(
            name=row["name"],
            label=row["label"],
            kind=cast("Kind", row["kind"]),
            incopat=tuple(row["incopat"].split()),
            patsnap=tuple(row["patsnap"].split()),
            source=row["source"],
            needs=row["needs"],
        )
        for row in csv.DictReader(text.splitlines())
    )


@cache
def field_named(name: str) -> Field:
    """The field with a canonical name.

    Raises:
        KeyError: there is none.
    """
    return _by_name()[name]


def field_coded(code: str, dialect: Dialect) -> Field | None:
    """The field that a code means in a dialect, case ignored; None when it means none."""
    return _by_code(dialect).get(code.upper()) or _workspace_field(code, dialect)


def nearest_codes(code: str, dialect: Dialect, count: int = 3) -> list[str]:
    """Codes of the dialect that look like `code`, best first."""
    return difflib.get_close_matches(code.upper(), _by_code(dialect), n=count, cutoff=0.6)


@cache
def _by_name() -> dict[str, Field]:
    return {field.name: field for field in fields()}


@cache
def _by_code(dialect: Dialect) -> dict[str, Field]:
    return {code: field for field in fields() for code in field.codes(dialect)}


def _workspace_field(code: str, dialect: Dialect) -> Field | None:
    """PatSnap's custom fields are called CCF_ and a name of the user's."""
    if dialect == "patsnap" and code.upper().startswith("CCF_"):
        return field_named("CCF_")
    return None
