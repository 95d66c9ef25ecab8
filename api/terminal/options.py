"""Options that several commands share, options made from dataclasses, and JSON on stdout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

import msgspec
import typer
from annotated_types import Ge

from patents.dates import parse_date
from patents.described import Described
from patents.errors import DateError, InputError
from patents.messages import text

LibraryOption = Annotated[
    Path, typer.Option("--library", envvar="PATLAS_LIBRARY", metavar="DIR", help=text("option-library"))
]
JsonOption = Annotated[bool, typer.Option("--json", help=text("option-json"))]
QuietOption = Annotated[bool, typer.Option("--quiet", help=text("option-quiet"))]

_Result = TypeVar("_Result")


def options(command: Callable[..., _Result]) -> Callable[..., _Result]:
    """Replace parameters that are dataclasses by an option for each of their fields.

    The dataclass says what an option means (`Described`); the command gets the dataclass.
    """
    described = signature(command, eval_str=True)
    kinds: dict[str, Any] = {
        name: parameter.annotation
        for name, parameter in described.parameters.items()
        if is_dataclass(parameter.annotation)
    }

    @wraps(command)
    def run(**values: Any) -> _Result:
        for name, kind in kinds.items():
            values[name] = _taken(kind, {field.name: values.pop(field.name) for field in fields(kind)})
        return command(**values)

    listed: list[Parameter] = []
    for name, parameter in described.parameters.items():
        listed += _options_of(kinds[name]) if name in kinds else [parameter]
    run.__signature__ = described.replace(  # type: ignore[attr-defined]
        parameters=[parameter.replace(kind=Parameter.KEYWORD_ONLY) for parameter in listed]
    )
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in listed}
    return run


def _taken(kind: Any, given: Mapping[str, Any]) -> Any:
    """A dataclass of what was typed; options that were left out have its defaults."""
    hints = get_type_hints(kind, include_extras=True)
    return kind(
        **{
            field.name: _value(hints[field.name], _name(field, _described(hints[field.name])), value)
            for field in fields(kind)
            if (value := given[field.name]) is not None
        }
    )


def _options_of(kind: Any) -> list[Parameter]:
    hints = get_type_hints(kind, include_extras=True)
    return [_option_of(field, hints[field.name]) for field in fields(kind)]


def _option_of(field: Field[Any], hint: Any) -> Parameter:
    described = _described(hint)
    least = next((cast(int, mark.ge) for mark in hint.__metadata__ if isinstance(mark, Ge)), None)
    kind, metavar = _terminal_kind(hint.__origin__)
    option = typer.Option(_name(field, described), help=text(described.code), min=least, metavar=metavar)
    default = None if field.default is MISSING or field.default == () else field.default
    return Parameter(field.name, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, option])


def _described(hint: Any) -> Described:
    return next(mark for mark in hint.__metadata__ if isinstance(mark, Described))


def _name(field: Field[Any], described: Described) -> str:
    return described.option or f"--{field.name.replace('_', '-')}"


def _terminal_kind(kind: Any) -> tuple[Any, str | None]:
    """How Typer takes a type, and what help calls its values; None for a flag."""
    parts = {kind, *get_args(kind)}
    if get_origin(kind) is tuple:
        return list[str] | None, _terminal_kind(get_args(kind)[0])[1]
    if choices := _choices(kind):
        return str | None, "|".join(choices)
    if date in parts:
        return str | None, "DATE"
    plain = {int: "N", str: "TEXT", Path: "FILE"}
    return kind, next((name for part, name in plain.items() if part in parts), None)


def _choices(kind: Any) -> tuple[str, ...]:
    """The values of a `Literal` in a type; none where there is no such."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    return next((found for part in get_args(kind) if (found := _choices(part))), ())


def _value(hint: Any, name: str, value: Any) -> Any:
    """What was typed, as the dataclass takes it.

    Raises:
        InputError: it is not one of the choices, or not a day.
    """
    if isinstance(value, list):
        return tuple(_value(hint, name, item) for item in value)
    if not isinstance(value, str):
        return value
    choices = _choices(hint)
    if choices and value not in choices:
        raise InputError("option-not-a-choice", option=name, value=value, choices=", ".join(choices))
    return day_option(name, value) if date in get_args(hint.__origin__) else text_argument(value)


def day_option(option: str, text: str | None) -> date | None:
    """A day in any spelling; None where the option is left out.

    Raises:
        InputError: it is not a full date.
    """
    try:
        return parse_date(text)
    except DateError as error:
        raise InputError("option-not-a-day", option=option, problem=error) from error


def text_argument(text: str) -> str:
    """A text as the terminal gave it.

    Raises:
        InputError: the terminal and Python disagree on its encoding.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError("terminal-not-utf8", position=error.start + 1) from error
    return text


def print_json(answer: object) -> None:
    """Print one JSON document, Chinese as it is.

    Args:
        answer: a dataclass, as the service answers it over HTTP too.
    """
    typer.echo(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode())
