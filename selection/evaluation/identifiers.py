"""Patent numbers: one key for every spelling.

- Chinese application numbers: 12 or 8 digits without the check digit.
- Chinese publication numbers from 2007 (9 digits): without the kind letter, since A and B of one
  application share the digits; so PN=CN111534432B finds the patent of which only the A is known.
- Other publication numbers: as written, and without the kind letter. A number sought with its kind
  finds that kind only (CN1303169C and CN1303169A are two patents), without it any.
"""

from __future__ import annotations

import re

import polars as pl

from patents.half_width import compact

_SIGNS = r"[\s./,-]+"
_APPLICATION = r"^CN(\d{12})[\dX]?$"
_OLD_APPLICATION = r"^CN([089]\d{7})[\dX]?$"
_PUBLICATION = r"^CN([123]\d{8})(?:[A-Z]\d?)?$"
_KIND = r"[A-Z]\d?$"
_OWNERS = r"^(?:ZL|CN)+"


def written(pairs: pl.DataFrame) -> pl.DataFrame:
    """Values upper case, without signs and white space between their characters."""
    return pairs.with_columns(pl.col("value").str.to_uppercase().str.replace_all(_SIGNS, ""))


def stored_keys(pairs: pl.DataFrame) -> pl.DataFrame:
    """Keys of each value; the same rule as `sought_key`."""
    value = pl.col("value")
    root = pl.coalesce(
        "CN" + value.str.extract(_APPLICATION),
        "CN" + value.str.extract(_PUBLICATION),
        "CN" + value.str.extract(_OLD_APPLICATION),
    )
    keys = written(pairs).with_columns(root=root, bare=value.str.replace(_KIND, ""))
    chosen = keys.select("row", first=pl.coalesce("root", "value"), second=pl.coalesce("root", "bare"))
    each = pl.concat([chosen.select("row", value="first"), chosen.select("row", value="second")])
    return each.unique()


def sought_key(text: str) -> str:
    """The key under which a number is found."""
    number = written_number(text)
    for pattern in (_APPLICATION, _PUBLICATION, _OLD_APPLICATION):
        match = re.match(pattern, number)
        if match:
            return "CN" + match[1]
    return number


def written_number(text: str) -> str:
    """Upper case, without signs; Chinese numbers with CN whether or not CN or ZL was written."""
    number = re.sub(_SIGNS, "", compact(text))
    bare = re.sub(_OWNERS, "", number)
    return "CN" + bare if bare[:1].isdigit() else number
