"""How an indicator is declared: what it is called, counted by and needs; its function computes values only.

`@table` and `@indicator` look whether the columns are there, and put definitions, coverage and notes round
what the function returns. Where columns lack, or the function raises `Unavailable`, the answer says why.
Each argument of a declaration is a value, or a function of those arguments of the indicator (and `study`)
that it names. Ids of definitions may hold choices of the 口径: `growth_rate.{growth}`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, NamedTuple, ParamSpec, Protocol, TypeAlias, TypeVar, cast

import msgspec
import polars as pl

from directions.definitions import definition
from directions.facts import Coverage, Definition, Indicator, Table, TableColumn, needs_text
from directions.indicators.counts import known_count
from directions.study import Study
from patents.bilingual import NO_TEXT, Text

P = ParamSpec("P")
T = TypeVar("T")


class HasStudy(Protocol):
    """What knows its study, as the nodes of a chain do."""

    @property
    def study(self) -> Study:
        """Whose patents are counted."""


Subject = TypeVar("Subject", bound=Study | Sequence[Study] | HasStudy)
Declared: TypeAlias = T | Callable[..., T]
#: Columns without which there is nothing to say, or a function that returns those that lack.
Needs: TypeAlias = Sequence[str] | Callable[..., Sequence[str]]


class Unavailable(Exception):
    """Nothing can be said.

    Args:
        reason: read in place of a value; that the denominator is zero when empty.
        coverage: what is known nevertheless; nothing of the study when None.
    """

    def __init__(self, reason: Text = NO_TEXT, coverage: Coverage | None = None) -> None:
        super().__init__(reason.en)
        self.reason, self.coverage = reason, coverage


@dataclass(frozen=True, slots=True)
class Rows:
    """What the function of a table returns.

    Attributes:
        frame: the values, columns as declared and more.
        known: patents that they rest on; all of the study when None.
        notes: printed below; empty ones are dropped.
    """

    frame: pl.DataFrame
    known: pl.Expr | Coverage | None = None
    notes: Sequence[Text] = ()


class Value(NamedTuple):
    """What the function of an indicator returns: see `Indicator`."""

    value: float
    coverage: Coverage
    low: float | None = None
    high: float | None = None


def table(
    id: Declared[str],
    title: Declared[Text],
    columns: Declared[Sequence[TableColumn]],
    definitions: Declared[Sequence[str]],
    needs: Needs | None = None,
) -> Callable[[Callable[Concatenate[Subject, P], Rows]], Callable[Concatenate[Subject, P], Table]]:
    """Declare a table.

    Args:
        id: of the table, as in `filings_by_year`.
        title: printed above it.
        columns: that are printed.
        definitions: ids of those of the columns with numbers.
        needs: see `Needs`; those of the definitions when None.
    """

    def decorate(make: Callable[Concatenate[Subject, P], Rows]) -> Callable[Concatenate[Subject, P], Table]:
        @wraps(make)
        def made(subject: Subject, /, *args: P.args, **kwargs: P.kwargs) -> Table:
            study, given = _given(make, subject, *args, **kwargs)
            printed = tuple(_resolved(columns, given))
            defined = tuple(definition_of(study, name) for name in _resolved(definitions, given))
            own = tuple(dict.fromkeys(name for made_by in defined for name in made_by.needs))
            try:
                _require(study, own if needs is None else needs, given)
                rows = make(subject, *args, **kwargs)
            except Unavailable as unavailable:
                nothing = pl.DataFrame({column.name: [] for column in printed})
                rows, missing = Rows(nothing, Coverage(0, study.count)), unavailable.reason
            else:
                missing = NO_TEXT
            return Table(
                id=_resolved(id, given),
                title=_resolved(title, given),
                columns=printed,
                rows=rows.frame,
                definitions=defined,
                coverage=_coverage(study, rows.known),
                notes=tuple(note for note in rows.notes if note),
                missing=missing,
            )

        return made

    return decorate


def indicator(
    name: Declared[str], needs: Needs | None = None, within: Callable[..., pl.Expr] | None = None
) -> Callable[[Callable[Concatenate[Study, P], Value]], Callable[Concatenate[Study, P], Indicator]]:
    """Declare an indicator.

    Args:
        name: id of its definition.
        needs: see `Needs`; those of the definition when None.
        within: patents that the definition speaks of; all when None.
    """

    def decorate(make: Callable[Concatenate[Study, P], Value]) -> Callable[Concatenate[Study, P], Indicator]:
        @wraps(make)
        def made(study: Study, /, *args: P.args, **kwargs: P.kwargs) -> Indicator:
            _, given = _given(make, study, *args, **kwargs)
            defined = definition_of(study, _resolved(name, given))
            try:
                _require(study, defined.needs if needs is None else needs, given)
                value, coverage, low, high = make(study, *args, **kwargs)
            except Unavailable as unavailable:
                of = study.patents if within is None else study.patents.filter(_called(within, given))
                return Indicator(
                    value=None,
                    definition=defined,
                    coverage=unavailable.coverage or Coverage(0, of.height),
                    missing=unavailable.reason or _zero(defined),
                )
            return Indicator(value=value, definition=defined, coverage=coverage, low=low, high=high)

        return made

    return decorate


def definition_of(study: Study, name: str) -> Definition:
    """The definition of an id that may hold choices of the 口径."""
    return definition(name.format(**msgspec.structs.asdict(study.counting)))


def require(study: Study, *columns: str) -> None:
    """Raise `Unavailable` where columns lack."""
    _require(study, columns, {})


def _require(study: Study, needs: Needs, given: dict[str, object]) -> None:
    lacking = _called(needs, given) if callable(needs) else study.lacking(*needs)
    if lacking:
        raise Unavailable(needs_text(lacking))


def _given(
    make: Callable[..., object], subject: object, *args: object, **kwargs: object
) -> tuple[Study, dict[str, Any]]:
    """The study, and all arguments by name."""
    bound = signature(make).bind(subject, *args, **kwargs)
    bound.apply_defaults()
    if isinstance(subject, Study):
        study = subject
    elif isinstance(subject, Sequence):
        if not subject:
            raise ValueError("nothing to compare")
        study = subject[0]
    else:
        study = cast(HasStudy, subject).study
    return study, {"study": study, **bound.arguments}


def _resolved(part: Declared[T], given: dict[str, Any]) -> T:
    return _called(part, given) if callable(part) else part


def _called(part: Callable[..., T], given: dict[str, Any]) -> T:
    """Call a part of a declaration with those arguments that it names."""
    return part(**{name: given[name] for name in signature(part).parameters})


def _coverage(study: Study, known: pl.Expr | Coverage | None) -> Coverage:
    if isinstance(known, Coverage):
        return known
    return Coverage(study.count if known is None else known_count(study.patents, known), study.count)


def _zero(made: Definition) -> Text:
    denominator = made.denominator or Text("分母", "the denominator")
    return Text(f"{denominator.zh}为零", f"none: {denominator.en}")
