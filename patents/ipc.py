"""IPC symbols (国际专利分类号): spellings in, one canonical form out; prefixes of the hierarchy.

Canonical is `C01B32/184`: no space, no leading zeros in the group. Symbols cut off at section, class,
subclass or main group are symbols of that level. Source: WIPO Standard ST.8 and the IPC Guide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from patents.errors import ClassificationError
from patents.half_width import fold, is_empty_mark, shown

_LEAD = re.compile(
    r"(?:\(51\)\s*)?(?:INT\s*\.?\s*CL\s*\.?|IPCR?|CPC)?\s*(?:\(\s*\d{1,4}(?:\.\d\d)?\s*\)|\d{1,2}\b)?\s*[:：.]?\s*",
    re.ASCII,
)
# Without a slash at most four digits are a group, and four only with zeros in front or from 2000 on
# (B29K2105): more of them, or C01B3218, may be cut into group and subgroup in several ways.
_SYMBOL = re.compile(
    r"([A-HY])(?:\s*(\d\d)(?:\s*([A-Z])(?:[\s-]*"
    r"(?:0*([1-9]\d{0,3})\s*[/:-]\s*(\d{2,6}?)|(?=\d{1,4}(?!\d))0*([1-9]\d{0,2}|2\d{3}))"
    # what portals write after the symbol: (2006.01)I, 20060101AFI20100101BHCN, @, *
    r")?)?)?\s*(?:\(\s*\d{4}(?:\.\d\d?)?\s*\)?\s*[A-Z]{0,2})?"
    r"\s*(?:(?:19|20)\d{6}\s*(?:[A-Z]{1,3}[A-Z0-9 ]*)?)?\s*[@*]?",
    re.ASCII,
)
# Four digits of the group, then the subgroup: ST.8 has six of it, Derwent as many as are needed (C25C000308).
_FIXED = re.compile(
    r"([A-HY]\d\d[A-Z])[\s-]*(?:(\d{4})(\d{6})|(0\d{3})(\d{2,6}))\s*(?:(?:19|20)\d{6}.*|@|\*)?", re.ASCII
)
_LOCARNO = re.compile(
    r"(?:LOC\s*\.?)?\s*(?:\(\s*\d{1,2}\s*\))?\s*(?:CL\s*\.?)?\s*(\d{2})\s*-\s*(\d{2})\s*(?:\(\s*\d{1,2}\s*\))?",
    re.ASCII,
)
_DELIMITERS = re.compile(r"[,;|、\n\r\t]+|//")
_BLANKS = re.compile(r"[^\S\n\r\t]+")
_LONGEST = 80
_CACHED_CELL = 1000
_ONE_AFTER_ANOTHER = re.compile(r"(?<=[0-9IN)])\s+(?=[A-HY]\d\d[A-Z]\s*\d)")


@dataclass(frozen=True, slots=True)
class Ipc:
    """One IPC symbol; `symbol` is canonical, `C01B32/184`, and may end at any level."""

    symbol: str

    @property
    def section(self) -> str:
        """部: `C`."""
        return self.symbol[0]

    @property
    def ipc_class(self) -> str:
        """大类, three characters: `C01`; shorter for a bare section."""
        return self.symbol[:3]

    @property
    def subclass(self) -> str:
        """小类, four characters: `C01B`; shorter when the symbol is."""
        return self.symbol[:4]

    @property
    def group(self) -> str:
        """大组 without subgroup: `C01B32`; shorter when the symbol is."""
        return self.symbol.partition("/")[0]


def parse_ipc(text: str) -> Ipc:
    """Read one symbol.

    Lower case, full-width characters, spaces, the version "(2006.01)I", the fixed form of ST.8
    (`H01L0021020000`) and what follows it (`20060101AFI…`) are accepted.

    Raises:
        ClassificationError: no IPC symbol; a Locarno class (14-03) and a CPC-only section Y say so.
    """
    symbol = _canonical(text)
    if symbol[0] == "Y":
        raise ClassificationError("ipc-is-cpc", value=shown(text))
    return Ipc(symbol)


def _canonical(text: str) -> str:
    folded = " ".join(fold(text).upper().split())
    if len(folded) > _LONGEST:
        raise ClassificationError("ipc-not-valid", value=shown(text))
    return _read(folded)


@lru_cache(maxsize=65536)
def _read(folded: str) -> str:
    match = _SYMBOL.fullmatch(folded) or _SYMBOL.fullmatch(folded, _end_of_lead(folded))
    if match is None:
        return _fixed_form(folded)
    section, class_digits, letter, group, subgroup, alone = match.groups()
    group = group or alone
    if group is not None:
        return f"{section}{class_digits}{letter}{group}" + (f"/{subgroup}" if subgroup else "")
    return f"{section}{class_digits or ''}{letter or ''}"


def _end_of_lead(folded: str) -> int:
    match = _LEAD.match(folded)
    return match.end() if match else 0


def _fixed_form(text: str) -> str:
    match = _FIXED.fullmatch(text)
    group = int(match[2] or match[4]) if match else 0
    if match and group:
        subgroup = (match[3] or match[5]).rstrip("0").ljust(2, "0")
        return f"{match[1]}{group}/{subgroup}"
    if _LOCARNO.fullmatch(text):
        raise ClassificationError("ipc-is-locarno", value=shown(text))
    raise ClassificationError("ipc-not-valid", value=shown(text))


def split_ipc(text: str, *, cpc: bool = False) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read a list of symbols, separated by , ; | 、 // tab or line end.

    Args:
        text: the cell; empty marks such as "-" give two empty tuples.
        cpc: accept section Y as well.

    Returns:
        Canonical symbols without duplicates in the order given, and the pieces that are none.
    """
    if is_empty_mark(text):
        return (), ()
    return _split(text, cpc) if len(text) <= _CACHED_CELL else _split.__wrapped__(text, cpc)


