"""The short filters of the command line and the service, as one 检索式.

They are an abbreviation and nothing else: whatever a filter can say is said in the query language, so that a
report prints one text. A filter is one line of `Filters`; options and HTTP parameters are made from it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal, get_type_hints

from patents.described import Described
from patents.errors import InputError
from selection.language import parse
from selection.selection import joined_text

EXAMPLE_WHERE = "TIAB=(电解槽 and 阴极) and AD=[2012 to 2020] not STATUS=失效"
_PERIOD = re.compile(r"(\d{4})[-./年]?(\d{1,2})?[-./月]?(\d{1,2})?日?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrows(Described):
    """A field that narrows what is searched.

    Attributes:
        fields: of the 检索式 that its values may stand in.
        bound: the field is the first or the last day of a period.
    """

    fields: tuple[str, ...]
    bound: Literal["", "first", "last"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The short filters; values of one are alternatives, the filters narrow each other.

    Dates are a day, a month or a year, in any spelling. `dialect` is that of `where`; None reads it off.
    """

    industry: Annotated[
        tuple[str, ...], Narrows(code="filter-industry", fields=("INDUSTRY",), examples=("有色冶金",))
    ] = ()
    ipc: Annotated[tuple[str, ...], Narrows(code="filter-ipc", fields=("IPC",), examples=("C25C3",))] = ()
    applicant: Annotated[
        tuple[str, ...], Narrows(code="filter-applicant", fields=("AP",), examples=("大学",))
    ] = ()
    region: Annotated[
        tuple[str, ...],
        Narrows(code="filter-region", fields=("PROVINCE", "CITY", "COUNTY"), examples=("贵阳市",)),
    ] = ()
    patent_type: Annotated[
        tuple[Literal["发明", "实用新型", "外观设计"], ...],
        Narrows(code="filter-type", fields=("PT",), option="--type"),
    ] = ()
    legal_state: Annotated[
        tuple[Literal["有效", "失效", "审中", "未知"], ...],
        Narrows(code="filter-status", fields=("STATUS",), option="--status"),
    ] = ()
    theme: Annotated[tuple[str, ...], Narrows(code="filter-theme", fields=("THEME",))] = ()
    tag: Annotated[tuple[str, ...], Narrows(code="filter-tag", fields=("TAG",))] = ()
    where: Annotated[str, Described(code="filter-where", examples=(EXAMPLE_WHERE,))] = ""
    dialect: Annotated[Literal["incopat", "patsnap"] | None, Described(code="filter-dialect")] = None
    filed_from: Annotated[
        str | None, Narrows(code="filter-filed-from", fields=("AD",), bound="first", examples=("2016",))
    ] = None
    filed_to: Annotated[
        str | None, Narrows(code="filter-filed-to", fields=("AD",), bound="last", examples=("2020-12-31",))
    ] = None
    published_from: Annotated[
        str | None, Narrows(code="filter-published-from", fields=("PD",), bound="first")
    ] = None
    published_to: Annotated[str | None, Narrows(code="filter-published-to", fields=("PD",), bound="last")] = (
        None
    )
    granted_from: Annotated[
        str | None, Narrows(code="filter-granted-from", fields=("GRANT-DATE",), bound="first")
    ] = None
    granted_to: Annotated[
        str | None, Narrows(code="filter-granted-to", fields=("GRANT-DATE",), bound="last")
    ] = None

    def to_query(self) -> str:
        """The 检索式 that these filters abbreviate; `*` (every patent) when none is set.

        Raises:
            QueryError: a value or `where` is wrong.
            InputError: a date is not valid.
        """
        parts = [*self._alternatives(), *self._where(), *self._periods()]
        text = ""
        for part in parts:
            text = joined_text(text, "and", part) if text else part
        return parse(text or "*", dialect="incopat").canonical

    def _narrowing(self) -> Iterable[tuple[str, Narrows]]:
        # mypy takes the __hash__ of instances for that of the class.
        return narrowing(type(self)).items()  # type: ignore[arg-type]

    def _alternatives(self) -> Iterator[str]:
        for name, narrows in self._narrowing():
            if not narrows.bound and (values := getattr(self, name)):
                yield _any_of(narrows.fields, values)

    def _where(self) -> Iterator[str]:
        if self.where.strip():
            yield parse(self.where, self.dialect).canonical

    def _periods(self) -> Iterator[str]:
        bounds: dict[str, dict[str, str]] = {}
        for name, narrows in self._narrowing():
            if narrows.bound and (day := _day(getattr(self, name), narrows.bound)):
                bounds.setdefault(narrows.fields[0], {})[narrows.bound] = day
        for field, days in bounds.items():
            match days:
                case {"first": first, "last": last}:
                    yield f"{field}=[{first} to {last}]"
                case {"first": first}:
                    yield f"({field}>={first})"
                case {"last": last}:
                    yield f"({field}<={last})"


@cache
def narrowing(kind: Callable[..., Filters]) -> dict[str, Narrows]:
    """What each filter narrows by, under its name.

    Args:
        kind: `Filters`, or a class made from it.
    """
    hints = get_type_hints(kind, include_extras=True)
    marks = {name: getattr(hint, "__metadata__", ()) for name, hint in hints.items()}
    return {name: mark for name, own in marks.items() for mark in own if isinstance(mark, Narrows)}


def _any_of(fields: Iterable[str], values: Iterable[str]) -> str:
    """`(F="a" or F="b" or G="a" …)`."""
    leaves = [f"{field}={quote(value)}" for field in fields for value in values]
    return f"({' or '.join(leaves)})"


def quote(value: str) -> str:
    """A value between double quotes, its own quotes and backslashes escaped."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _day(text: str | None, bound: Literal["first", "last"]) -> str:
    """`2016` → 20160101 or 20161231; `2016-05` and `2016-05-02` likewise."""
    if not text or not text.strip():
        return ""
    found = _PERIOD.fullmatch(text.strip())
    if found is None:
        raise InputError("value-not-a-date", value=text)
    year = int(found[1])
    month = int(found[2] or (1 if bound == "first" else 12))
    if not 1 <= month <= 12:
        raise InputError("value-not-a-month", value=f"{found[1]}-{found[2]}")
    day = int(found[3] or (1 if bound == "first" else monthrange(year, month)[1]))
    return f"{year:04}{month:02}{day:02}"
