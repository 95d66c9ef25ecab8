"""Fields whose values other rooms put on patents: industries, themes, tags, firms."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from selection.bitmaps import Rows
from selection.evaluation.corpus import Corpus, Environment, Values
from selection.evaluation.leaf_rows import expression, unite
from selection.evaluation.sources import Source, parse_sources
from selection.evaluation.value_column import ValueColumn
from selection.language.fields import Field
from selection.language.tree import Pattern, Term
from selection.language.vocabularies import folded

#: Columns of the export's own values, read beside a registered column.
_PORTAL = {"industries": "portal_industries"}


def registered_values(corpus: Corpus, environment: Environment, field: Field) -> Values | None:
    """Values of a field and their rows, which are made when asked for; None when nothing supplies them."""
    source = parse_sources(field.source)[0]
    found = [
        values
        for values in (
            _supplied(corpus, environment, source.column),
            _of_table(corpus, _PORTAL.get(source.column, "")),
        )
        if values is not None
    ]
    if not found:
        return None
    return _Several(found, source.function + ":" if source.function else "")


def registered_rows(values: Values, leaf: Term | Pattern) -> Rows:
    """Rows with a value: `scheme:name` as a whole, or the name (or code) without its scheme."""
    if isinstance(leaf, Pattern):
        return unite(values[value] for value in _values_like(values, f"^(?:{expression(leaf)})$"))
    text = folded(leaf.text)
    return unite(values[value] for value in values if text in map(folded, _names(value)))


def _values_like(values: Values, pattern: str) -> list[str]:
    """Values with a name that matches a regular expression of RE2, which takes a time linear in the names."""
    named = [(name, value) for value in values for name in _names(value)]
    names = pa.array([name for name, _ in named], type=pa.large_string())
    matches = pc.match_substring_regex(names, pattern, ignore_case=True)
    return list(dict.fromkeys(named[place][1] for place in np.flatnonzero(np.asarray(matches))))


def folded_names(values: Values) -> frozenset[str]:
    """What the values are called, on whatever patents, case and width folded."""
    return frozenset(folded(name) for value in values for name in _names(value))


def nearest_values(values: Values, text: str, count: int = 3) -> list[str]:
    """Values that look like a text, best first."""
    names = {folded(name): value for value in values for name in _names(value)}
    near = difflib.get_close_matches(folded(text), names, n=count, cutoff=0.5)
    return list(dict.fromkeys(names[name] for name in near))


@dataclass(frozen=True, slots=True)
class _OfColumn(Mapping[str, Rows]):
    """The values of a column of the table."""

    column: ValueColumn

    def __getitem__(self, value: str) -> Rows:
        return self.column.any_of([value])

    def __iter__(self) -> Iterator[str]:
        return iter(self.column.values)

    def __len__(self) -> int:
        return len(self.column.values)


@dataclass(frozen=True, slots=True)
class _Several(Mapping[str, Rows]):
    """Values of several suppliers, those with a prefix only."""

    suppliers: Sequence[Values]
    prefix: str

    def __getitem__(self, value: str) -> Rows:
        if not value.startswith(self.prefix):
            raise KeyError(value)
        return unite(values[value] for values in self.suppliers if value in values)

    def __iter__(self) -> Iterator[str]:
        merged = dict.fromkeys(value for values in self.suppliers for value in values)
        return (value for value in merged if value.startswith(self.prefix))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _names(value: str) -> tuple[str, ...]:
    """`sei:新材料` is called so, and 新材料."""
    _, _, name = value.partition(":")
    return (value, name) if name else (value,)


def _supplied(corpus: Corpus, environment: Environment, column: str) -> Values | None:
    if column in environment.registered:
        return environment.registered[column]()
    return _of_table(corpus, column)


def _of_table(corpus: Corpus, column: str) -> Values | None:
    if not column or column not in corpus.column_names:
        return None
    values = corpus.values(Source(column))
    return _OfColumn(values) if values.values else None
