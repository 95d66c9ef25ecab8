"""Which patents belong to which industry: worked out per distinct symbol, spread over the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from patents.errors import InputError, MissingColumnError
from selection.industries.bridge import translated
from selection.industries.model import Rule, Scheme
from selection.industries.official import portal_position
from selection.industries.patterns import PatternIndex, index_of
from selection.industries.rows import Rows

Mask = npt.NDArray[np.bool_]
Evaluate = Callable[[str], Mask]
FindScheme = Callable[[str], Scheme]


@dataclass(frozen=True, slots=True)
class Members:
    """Industries × patents.

    Attributes:
        names: of the columns: the scheme's industries, then what an export calls otherwise.
        matrix: shape=(n, len(names)), bool; an industry holds what those below it hold.
    """

    names: tuple[str, ...]
    matrix: Mask


def usable(scheme: Scheme, rows: Rows) -> bool:
    """Tell whether a scheme can say anything here: by rules, or because the export names industries."""
    return not scheme.missing or (scheme.from_portal and scheme.name in rows.portal)


def members(
    scheme: Scheme, rows: Rows, *, evaluate: Evaluate | None = None, find_scheme: FindScheme | None = None
) -> Members:
    """Work out who belongs to what.

    Args:
        scheme: the scheme.
        rows: of the snapshot.
        evaluate: 检索式 → mask of shape=(n,); needed by industries with a `query`.
        find_scheme: name → scheme; needed by rules with `codes`.

    Raises:
        MissingColumnError: the scheme needs what this library has not.
        InputError: a query or a code cannot be evaluated here.
    """
    if not usable(scheme, rows):
        raise MissingColumnError(scheme.missing)
    matrix = np.zeros((rows.count, len(scheme.industries)), dtype=np.bool_)
    if not scheme.missing:
        _by_rules(scheme, rows, matrix, find_scheme)
        _by_queries(scheme, matrix, evaluate)
    names = [industry.name for industry in scheme.industries]
    if scheme.from_portal and scheme.name in rows.portal:
        matrix, names = _by_portal(scheme, rows, matrix, names)
    for position in reversed(range(len(scheme.industries))):
        for above in scheme.ancestors(position):
            matrix[:, above] |= matrix[:, position]
    return Members(tuple(names), matrix)


class _Condition(NamedTuple):
    """What one symbol decides, and the column where it is noted."""

    column: int
    ipc: tuple[str, ...]
    not_ipc: tuple[str, ...]
    counts_any: bool


def _by_rules(scheme: Scheme, rows: Rows, matrix: Mask, find_scheme: FindScheme | None) -> None:
    """Answer all conditions on classifications in one sweep; rules with several conditions add columns."""
    width = matrix.shape[1]
    conditions: list[_Condition] = []
    combined: list[tuple[int, Rule, list[int]]] = []
    for position, industry in enumerate(scheme.industries):
        for rule in industry.rules:
            counts_any = rule.any or not scheme.main_only
            if rule.by_ipc_only:
                conditions.append(_Condition(position, rule.ipc, rule.not_ipc, counts_any))
                continue
            own = [(rule.ipc, rule.not_ipc, counts_any), (rule.also_ipc, (), True)]
            columns = []
            for ipc, not_ipc, any_counts in own:
                if ipc:
                    columns.append(width)
                    conditions.append(_Condition(width, ipc, not_ipc, any_counts))
                    width += 1
            combined.append((position, rule, columns))
    answers = _answers(conditions, rows, width, bridged=scheme.bridged)
    matrix |= answers[:, : matrix.shape[1]]
    for position, rule, columns in combined:
        mask = np.logical_and.reduce(answers[:, columns], axis=1)
        matrix[:, position] |= mask & _in_words_and_codes(rule, rows, find_scheme)


def _in_words_and_codes(rule: Rule, rows: Rows, find_scheme: FindScheme | None) -> Mask:
    """The conditions of a rule that are not about its own classifications."""
    mask = np.ones(rows.count, dtype=np.bool_)
    if rule.keywords:
        mask &= rows.hits.anywhere(rule.keywords)
    if rule.title:
        mask &= rows.hits.in_title(rule.title)
    if rule.codes:
        mask &= _by_codes(rule.codes, rows, find_scheme)
    return mask


def _answers(conditions: Sequence[_Condition], rows: Rows, width: int, *, bridged: bool) -> Mask:
    """Return shape=(n, width): which columns the classifications of a row make true."""
    answers = np.zeros((rows.count, width), dtype=np.bool_)
    by_main = [condition for condition in conditions if not condition.counts_any]
    by_any = [condition for condition in conditions if condition.counts_any]
    if by_main:
        symbols, codes = rows.main
        known = np.flatnonzero(codes >= 0)
        answers[known] = _by_symbol(symbols, by_main, width, bridged=bridged)[codes[known]]
    if by_any:
        listed = rows.every
        table = _by_symbol(listed.texts, by_any, width, bridged=bridged)
        if len(listed.rows):
            starts = np.flatnonzero(np.r_[True, listed.rows[1:] != listed.rows[:-1]])
            used = np.unique([condition.column for condition in by_any])
            found = np.logical_or.reduceat(table[:, used][listed.codes], starts, axis=0)
            answers[np.ix_(listed.rows[starts], used)] |= found
    return answers


def _by_symbol(
    symbols: Sequence[str], conditions: Sequence[_Condition], width: int, *, bridged: bool
) -> Mask:
    """Return shape=(symbols, width): which columns a symbol alone makes true."""
    include = index_of({number: condition.ipc for number, condition in enumerate(conditions)})
    exclude = index_of({number: condition.not_ipc for number, condition in enumerate(conditions)})
    table = np.zeros((len(symbols), width), dtype=np.bool_)
    for row, symbol in enumerate(symbols):
        for known in translated(symbol) if bridged else (symbol,):
            for number in rules_of(known, include, exclude):
                table[row, conditions[number].column] = True
    return table


def rules_of(symbol: str, include: PatternIndex[int], exclude: PatternIndex[int]) -> Iterator[int]:
    """Yield the rules that a symbol meets: a symbol named exactly stays in whatever excludes it."""
    exactly: dict[int, bool] = {}
    for number, exact in include.of(symbol):
        exactly[number] = exactly.get(number, False) or exact
    if exactly:
        excluded = {number for number, _ in exclude.of(symbol)}
        yield from (number for number, exact in exactly.items() if exact or number not in excluded)


def _by_codes(codes: Iterable[str], rows: Rows, find_scheme: FindScheme | None) -> Mask:
    mask = np.zeros(rows.count, dtype=np.bool_)
    for code in codes:
        name, _, key = code.partition(":")
        if find_scheme is None:
            raise InputError("industry-scheme-not-loaded", industry=code, scheme=name)
        scheme = find_scheme(name)
        scheme.industry(key)
        mask |= members(scheme, rows).matrix[:, scheme.position(key)]
    return mask


def _by_queries(scheme: Scheme, matrix: Mask, evaluate: Evaluate | None) -> None:
    for position, industry in enumerate(scheme.industries):
        if not industry.query:
            continue
        if evaluate is None:
            raise InputError("industry-query-needs-index", scheme=scheme.name, industry=industry.name)
        matrix[:, position] |= evaluate(industry.query)


def _by_portal(scheme: Scheme, rows: Rows, matrix: Mask, names: list[str]) -> tuple[Mask, list[str]]:
    """Where the export names industries, they replace what the rules found."""
    values, codes, parents = rows.portal[scheme.name]
    positions = []
    for value in values:
        position = portal_position(scheme, value)
        if position is None:
            position = names.index(value) if value in names else len(names)
            if position == len(names):
                names.append(value)
        positions.append(position)
    wide = np.zeros((rows.count, len(names)), dtype=np.bool_)
    wide[:, : matrix.shape[1]] = matrix
    wide[np.unique(parents)] = False
    wide[parents, np.array(positions, dtype=np.int64)[codes]] = True
    return wide, names
