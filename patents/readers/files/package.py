"""An xlsx from the inside, read once as bytes before it is parsed: size, damage, formulas, how days count.

calamine allots the box that spans the outermost cells at once, reads on over wrong checksums, and takes a
sheet that ends early as it stands.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from patents.isolated.limits import guard_archive, guard_cells
from patents.messages import Message, message

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CHUNK = 1 << 20
_MOST_LISTED = 20_000_000
_OVERLAP = 200
"""Bytes of a chunk looked at again with the next one: longer than what is looked for."""

_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,9})["']""")
_DIMENSION = re.compile(
    rb"""<(?:\w+:)?dimension\s+ref\s*=\s*["'][A-Za-z]{1,3}\d{1,7}:[A-Za-z]{1,3}(\d{1,7})["']"""
)
_SHEET_END, _STRINGS_END = re.compile(rb"worksheet\s*>\s*$"), re.compile(rb"sst\s*>\s*$|<sst\b[^>]*/>\s*$")
_FROM_1904 = re.compile(rb"""\bdate1904\s*=\s*["'](?:1|true)["']""", re.IGNORECASE)
_UNREADABLE = (
    zipfile.BadZipFile,
    OSError,
    KeyError,
    ValueError,
    NotImplementedError,
    zlib.error,
    etree.Error,
    EOFError,
)


@dataclass(frozen=True, slots=True)
class PackageCheck:
    """What the inside of an xlsx tells.

    Attributes:
        parts: sheet name → the member that holds it.
        faults: what is damaged, by sheet name; "" for the workbook.
        with_formulas: sheets that hold a formula.
        from_1904: its days count from 1904.
    """

    parts: dict[str, str] = field(default_factory=dict)
    faults: dict[str, Message] = field(default_factory=dict)
    with_formulas: tuple[str, ...] = ()
    from_1904: bool = False


def guard_package(path: Path) -> None:
    """Refuse what unpacks to too much; a file of another kind does not.

    Raises:
        UnreadableFileError: it does.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            guard_archive(archive.infolist(), path.name)
    except _UNREADABLE:
        return


def check_package(path: Path) -> PackageCheck:
    """Look through an xlsx; a file of another kind has nothing to tell.

    Raises:
        UnreadableFileError: its cells lie too far apart.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _check(path, archive)
    except _UNREADABLE:
        return PackageCheck()


def _check(path: Path, archive: zipfile.ZipFile) -> PackageCheck:
    parts = sheet_parts(archive)
    faults: dict[str, Message] = {}
    formulas = []
    for name, member in parts.items():
        scan = _Scan()
        fault = scan.fault_of(archive, member, _SHEET_END)
        guard_cells(scan.rows, scan.columns, path.name, name)
        if fault is not None:
            faults[name] = fault
        if scan.has_formula:
            formulas.append(name)
    if "xl/sharedStrings.xml" in archive.namelist():
        fault = _Scan().fault_of(archive, "xl/sharedStrings.xml", _STRINGS_END)
        if fault is not None:
            faults[""] = fault
    from_1904 = _FROM_1904.search(_small(archive, "xl/workbook.xml")) is not None
    return PackageCheck(parts, faults, tuple(formulas), from_1904)


class _Scan:
    """One member, read through.

    Rows and columns are those of its first and last part, which are enough for a sound file; a file made to
    hide a cell between them meets the memory limit of the process that parses it.
    """

    def __init__(self) -> None:
        self.rows = self.columns = self.declared = 0
        self.has_formula = False

    def fault_of(self, archive: zipfile.ZipFile, member: str, end: re.Pattern[bytes]) -> Message | None:
        """Read the member to its end; what is wrong with it, if anything."""
        before = last = tail = b""
        try:
            for chunk in _chunks(archive, member):
                if not last:
                    self._measure(chunk)
                    dimension = _DIMENSION.search(chunk)
                    self.declared = int(dimension[1]) if dimension else 0
                self.has_formula = self.has_formula or b"<f>" in tail + chunk or b"<f " in tail + chunk
                before, last, tail = last, chunk, chunk[-_OVERLAP:]
            # A row has less than a megabyte, so the last one begins in one of these.
            self._measure(before + last)
        except _UNREADABLE as error:
            return message("file-part-damaged", part=member, problem=str(error) or type(error).__name__)
        if not end.search(tail):
            return message("file-part-ends-early", part=member)
        if self.declared > self.rows:
            return message("sheet-declares-more-rows", part=member, declared=self.declared, rows=self.rows)
        return None

    def _measure(self, text: bytes) -> None:
        for letters, row in _REFERENCE.findall(text):
            self.rows = max(self.rows, int(row))
            self.columns = max(self.columns, column_number(letters.decode()))


def _chunks(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    with archive.open(member) as file:
        yield from iter(lambda: file.read(_CHUNK), b"")


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → the archive member that holds it."""
    relations = {
        element.get("Id", ""): element.get("Target", "")
        for element in _parse(archive, "xl/_rels/workbook.xml.rels").iter("{*}Relationship")
    }
    parts: dict[str, str] = {}
    for sheet in _parse(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = relations.get(sheet.get(_RELATION, ""), "").lstrip("/")
        member = target if target.startswith("xl/") else f"xl/{target}"
        if member in archive.namelist():
            parts[sheet.get("name", "")] = member
    return parts


def _parse(archive: zipfile.ZipFile, member: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(_small(archive, member), parser)


def _small(archive: zipfile.ZipFile, member: str) -> bytes:
    """A member that lists sheets; one of a hundred megabytes is none."""
    if archive.getinfo(member).file_size > _MOST_LISTED:
        raise ValueError(f"{member} is too large")
    return archive.read(member)


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
