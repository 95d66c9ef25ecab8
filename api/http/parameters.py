"""Parameters of requests, made from the dataclasses that the service takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from inspect import Parameter, Signature
from typing import Annotated, Any, TypeVar, cast, get_type_hints

import pydantic
from pydantic import BaseModel, ConfigDict, create_model
from pydantic.fields import FieldInfo

from patents.described import Described
from patents.messages import message

_Model = TypeVar("_Model", bound=type["Parameters"])
_Kind = TypeVar("_Kind")


class Parameters(BaseModel):
    """Base of what requests carry; nothing else is accepted."""

    model_config = ConfigDict(extra="forbid")

    def make(self, kind: type[_Kind]) -> _Kind:
        """The part of the request that a dataclass names.

        Args:
            kind: one of those that the parameters were made from.
        """
        values: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(kind)}  # type: ignore[arg-type]
        return kind(**values)


class QueryParameters(Parameters):
    """Base of what stands in the address of a request."""

    library: Annotated[
        str, pydantic.Field(description="name of the library; the first of the service when left out")
    ] = ""


def takes(*kinds: type) -> Callable[[_Model], _Model]:
    """Give parameters the fields of dataclasses, with what they mean; those come before its own.

    Args:
        kinds: frozen dataclasses; their fields may carry a `Described`, and constraints.
    """

    def extend(model: _Model) -> _Model:
        given = {name: spec for kind in kinds for name, spec in _fields_of(kind).items()}
        extended = create_model(
            model.__name__, __base__=model, __module__=model.__module__, __doc__=model.__doc__, **given
        )
        return cast(_Model, extended)

    return extend


def query_of(kind: type[_Kind]) -> Callable[..., _Kind]:
    """A dependency that takes the fields of a dataclass from the address of a request.

    Args:
        kind: a frozen dataclass; its fields may carry a `Described`, and constraints.
    """
    # Commands share the shapes of requests, and need no web framework.
    from fastapi import Query

    def take(**values: Any) -> _Kind:
        return kind(**values)

    take.__signature__ = Signature(  # type: ignore[attr-defined]
        [
            Parameter(name, Parameter.KEYWORD_ONLY, annotation=Annotated[hint, Query()], default=default)
            for name, (hint, default) in _fields_of(kind).items()
        ]
    )
    return take


def _fields_of(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: (_documented(hints[field.name]), _default(field)) for field in fields(kind)}


def _documented(hint: Any) -> Any:
    """The type with its description in place of the `Described`."""
    marks = getattr(hint, "__metadata__", ())
    described = next((mark for mark in marks if isinstance(mark, Described)), None)
    if described is None:
        return hint
    rest = [mark for mark in marks if mark is not described]
    return Annotated[hint.__origin__, *rest, _info(described, hint.__origin__)]


def _info(described: Described, kind: object) -> FieldInfo:
    several = str(kind).startswith("tuple")
    examples = [list(described.examples)] if several else list(described.examples)
    info: FieldInfo = pydantic.Field(
        description=message(described.code).lines("en")[0], examples=examples if described.examples else None
    )
    return info


def _default(field: Field[Any]) -> object:
    if field.default is not MISSING:
        return field.default
    return ... if field.default_factory is MISSING else field.default_factory()
