"""What a field of a question means, stated once for the command line and for the HTTP service."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """Stands in the `Annotated[…]` of a dataclass field; options and parameters are made from it.

    Attributes:
        code: of the text that says what the field means.
        option: name on the command line; `--` and the name of the field when empty.
        examples: for the description of the service.
    """

    code: str
    option: str = ""
    examples: tuple[object, ...] = ()
