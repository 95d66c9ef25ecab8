"""Rows of exports in Patlas's own format, for tests of the library."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from patents.numbers import check_digit

Row = Mapping[str, object]


def application(number: int, year: int = 2020) -> str:
    """A right application number of an invention."""
    body = f"{year}1{number:07d}"
    return f"CN{body}.{check_digit(body)}"


def row(number: int, **fields: object) -> Row:
    """One application, published as A in the year after filing."""
    return {
        "application_number": application(number),
        "publication_number": f"CN1{number:08d}A",
        "title": f"一种石墨烯导热膜及其制备方法{number}",
        "abstract": f"本申请公开了第{number}种导热膜，由氧化石墨烯还原制得。",
        "applicants": ["兰州大学", "甘肃某某新材料有限公司"],
        "ipc_main": "C01B32/184",
        "filing_date": "2020-03-05",
        "publication_date": "2021-09-07",
        **fields,
    }


def granted(number: int, **fields: object) -> Row:
    """The grant of the same application."""
    given = {
        "publication_number": f"CN1{number:08d}B",
        "publication_date": "2023-01-03",
        "legal_state": "有效",
        **fields,
    }
    return row(number, **given)


def without(fields: Row, *names: str) -> Row:
    """The row without some columns."""
    return {name: value for name, value in fields.items() if name not in names}


def write_rows(path: Path, rows: Iterable[Row]) -> Path:
    """Write JSON lines."""
    text = "".join(json.dumps(fields, ensure_ascii=False) + "\n" for fields in rows)
    path.write_text(text, encoding="utf-8")
    return path
