"""The industries of every patent as an Arrow column, and how many patents each industry holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pyarrow as pa

from selection.industries.membership import Evaluate, Members, members, usable
from selection.industries.model import Scheme
from selection.industries.rows import Rows
from selection.industries.schemes import load_scheme

if TYPE_CHECKING:
    Texts = pa.ListArray[Any]


@dataclass(frozen=True, slots=True)
class IndustryCount:
    """One line of an overview.

    Attributes:
        id: `scheme:name`, the value of the column.
        scheme, name, code: of the industry; `code` is empty where it has none.
        level: 1 for the top of its scheme.
        count: patents.
        share: of all patents, in [0, 1]; shares of one level may add up to more than 1.
    """

    id: str
    scheme: str
    name: str
    code: str
    level: int
    count: int
    share: float


def membership(scheme: Scheme, table: pa.Table, *, evaluate: Evaluate | None = None) -> Texts:
    """Return the names of the scheme's industries for each row of a snapshot's table, list<string>.

    An industry holds what those below it hold. Where the export itself names industries of the scheme
    (column portal_industries), its word stands instead of the rules.

    Raises:
        MissingColumnError: neither rules nor the export can tell; the message says what would.
    """
    rows = Rows(table)
    _expect_keywords([scheme], rows)
    found = members(scheme, rows, evaluate=evaluate, find_scheme=load_scheme)
    return _lists([found], [""])


def industries_column(
    table: pa.Table, schemes: Iterable[Scheme], *, evaluate: Evaluate | None = None
) -> Texts:
    """Return `scheme:name` of every industry of every scheme for each row, list<string>.

    A scheme that has nothing to go by here (gb4754 without its table and without an export's column) is
    left out; `Scheme.missing` says why.
    """
    rows, chosen = Rows(table), list(schemes)
    by_name = {scheme.name: scheme for scheme in chosen}
    working = [scheme for scheme in chosen if usable(scheme, rows)]
    _expect_keywords(working, rows)

    def find(name: str) -> Scheme:
        return by_name.get(name) or load_scheme(name)

    found = [members(scheme, rows, evaluate=evaluate, find_scheme=find) for scheme in working]
    return _lists(found, [f"{scheme.name}:" for scheme in working])


def industry_counts(
    column: Texts | pa.ChunkedArray[Any], schemes: Iterable[Scheme]
) -> tuple[IndustryCount, ...]:
    """Count an `industries` column: schemes in order, industries as their scheme prints them.

    Empty industries are listed too; names that only an export knows come last in their scheme.
    """
    listed = pl.Series(column).explode().drop_nulls().value_counts()
    counts: dict[str, int] = dict(listed.iter_rows())
    found: list[IndustryCount] = []
    for scheme in schemes:
        names = [
            (industry.name, industry.code, 1 + len(scheme.ancestors(position)))
            for position, industry in enumerate(scheme.industries)
        ]
        known = {name for name, _, _ in names}
        prefix = f"{scheme.name}:"
        others = sorted(key.removeprefix(prefix) for key in counts if key.startswith(prefix))
        for name, code, level in [*names, *((other, "", 1) for other in others if other not in known)]:
            count = counts.get(f"{prefix}{name}", 0)
            share = count / len(column) if len(column) else 0.0
            found.append(IndustryCount(f"{prefix}{name}", scheme.name, name, code, level, count, share))
    return tuple(found)


def _expect_keywords(schemes: Sequence[Scheme], rows: Rows) -> None:
    """Look for the keywords of all rules in one pass."""
    rules = [rule for scheme in schemes for industry in scheme.industries for rule in industry.rules]
    anywhere = [keyword for rule in rules for keyword in rule.keywords]
    title = [keyword for rule in rules for keyword in rule.title]
    if anywhere or title:
        rows.hits.expect(anywhere, title)


def _lists(found: Sequence[Members], prefixes: Sequence[str]) -> Texts:
    """Turn matrices side by side into one list of names for each row."""
    if not found:
        raise ValueError("no scheme of industries can be used")
    names = [f"{prefix}{name}" for one, prefix in zip(found, prefixes, strict=True) for name in one.names]
    matrix = np.hstack([one.matrix for one in found])
    rows, columns = np.nonzero(matrix)
    offsets = np.zeros(len(matrix) + 1, dtype=np.int32)
    np.cumsum(np.bincount(rows, minlength=len(matrix)), out=offsets[1:])
    values = pa.array(names, pa.string()).take(columns)
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values)
