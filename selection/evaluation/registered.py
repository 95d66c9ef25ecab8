"""Fields whose values other rooms put on patents: industries, themes, tags, firms."""

from __future__ import annotations

import difflib
import re

from selection.bitmaps import EMPTY, Rows
from selection.evaluation.corpus import Corpus, Environment, Values
from selection.evaluation.leaf_rows import expression, unite
from selection.evaluation.sources import Source, parse_sources
from selection.language.fields import Field
from selection.language.tree import Pattern, Term
from selection.language.vocabularies import folded

#: Columns of the export's own values, read beside a registered column.
_PORTAL = {"industries": "portal_industries"}


def registered_values(corpus: Corpus, environment: Environment, field: Field) -> dict[str, Rows] | None:
    """Values of a field and their rows; None when nothing supplies them."""
    source = parse_sources(field.source)[0]
    supplied = _supplied(corpus, environment, source.column)
    portal = _of_table(corpus, _PORTAL.get(source.column, ""))
    if supplied is None and portal is None:
        return None
    values: dict[str, Rows] = {}
    for found in (supplied, portal):
        for value, rows in (found or {}).items():
            if not source.function or value.startswith(source.function + ":"):
                values[value] = values.get(value, EMPTY) | rows
    return values


def registered_rows(values: Values, leaf: Term | Pattern) -> Rows:
    """Rows with a value: `scheme:name` as a whole, or the name (or code) without its scheme."""
    if isinstance(leaf, Pattern):
        wanted = re.compile(expression(leaf), re.IGNORECASE)
        return unite(rows for value, rows in values.items() if any(map(wanted.fullmatch, _names(value))))
    text = folded(leaf.text)
    return unite(rows for value, rows in values.items() if text in map(folded, _names(value)))


def nearest_values(values: Values, text: str, count: int = 3) -> list[str]:
    """Values that look like a text, best first."""
    names = {folded(name): value for value in values for name in _names(value)}
    near = difflib.get_close_matches(folded(text), names, n=count, cutoff=0.5)
    return list(dict.fromkeys(names[name] for name in near))


def _names(value: str) -> tuple[str, ...]:
    """`sei:新材料` is called so, and 新材料."""
    _, _, name = value.partition(":")
    return (value, name) if name else (value,)


def _supplied(corpus: Corpus, environment: Environment, column: str) -> Values | None:
    if column in environment.registered:
        return environment.registered[column]()
    return _of_table(corpus, column)


def _of_table(corpus: Corpus, column: str) -> Values | None:
    if not column or column not in corpus.table.column_names:
        return None
    values = corpus.values(Source(column))
    if not values.values:
        return None
    return {value: values.of([code]) for code, value in enumerate(values.values)}
