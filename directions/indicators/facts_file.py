"""Figures that patents do not hold: population, revenue, persons employed, from the user's own file.

One line a region or industry (and year): columns 名称 (or 地区, 产业), 年份, 人口（万人）, 营业收入（亿元）,
就业人员（万人）; csv in UTF-8 or GB18030, xlsx or xls; columns that are not needed may be absent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from patents.errors import MappingError
from patents.messages import message
from patents.small_tables import read_cells

_HELP = message("facts-columns")
_HEADS = {
    "name": re.compile(r"名称|地区|省份|城市|区县|产业|行业|region|industry|name", re.IGNORECASE),
    "year": re.compile(r"年份|年度|^年$|year", re.IGNORECASE),
    "population": re.compile(r"人口|population", re.IGNORECASE),
    "revenue": re.compile(r"营业务?收入|营收|revenue", re.IGNORECASE),
    "employees": re.compile(r"就业|从业|用工|employ", re.IGNORECASE),
}
#: Units that a heading may name, as factors to 万人 and 亿元.
_UNITS = (("亿人", 1e4), ("万人", 1.0), ("亿元", 1.0), ("万元", 1e-4), ("人", 1e-4), ("元", 1e-8))
_NUMBERS = ("population", "revenue", "employees")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Figures of one region or industry.

    Attributes:
        name: as in the file.
        year: they are of; None when the file names none.
        population: in 10,000 (万人).
        revenue: in 100 million yuan (亿元).
        employees: in 10,000 (万人).
    """

    name: str
    year: int | None = None
    population: float | None = None
    revenue: float | None = None
    employees: float | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All lines of a file.

    Attributes:
        source: name of the file, printed with the figures.
        lines: in the order of the file.
    """

    source: str
    lines: tuple[Fact, ...]

    def of(self, name: str, field: str, year: int) -> float | None:
        """Latest value of a field that is not later than a year; undated ones come last.

        Args:
            name: of the region or industry; 贵州 finds 贵州省 and the other way round.
            field: population, revenue or employees.
            year: of the study.
        """
        own = [line for line in self._named(name) if getattr(line, field) is not None]
        dated = [line for line in own if line.year is not None and line.year <= year]
        undated = [line for line in own if line.year is None]
        chosen = max(dated, key=lambda line: line.year or 0) if dated else next(iter(undated), None)
        return None if chosen is None else float(getattr(chosen, field))

    def mean(self, name: str, field: str, first: int, last: int) -> float | None:
        """Mean of a field over the years of a period; undated lines stand for any year."""
        own = [line for line in self._named(name) if getattr(line, field) is not None]
        within = [line for line in own if line.year is not None and first <= line.year <= last]
        values = [float(getattr(line, field)) for line in within or [x for x in own if x.year is None]]
        return sum(values) / len(values) if values else None

    def _named(self, name: str) -> list[Fact]:
        same = [line for line in self.lines if line.name == name]
        return same or [line for line in self.lines if _stem(line.name) == _stem(name)]


def read_facts(path: Path) -> Facts:
    """Read a file of figures.

    Raises:
        UnreadableFileError: it is not a table.
        MappingError: no column of names, none of figures, or a cell that is not a number.
    """
    rows = [(number, row) for number, row in enumerate(read_cells(path, _HELP), start=1) if any(row)]
    head, columns = _head(path, rows)
    lines = []
    for number, row in rows[head + 1 :]:
        cells = {name: row[place].strip() if place < len(row) else "" for name, (place, _) in columns.items()}
        if not cells["name"]:
            continue
        lines.append(_fact(path, number, cells, {name: unit for name, (_, unit) in columns.items()}))
    return Facts(path.name, tuple(lines))


def _fact(path: Path, number: int, cells: dict[str, str], units: dict[str, float]) -> Fact:
    values = {
        name: None if (value := _number(path, number, cells.get(name, ""))) is None else value * units[name]
        for name in _NUMBERS
        if name in cells
    }
    year = _number(path, number, cells.get("year", "").removesuffix("年"))
    return Fact(
        name=cells["name"],
        year=None if year is None else int(year),
        population=values.get("population"),
        revenue=values.get("revenue"),
        employees=values.get("employees"),
    )


def _number(path: Path, row: int, cell: str) -> float | None:
    text = cell.replace(",", "").replace("，", "").strip()
    if text in {"", "-", "—", "–", "/"}:
        return None
    try:
        return float(text)
    except ValueError:
        raise MappingError("facts-not-a-number", path=path, row=row, cell=cell) from None


def _head(path: Path, rows: Sequence[tuple[int, list[str]]]) -> tuple[int, dict[str, tuple[int, float]]]:
    """Place of the row of headings, and column and unit of each field."""
    for place, (_, row) in enumerate(rows[:20]):
        columns: dict[str, int] = {}
        for field, pattern in _HEADS.items():
            free = (at for at, cell in enumerate(row) if pattern.search(cell) and at not in columns.values())
            if (found := next(free, None)) is not None:
                columns[field] = found
        if "name" in columns and any(name in columns for name in _NUMBERS):
            units = {name: _unit(path, row[at]) if name in _NUMBERS else 1.0 for name, at in columns.items()}
            return place, {name: (at, units[name]) for name, at in columns.items()}
    raise MappingError("facts-headings-missing", path=path, step=_HELP)


def _unit(path: Path, heading: str) -> float:
    """Factor to 万人 or 亿元; a figure without a unit could be wrong by 10,000, so it is refused."""
    for unit, factor in _UNITS:
        if re.search(rf"[（(/／]\s*{unit}\s*(?:[)）]|$)", heading):
            return factor
    raise MappingError("facts-heading-without-unit", path=path, heading=heading)


def _stem(name: str) -> str:
    return re.sub(r"(?:省|市|自治区|自治州|地区|产业|行业)$", "", name.strip())
