"""The sources of the fields table, parsed: which columns give a field's values, and how."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_SOURCE = re.compile(r"(?:([a-z0-9]+|event)\()?([a-z_]+|[\u4e00-\u9fff]+)(?:\|([a-z_]+))?\)?")


@dataclass(frozen=True, slots=True)
class Source:
    """One source of values.

    Attributes:
        column: snapshot column.
        function: how values are derived from it; empty when they are taken as they are.
        fallback: column that is read where `column` is empty; empty when there is none.
        argument: for event(kind): the kind of legal event.
    """

    column: str
    function: str = ""
    fallback: str = ""
    argument: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Snapshot columns that it reads."""
        return tuple(name for name in (self.column, self.fallback) if name)


@cache
def parse_sources(text: str) -> tuple[Source, ...]:
    """Read the `source` cell of a field.

    Raises:
        ValueError: it is not of the form that fields.py describes.
    """
    return tuple(_source(part) for part in text.split("+") if part)


def _source(text: str) -> Source:
    match = _SOURCE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no source of values")
    function, column, fallback = (group or "" for group in match.groups())
    if function == "event":
        return Source("event_kinds", "event", "event_dates", argument=column)
    return Source(column, function, fallback)
