"""Names, industries, priorities, families and citations from the cells of exports."""

from __future__ import annotations

import re
from datetime import date

from patents.applicants import normalise_name, split_names
from patents.dates import parse_date
from patents.errors import DateError, InputError, NumberError
from patents.numbers import parse_number
from patents.readers.cells import Cell, as_items, as_text
from patents.readers.draft import SEPARATORS, Bound, Draft
from patents.record import Citation

_HIDDEN = frozenset({"不公告发明人", "不公告设计人", "请求不公开姓名", "不公开", "不公告"})
"""Written where the inventor asked not to be named: no name."""

# A comma before one of these is part of a company's or person's name.
_SUFFIX = (
    r"(?:co|ltd|llc|inc|corp|corporation|company|limited|gmbh|kg|ag|s\.?a|s\.?p\.?a|l\.?p|plc|b\.?v|jr|sr)\b"
)
_COMMA = re.compile(rf"[,，](?!\s*{_SUFFIX})", re.IGNORECASE)

_GB4754 = re.compile(r"([A-T]?\d{2,4})\b[\s:：.(（]*(.*?)[)）]?", re.DOTALL)
_SEI = re.compile(r"(\d(?:\.\d{1,2}){0,3})\b[\s:：(（]*(.*?)[)）]?", re.DOTALL)
_CODED = {"gb4754": _GB4754, "sei": _SEI}

_DATE = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日|(?<!\d)(?:19|20)\d{6}(?!\d)")
_PCT_NUMBER = re.compile(
    r"PCT/[A-Z]{2}\d{2,4}/\d{5,6}|WO\s?\d{2,4}/\d{5,6}|WO\s?\d{10}(?:\s?A\d)?", re.IGNORECASE
)
_LEADING_COUNTRY = re.compile(r"([A-Z]{2})\s+(\S.*)")
_TRAILING_COUNTRY = re.compile(r"(\S.*?)[\s,，]+([A-Z]{2})")
_CITED = re.compile(
    r"(?P<number>[A-Z]{2}\s?[A-Z]{0,2}\d[\d/,]{3,14}\s?(?:[A-Z]\d?)?)(?![A-Za-z])"
    r"(?:\s*[(（\[]?(?P<category>[XYAEPDTLRO](?:[,/ ][XYAEPDTLRO])*)[)）\]]?(?![A-Za-z]))?"
)
_COMMA_BEFORE_DATE = re.compile(r",(?=\d{4}[.-])")


def put_names(draft: Draft, bound: Bound, cell: Cell) -> None:
    """Names in order, each once, in the one spelling of `patents.applicants`."""
    names = _names(cell, bound.separators)
    named = tuple(name for name in names if name not in _HIDDEN)
    if len(named) < len(names):
        draft.raw.append((bound.column, as_text(cell)))
    if named:
        draft.put(bound.field, named, bound, cell)


def _names(cell: Cell, separators: str) -> tuple[str, ...]:
    if isinstance(cell, str) and not separators:
        return split_names(cell)
    if isinstance(cell, str) and "," in separators:
        cell = tuple(_COMMA.split(cell))
    names = (normalise_name(name) for name in as_items(cell, separators))
    return tuple(dict.fromkeys(name for name in names if name))


def put_industries(scheme: str, draft: Draft, bound: Bound, cell: Cell) -> None:
    """Industries of a scheme: the code where the item begins with one, else the name."""
    pairs: list[tuple[str, str]] = []
    for item in as_items(cell, bound.separators or SEPARATORS):
        match = _CODED[scheme].fullmatch(item)
        pairs.append((scheme, match[1] if match else item))
        if match and match[2]:
            draft.portal_values.append((bound.column, item))
    draft.industries.update(dict.fromkeys(pairs))


def put_priority(draft: Draft, bound: Bound, cell: Cell) -> None:
    """优先权: any mix of date, country and number per item, `2012.01.16 DE 202012000389.5`."""
    days: list[date] = []
    numbers: list[str] = []
    for item in as_items(cell, bound.separators or SEPARATORS):
        found = _DATE.search(item)
        if found:
            days += [day for day in [_day(found[0])] if day is not None]
            item = item.replace(found[0], " ", 1)
        number = _priority_number(item.strip(" ,，:："))
        if number:
            numbers.append(number)
    if not days and not numbers:
        raise InputError("priority-not-valid")
    if days:
        draft.put("priority_date", min(days), bound, cell)
    if len(days) > 1:
        draft.portal_values.append((bound.column, as_text(cell)))
    if numbers:
        draft.put("priority_numbers", tuple(dict.fromkeys(numbers)), bound, cell)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except DateError:
        return None


def _priority_number(text: str) -> str:
    """Country before number, without spaces; text without a digit is no number."""
    text = " ".join(text.upper().split())
    if not any(char.isdigit() for char in text):
        return ""
    leading, trailing = _LEADING_COUNTRY.fullmatch(text), _TRAILING_COUNTRY.fullmatch(text)
    if leading:
        text = leading[1] + leading[2]
    elif trailing:
        text = trailing[2] + trailing[1]
    return "".join(text.split())


def put_pct(draft: Draft, bound: Bound, cell: Cell) -> None:
    """国际申请, 国际公布: the number; date and language beside it stay with the portal's values."""
    text = as_text(cell)
    found = _PCT_NUMBER.search(text)
    number = "".join((found[0] if found else text).upper().split())
    draft.put(bound.field, number, bound, cell)
    if found and len("".join(text.split())) > len(number):
        draft.portal_values.append((bound.column, text))


def put_numbers(draft: Draft, bound: Bound, cell: Cell) -> None:
    """Publication or application numbers of other documents, in one spelling."""
    items = as_items(cell, (bound.separators or SEPARATORS) + ",，")
    numbers = tuple(dict.fromkeys(canonical_number(item) for item in items))
    if numbers:
        draft.put(bound.field, numbers, bound, cell)


def canonical_number(text: str) -> str:
    """A document's number in the project's spelling where it is known, else upper case without spaces."""
    try:
        return parse_number(text).text
    except NumberError:
        return "".join(text.split()).upper()


def put_citations(draft: Draft, bound: Bound, cell: Cell) -> None:
    """Cited documents, `CN101234567A(X); US10123456B2`; items that name no patent go to `npl`.

    Where items say more (dates, passages), the cell is kept with the portal's values too.
    """
    cites: list[Citation] = []
    other: list[str] = []
    says_more = False
    for item in as_items(cell, bound.separators or SEPARATORS):
        found = _CITED.match(_COMMA_BEFORE_DATE.sub(" ", item))
        if found:
            category = (found["category"] or "").replace(" ", ",").replace("/", ",")
            cites.append(Citation(number=canonical_number(found["number"]), category=category))
            says_more = says_more or any(char.isalnum() for char in item[found.end() :])
        else:
            other.append(item)
    if cites:
        draft.put("cites", tuple(dict.fromkeys(cites)), bound, cell)
    if says_more:
        draft.portal_values.append((bound.column, as_text(cell)))
    if other:
        draft.put("npl", tuple(dict.fromkeys(other)), bound, cell)
