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
(CNKI's ".xls"); Excel 2003 XML; csv, tsv and text with other delimiters in UTF-8, GB18030 (GBK), Big5 or
UTF-16; JSON lines and JSON arrays; parquet. Archives are refused with the command that unpacks them.

**Limits.** Before it is parsed a file is asked how much it unpacks to (2 GB, and 200 times its own size),
and how far its cells spread (40 million cells a sheet). Workbooks, docx and pdf are parsed in a process
of its own with 3 GB of memory and a limited time; on Windows only time is limited.

**Damage.** Zeroed or missing parts, wrong checksums, a sheet, page or row that ends early are named in the
import report, and every row that is left ends as new, updated, unchanged, merged or rejected.

**Whose export.** Told from the headers. The header row is looked for among the first 30 rows, so a title
or a search URL may stand above it. Before comparing, full-width characters become half-width, white
space, byte-order marks and a closing colon go, traditional characters become simplified ones, and case
does not matter; texts stay as they came. All sheets of a workbook that have known headers are read.

**What becomes of a column.** A described column is read into the target named below. The portal's own
table comes first, then the common one. When two columns of a file have the same target, the one that is
listed first is taken and a different value of the other is kept among the portal's values. Titles and
texts: the Chinese one is taken, an English one goes to `title_en` or `abstract_en`. A column that nobody
describes is kept as it is in `raw` and named in the import report. A second column with the same header
becomes `申请号 (2)`; where a field has several values, columns of one header (申请人, 申请人, 申请人3,
发明人1 … n) fill it together. A cell merged over several rows counts for each of them. An apostrophe that
only marks a cell as text is taken off.

**Whose number.** A number without the code of its office is of the office that its row states (受理局,
公开国别, Country …), else of that of the row's other numbers. Where neither says so it is Chinese, unless
the table has rows of other offices: then only twelve digits with their right check digit are, and other
rows are rejected with the reason. US, WO, EP, JP, KR and PCT numbers are read in their usual spellings
into one.

**Days.** 27.03.2013 has the day first everywhere; 31/12/2013 reads one way only; 09/12/2013 is read as
the other days of its column show, and refused where they do not. Workbooks that count days from 1904 are
known.

**What becomes of a row.** A row needs a number that can be read, 申请号 or 公开(公告)号; else it is
rejected, with column, value and reason. Any other value that cannot be read is kept in `raw` and reported
as a warning; the row is read. A wrong check digit is a warning, and so are a day after the as-of date, a
publication before the filing, and a filing day of another year than the number's (unless it is a
divisional application): they are kept as written. Rows without any cell are passed over and counted.

**Formulas.** The stored value counts. Where a program saved none, an xlsx gives what the formula shows (the
text of a HYPERLINK) or the formula itself, and the report says so; in an old xls such a cell is empty, so
open and save that file once in a spreadsheet program.

**As-of date.** `--as-of`; else a line above the headers such as 检索截止日：2024-03-31 or a day in a
sheet's name; else the day in the file's name (CNKI-20250409224248644.xls); else the newest event in the
file; else today. Each file of a command has its own; one whose newest event lies more than two years
before it is reported. The newer date wins field by field. Where two rows of one date disagree, one and
the same of them counts in whatever order they come (the grant's row before the application's, then the
longer text, the later status, the earlier day), and the report names both; a corrected export counts from
a later `--as-of`. Importing a file again changes nothing.

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