@lru_cache(maxsize=65536)
def _split(text: str, cpc: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    symbols: dict[str, None] = {}
    rejected: list[str] = []
    for piece in _pieces(_BLANKS.sub(" ", fold(text).upper())):
        try:
            symbol = _canonical(piece)
        except ClassificationError:
            rejected.append(piece)
            continue
        if symbol[0] == "Y" and not cpc:
            rejected.append(piece)
        else:
            symbols[symbol] = None
    return tuple(symbols), tuple(rejected)


def _pieces(folded: str) -> list[str]:
    pieces = [piece.strip() for piece in _DELIMITERS.split(folded)]
    return [part for piece in pieces if piece for part in _ONE_AFTER_ANOTHER.split(piece)]


def ipc_matches(symbol: str, prefix: str) -> bool:
    """Whether a canonical symbol lies under a prefix of any level.

    `H01Q1` is main group 1 and not 11; `H01Q` the subclass; `H01Q1/2` all subgroups whose digits
    begin with 2. The prefix may carry spaces and lower case.
    """
    wanted = prefix if prefix.isalnum() and prefix.isupper() else fold(prefix).upper().replace(" ", "")
    if not symbol.startswith(wanted):
        return False
    is_main_group = len(wanted) > 4 and "/" not in wanted
    return not is_main_group or len(symbol) == len(wanted) or symbol[len(wanted)] == "/"


def parse_locarno(text: str) -> str:
    """Read a Locarno class of a design, `14-03`, also as "LOC(11)Cl.14-03" or "01-01 (11)".

    Raises:
        ClassificationError: the text is none.
    """
    match = _LOCARNO.fullmatch(" ".join(fold(text[:_LONGEST]).upper().split()))
    if match is None:
        raise ClassificationError("locarno-not-valid", value=shown(text))
    return f"{match[1]}-{match[2]}"


def split_locarno(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read a list of Locarno classes; returns them without duplicates, and the pieces that are none."""
    classes: dict[str, None] = {}
    rejected: list[str] = []
    for piece in [] if is_empty_mark(text) else re.split(r"[,;|、\n]+", fold(text)):
        try:
            classes[parse_locarno(piece)] = None
        except ClassificationError:
            rejected += [piece.strip()] if piece.strip() else []
    return tuple(classes), tuple(rejected)
