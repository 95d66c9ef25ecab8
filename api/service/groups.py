"""Applicant groups for TREE@: a company or university with its members.

The library's own `groups.yaml` (group → list of members) comes first, for only its users know who owns
whom. Beyond it names tell: a member is called like its parent without the legal form, and more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from patents.errors import InputError

if TYPE_CHECKING:
    from api.service.live import LiveSnapshot

GROUPS_FILE = "groups.yaml"
_LEGAL_FORM = re.compile(r"(?:控股)?(?:集团)?(?:控股)?(?:股份)?(?:有限责任|有限)?(?:公司)?$")
# Shorter roots (中国, 北京) begin the names of strangers.
_SHORTEST_ROOT = 4
_COLUMNS = ("applicants", "current_applicants", "standard_applicants")


class CompanyGroups:
    """Finds the members of a group among the applicants of one snapshot.

    Args:
        live: the snapshot.
    """

    def __init__(self, live: LiveSnapshot) -> None:
        self._live = live

    def __call__(self, name: str) -> Sequence[str]:
        """Names of the applicants of a group, the one asked for included.

        Args:
            name: of the group or its parent, such as 清华大学.
        """
        told = self.told.get(name, ())
        roots = [
            root
            for root in (_LEGAL_FORM.sub("", one) for one in (name, *told))
            if len(root) >= _SHORTEST_ROOT
        ]
        called_so = [one for one in self._names if any(one.startswith(root) for root in roots)]
        return tuple(dict.fromkeys([name, *told, *called_so]))

    @cached_property
    def _names(self) -> list[str]:
        import polars as pl

        columns = (pl.Series(pl.from_arrow(self._live.table.column(name))) for name in _COLUMNS)
        return sorted(
            {name for column in columns for name in column.explode().drop_nulls().unique().to_list()}
        )

    @cached_property
    def told(self) -> dict[str, tuple[str, ...]]:
        """`groups.yaml` of the library; empty without one.

        Raises:
            InputError: it is no mapping of names to lists of names.
        """
        import yaml

        path = self._live.library.path / GROUPS_FILE
        if not path.is_file():
            return {}
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise InputError(
                f"{path} cannot be read: {error}", help="write it as `group: [member, member]`"
            ) from error
        if not isinstance(content, dict) or not all(
            isinstance(members, list) for members in content.values()
        ):
            raise InputError(f"{path} is no list of groups", help="write it as `group: [member, member]`")
        return {str(group): tuple(map(str, members)) for group, members in content.items()}
