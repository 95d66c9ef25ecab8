"""国民经济行业分类: codes and names.

Source: GB/T 4754-2017 (with amendment 1 of 2019 where the source has it).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from patents.tables.files import read_csv

_CODE = re.compile(r"\s*([A-T])?\s*(\d{2,4})?(?!\d)")


@lru_cache(maxsize=1)
def gb4754_names() -> Mapping[str, str]:
    """Return code → name; codes carry the letter of their section: `C`, `C32`, `C321`, `C3211`."""
    return MappingProxyType({row["code"]: row["name"] for row in read_csv("gb4754_2017.csv")})


def gb4754_name(code: str) -> str | None:
    """Return the name of a code in any spelling (`C3211`, `3211`, `C32`)."""
    found = gb4754_code(code)
    return gb4754_names()[found] if found else None


def gb4754_parent(code: str) -> str | None:
    """Return the code one level up: `C3211` → `C321` → `C32` → `C`; None for a section."""
    return None if len(code) == 1 else code[:1] if len(code) == 3 else code[:-1]


@lru_cache(maxsize=4096)
def gb4754_code(text: str) -> str | None:
    """Read a code at the start of a text, with or without its letter, or find a name.

    `C3990 其他电子设备制造`, `3990`, `39` and `其他电子设备制造` are read; None when nothing fits.
    """
    match = _CODE.match(text)
    letter, digits = match.groups() if match else (None, None)
    if digits:
        letter = letter or _letters().get(digits[:2])
        code = f"{letter}{digits}" if letter else ""
        return code if code in gb4754_names() else None
    rest = text.strip()
    return rest if len(rest) == 1 and rest in gb4754_names() else _by_name().get(rest)


@lru_cache(maxsize=1)
def _letters() -> dict[str, str]:
    return {code[1:]: code[0] for code in gb4754_names() if len(code) == 3}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    """Name → code; the upper level keeps a name that levels share (农业 is A01, 其他农业 …)."""
    names: dict[str, str] = {}
    for code in sorted(gb4754_names(), key=len):
        names.setdefault(gb4754_names()[code], code)
    return names
