"""Applicant groups for TREE@: a company or university with its members.

The library's own `groups.yaml` (group → list of members) comes first, for only its users know who owns
whom. Beyond it names tell: a member is called like its parent without the legal form, and more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from library.once import Once
from patents.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

GROUPS_FILE = "groups.yaml"
_LEGAL_FORM = re.compile(r"(?:控股)?(?:集团)?(?:控股)?(?:股份)?(?:有限责任|有限)?(?:公司)?$")
# Shorter roots (中国, 北京) begin the names of strangers.
_SHORTEST_ROOT = 4
_COLUMNS = ("applicants", "current_applicants", "standard_applicants")


class CompanyGroups:
    """Finds the members of a group among the applicants of one snapshot.

    Args:
        table: the columns of the snapshot.
        folder: of the library, with its `groups.yaml`.
    """

    def __init__(self, table: pa.Table, folder: Path) -> None:
        self._table = table
        self._path = folder / GROUPS_FILE
        self._once = Once()

    def __call__(self, name: str) -> Sequence[str]:
        """Names of the applicants of a group, the one asked for included.

        Args:
            name: of the group or its parent, such as 清华大学.
        """
        listed = self.listed.get(name, ())
        stems = (_LEGAL_FORM.sub("", member) for member in (name, *listed))
        roots = tuple(stem for stem in stems if len(stem) >= _SHORTEST_ROOT)
        alike = [applicant for applicant in self._applicants if applicant.startswith(roots)]
        return tuple(dict.fromkeys([name, *listed, *alike]))

    @property
    def listed(self) -> dict[str, tuple[str, ...]]:
        """Members by group as `groups.yaml` of the library lists them; empty without one.

        Raises:
            InputError: it does not map names to lists of names.
        """
        return self._once.get("listed", lambda: _read(self._path))

    @property
    def _applicants(self) -> list[str]:
        return self._once.get("applicants", self._read_applicants)

    def _read_applicants(self) -> list[str]:
        columns = (pl.Series(pl.from_arrow(self._table.column(name))) for name in _COLUMNS)
        return sorted(
            {name for column in columns for name in column.explode().drop_nulls().unique().to_list()}
        )


def _read(path: Path) -> dict[str, tuple[str, ...]]:
    if not path.is_file():
        return {}
    import yaml

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError("groups-unreadable", path=path, reason=error) from error
    if not isinstance(content, dict) or not all(isinstance(members, list) for members in content.values()):
        raise InputError("groups-wrong", path=path)
    return {str(group): tuple(map(str, members)) for group, members in content.items()}
