"""Formula cells that were saved without a value, which calamine reads as empty.

Programs that write xlsx without computing (openpyxl, POI) leave only the formula, often the
HYPERLINK around a publication number. Without this the number would be lost silently.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from patents.readers.cells import formula_text

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def unsaved_formulas(path: Path, sheets: Sequence[str]) -> dict[str, dict[tuple[int, int], str]]:
    """What formulas without a stored value show, by sheet and 0-based (row, column).

    An unreadable or other file has none: telling so is the business of who reads the cells.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = _sheet_parts(archive)
            return {
                name: _formulas_of(archive, parts[name])
                for name in sheets
                if name in parts and _mentions_formula(archive, parts[name])
            }
    except (zipfile.BadZipFile, OSError, KeyError, ValueError, NotImplementedError, etree.Error):
        return {}


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → the archive member that holds it."""
    relations = {
        element.get("Id", ""): element.get("Target", "")
        for element in _parse(archive, "xl/_rels/workbook.xml.rels").iter("{*}Relationship")
    }
    parts: dict[str, str] = {}
    for sheet in _parse(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = relations.get(sheet.get(_RELATION, ""), "").lstrip("/")
        parts[sheet.get("name", "")] = target if target.startswith("xl/") else f"xl/{target}"
    return parts


def _parse(archive: zipfile.ZipFile, member: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(archive.read(member), parser)


def _mentions_formula(archive: zipfile.ZipFile, member: str) -> bool:
    """Whether the member holds an `<f>`; reading on for that alone is cheap, parsing is not."""
    with archive.open(member) as file:
        tail = b""
        while chunk := file.read(1 << 20):
            if b"<f>" in tail + chunk or b"<f " in tail + chunk:
                return True
            tail = chunk[-3:]
    return False


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
    return (int(place[2]) - 1, _column(place[1])), formula_text(f"={formula}")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
