"""Formula cells that were saved without a value, which calamine reads as empty.

Programs that write xlsx without computing (openpyxl, POI) leave only the formula, often the
HYPERLINK around a publication number. Without this the number would be lost silently.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from patents.readers.cells import formula_text
from patents.readers.files.package import column_number

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def unsaved_formulas(path: Path, parts: dict[str, str]) -> dict[str, dict[tuple[int, int], str]]:
    """What formulas without a stored value show, by sheet and 0-based (row, column).

    Args:
        path: an xlsx.
        parts: sheets that hold formulas, and the members that hold them.
    """
    if not parts:
        return {}
    try:
        with zipfile.ZipFile(path) as archive:
            return {name: _formulas_of(archive, member) for name, member in parts.items()}
    except (zipfile.BadZipFile, OSError, KeyError, ValueError, NotImplementedError, zlib.error, etree.Error):
        return {}


def _formulas_of(archive: zipfile.ZipFile, member: str) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    with archive.open(member) as file:
        for _, row in etree.iterparse(file, tag=f"{_MAIN}row", resolve_entities=False, huge_tree=True):
            found.update(filter(None, map(_unsaved, row)))
            row.clear()
    return found


def _unsaved(cell: etree._Element) -> tuple[tuple[int, int], str] | None:
    formula, value = cell.findtext(f"{_MAIN}f"), cell.findtext(f"{_MAIN}v")
    place = _REFERENCE.fullmatch(cell.get("r", ""))
    if value or not formula or not place:
        return None
    return (int(place[2]) - 1, column_number(place[1]) - 1), formula_text(f"={formula}")
