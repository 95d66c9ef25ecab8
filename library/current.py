"""`CURRENT`: which snapshot is live, in one line that is replaced atomically.

<number> <checksum of its manifest> <checksum of the two>
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from library.checksums import checksum_of_bytes
from library.files import write_atomically
from library.snapshot import repairing
from patents.errors import DamagedSnapshotError

CURRENT = "CURRENT"
#: Libraries of the first format have the number alone.
_BEFORE = re.compile(r"[0-9]{1,9}\n")


@dataclass(frozen=True, slots=True)
class Current:
    """The live snapshot.

    Attributes:
        number: of the snapshot.
        checksum: of its manifest; empty for a manifest of format 1.
    """

    number: int
    checksum: str = ""

    def line(self) -> str:
        """What the file holds."""
        named = f"{self.number} {self.checksum}"
        return f"{named} {checksum_of_bytes(named.encode())}\n"


def write_current(library: Path, current: Current) -> None:
    """Make a snapshot the live one."""
    write_atomically(library / CURRENT, current.line().encode())


def read_current(library: Path) -> Current | None:
    """Which snapshot is live; None before the first build.

    Raises:
        DamagedSnapshotError: the file is damaged.
    """
    path = library / CURRENT
    try:
        line = path.read_bytes().decode("ascii", "replace")
    except FileNotFoundError:
        return None
    if _BEFORE.fullmatch(line):
        return Current(int(line))
    number, _, rest = line.partition(" ")
    if number.isdigit() and number.isascii():
        current = Current(int(number), rest.partition(" ")[0])
        if current.line() == line:
            return current
    raise DamagedSnapshotError(
        "current-snapshot-unreadable", path=path, value=line[:20].strip(), mend=repairing(library)
    )
