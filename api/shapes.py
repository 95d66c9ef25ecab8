"""What the HTTP service and `--json` print: one set of shapes for both.

Field names follow the vocabulary of docs/vocabulary.md; every absent value is null or an empty list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from api.http.parameters import Parameters, takes
from patents.errors import InputError
from selection.filters import Filters
from selection.selection import Selection

EXAMPLE_TEXT = "一种降低铝电解槽能耗的阴极结构，阴极炭块上表面设有凸起，以抑制铝液波动"


def _whole_characters(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError("text-half-character", value=f"U+{ord(text[error.start]):04X}") from error
    return text


#: A text that goes to an encoder: JSON may hold lone surrogates, which are no text.
WholeText = Annotated[str, AfterValidator(_whole_characters)]


class Problem(BaseModel):
    """What every refused request gets."""

    error: Annotated[str, Field(examples=["There is no patent CN123456789A in this library"])]
    help: str = ""
    code: Annotated[
        str, Field(description="names the problem, in every language", examples=["patent-not-found"])
    ]
    place: Annotated[
        int | None, Field(description="for a wrong 检索式: 0-based character of `query` at which it is wrong")
    ] = None
    query: Annotated[str | None, Field(description="the 检索式 that `place` counts in")] = None


@takes(Filters)
class FilterFields(Parameters):
    """The short filters; together they build one selection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionFacts:
    """The patents that were searched."""

    text: Annotated[str, Field(description="the 检索式; * for the whole library")]
    count: int
    snapshot: int

    @classmethod
    def of(cls, selection: Selection) -> SelectionFacts:
        """What is shown of a selection."""
        return cls(text=selection.text, count=selection.count, snapshot=selection.snapshot)
