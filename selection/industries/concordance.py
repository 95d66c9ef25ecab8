"""The official concordance IPC ↔ GB/T 4754, read from the user's copy of it.

《国际专利分类与国民经济行业分类参照关系表（2018）》 is published as a document; copies as a spreadsheet
differ in their columns. One row names an industry (by one code column, or by one for each level) and
lists its IPC patterns; a row may go on over further lines with the code left empty.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import MappingProxyType

from patents.errors import ClassificationError, MappingError
from patents.messages import message
from patents.small_tables import read_cells
from patents.tables import gb4754_code
from selection.industries.model import Rule
from selection.industries.patterns import official_pattern

_IPC_HEAD = re.compile(r"IPC|国际专利分类", re.IGNORECASE)
_CODE_HEAD = re.compile(r"代码|门类|大类|中类|小类|GB|国民经济行业", re.IGNORECASE)
_NAME_HEAD = re.compile(r"名称|说明|备注|关键词")
_EXCEPT = re.compile(r"[（(]?\s*(?:除|不包括|不包含|不含)([^）)]*?)(?:除?外|以外)?\s*[）)]")
_SYMBOL = re.compile(r"[A-H]\d\d(?:[A-Z](?:\s*\d{1,4}(?:\s*/\s*\d{2,6})?)?)?\s*\*?")
_RANGE = re.compile(
    rf"({_SYMBOL.pattern})\s*(?:-|–|—|～|~|至)\s*([A-H]\d\d[A-Z]\s*\d{{1,4}}(?:\s*/\s*\d{{2,6}})?)"
)
_GROUP = re.compile(r"([A-H]\d\d[A-Z])(\d{1,4})")


def read_concordance(path: Path) -> MappingProxyType[str, tuple[Rule, ...]]:
    """Read the table: code of GB/T 4754 → its rules.

    Raises:
        UnreadableFileError: the file cannot be read as a table.
        MappingError: no column of codes or of IPC, or a row's IPC list makes no sense.
    """
    rows = list(read_cells(path, message("concordance-sheet")))
    head_at, code_columns, ipc_column = _columns(path, rows)
    found: dict[str, list[Rule]] = defaultdict(list)
    code = ""
    for number, row in enumerate(rows[head_at + 1 :], start=head_at + 2):
        code = _code(row, code_columns) or code
        cell = row[ipc_column] if ipc_column < len(row) else ""
        if code and _SYMBOL.search(cell.upper()):
            found[code].append(_rule(path, number, cell.upper()))
    if not found:
        raise MappingError("concordance-empty", path=path)
    return MappingProxyType({code: tuple(rules) for code, rules in found.items()})


def _columns(path: Path, rows: Sequence[Sequence[str]]) -> tuple[int, list[int], int]:
    """Find the row of headers, the columns of codes (coarse to fine) and that of IPC."""
    for number, row in enumerate(rows[:20]):
        ipc = [column for column, head in enumerate(row) if _IPC_HEAD.search(head)]
        codes = [
            column
            for column, head in enumerate(head.replace("及名称", "") for head in row)
            if column not in ipc and _CODE_HEAD.search(head) and not _NAME_HEAD.search(head)
        ]
        if ipc and codes:
            return number, codes, ipc[0]
    raise MappingError("concordance-headers-missing", path=path)


def _code(row: Sequence[str], columns: Sequence[int]) -> str:
    """The finest code of a row; empty when the row goes on from the one before."""
    cells = [row[column].strip() for column in columns if column < len(row)]
    codes = [code for cell in cells if cell and (code := gb4754_code(cell))]
    return max(codes, key=len, default="")


def _rule(path: Path, number: int, cell: str) -> Rule:
    """Read `A01B1*、A01B3/00（除A01B3/04外）`."""
    excepted = tuple(pattern for part in _EXCEPT.findall(cell) for pattern in _patterns(path, number, part))
    return Rule(ipc=tuple(_patterns(path, number, _EXCEPT.sub(" ", cell))), not_ipc=excepted)


def _patterns(path: Path, number: int, text: str) -> Iterator[str]:
    for match in _RANGE.finditer(text):
        yield from _range(path, number, match[1], match[2])
    for match in _SYMBOL.finditer(_RANGE.sub(" ", text)):
        try:
            yield official_pattern(match.group())
        except ClassificationError as error:
            raise MappingError("concordance-row-wrong", path=path, row=number, problem=error) from None


def _range(path: Path, number: int, low: str, high: str) -> Iterator[str]:
    """Read `A01B1/00-A01B15/00` as the main groups 1 to 15."""
    first, last = _GROUP.match(low.replace(" ", "")), _GROUP.match(high.replace(" ", ""))
    if first is None or last is None or first[1] != last[1] or int(first[2]) > int(last[2]):
        raise MappingError(
            "concordance-range-wrong", path=path, row=number, low=low.strip(), high=high.strip()
        )
    for group in range(int(first[2]), int(last[2]) + 1):
        yield f"{first[1]}{group}"
