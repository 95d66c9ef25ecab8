"""docs/formats.md, written from the tables that the readers work by."""

from __future__ import annotations

from collections.abc import Iterator

from patents.readers.fields import FIELDS
from patents.readers.portal import Column, Portal
from patents.readers.portals.all import PORTALS
from patents.readers.portals.common import GENERIC

_INTRODUCTION = """\
# Formats that are read

This page is written from the tables in `patents/readers/portals`; a test compares the two. To renew it:

    python -c "from pathlib import Path; from patents.readers.describing import formats_page; \\
      Path('docs/formats.md').write_text(formats_page(), encoding='utf-8')"

**Kind of file.** Told from the bytes, never from the name: xlsx, xlsm, xlsb, xls and ods; HTML tables
(CNKI's ".xls"); Excel 2003 XML; csv, tsv and text with other delimiters in UTF-8, GB18030 (GBK) or
UTF-16; JSON lines and JSON arrays; parquet. Archives are refused with the command that unpacks them.

**Whose export.** Told from the headers. The header row is looked for among the first 30 rows, so a
title or a search URL may stand above it. Before comparing, full-width characters become half-width,
white space, byte-order marks and a closing colon go, and case does not matter. All sheets of a workbook
that have known headers are read.

**What becomes of a column.** A described column is read into the target named below. The portal's own
table comes first, then the common one. When two columns of a file have the same target, the one that is
listed first is taken and a different value of the other is kept among the portal's values. Titles and
texts: the Chinese one is taken, an English one goes to `title_en` or `abstract_en`. A column that
nobody describes is kept as it is in `raw` and named in the import report. A second column with the same
header becomes `申请号 (2)`.

**What becomes of a row.** A row needs a number that can be read, 申请号 or 公开(公告)号; else it is
rejected, with column, value and reason. Any other value that cannot be read is kept in `raw` and
reported as a warning; the row is read. A wrong check digit is a warning, and so are a day after the
as-of date and a publication before the filing: they are kept as written. Rows without any cell are
passed over and counted.

**Formulas.** The stored value counts. Where a program saved none, an xlsx gives what the formula shows (the
text of a HYPERLINK) or the formula itself, and the report says so; in an old xls such a cell is empty, so
open and save that file once in a spreadsheet program.

**As-of date.** A line above the headers such as 检索截止日：2024-03-31 is taken as the file's own.

**Anything else.** A table of your own is described by a mapping file: see
[mapping.example.yaml](mapping.example.yaml).
"""


def formats_page() -> str:
    """The page, Markdown."""
    parts = [_INTRODUCTION, "## Portals\n"]
    parts += [_portal(portal) for portal in PORTALS if portal is not GENERIC]
    parts += ["## Common headers\n", "Read in every format, unless the portal's table says otherwise.\n"]
    parts += [
        _columns(GENERIC.columns),
        "## Targets\n",
        "The names that a mapping file may use.\n",
        _targets(),
    ]
    return "\n".join(parts)


def _portal(portal: Portal) -> str:
    marks = "; or ".join(" + ".join(f"`{header}`" for header in mark) for mark in portal.marks)
    lines = [f"### {portal.label}\n", f"`{portal.name}`. Recognised by {marks}.\n", f"{portal.note}\n"]
    if portal.columns:
        lines.append(_columns(portal.columns))
    return "\n".join(lines)


def _columns(columns: tuple[Column, ...]) -> str:
    rows = (f"| `{column.field}` | {'、'.join(map(_cell, column.headers))} |" for column in columns)
    return "\n".join(["| target | headers |", "|---|---|", *rows, ""])


def _targets() -> str:
    return "\n".join(["| target | what it holds |", "|---|---|", *_target_rows(), ""])


def _target_rows() -> Iterator[str]:
    return (f"| `{field.name}` | {_cell(field.meaning)} |" for field in FIELDS.values())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
