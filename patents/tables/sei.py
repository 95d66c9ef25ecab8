"""战略性新兴产业: its codes, and the IPC patterns that belong to each.

Source: 《战略性新兴产业分类与国际专利分类参照关系表（2021）（试行）》, CNIPA, second hand; see README.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import msgspec

from patents.tables.files import DATA

SEI_INDUSTRIES: Mapping[str, str] = MappingProxyType(
    {
        "1": "新一代信息技术产业",
        "2": "高端装备制造产业",
        "3": "新材料产业",
        "4": "生物产业",
        "5": "新能源汽车产业",
        "6": "新能源产业",
        "7": "节能环保产业",
        "8": "数字创意产业",
        "9": "相关服务业",
    }
)


@dataclass(frozen=True, slots=True)
class SeiRule:
    """One row of the official table.

    Attributes:
        include: patterns; `H01Q1*` is every subgroup of group 1 (not of group 11), `C21D*` a
            subclass, `G16*` a class, `H04L12/02` that one symbol.
        exclude: patterns that do not belong, unless `include` names the symbol exactly.
        keywords: 产品相关关键词 as printed, descriptive prose; empty when the row has no such condition.
    """

    include: tuple[str, ...]
    exclude: tuple[str, ...]
    keywords: str


@dataclass(frozen=True, slots=True)
class SeiCode:
    """One code of the second level, `1.1`, with its rows."""

    code: str
    name: str
    rules: tuple[SeiRule, ...]


@lru_cache(maxsize=1)
def sei_rules() -> tuple[SeiCode, ...]:
    """Return the 40 codes in their official order."""
    lines = (DATA / "sei_ipc.jsonl").read_bytes().splitlines()
    return tuple(msgspec.json.decode(line, type=SeiCode) for line in lines)
