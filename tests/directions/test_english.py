"""An English report holds no Chinese but names, titles and what the patents say, whatever columns lack."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from directions.chapters import Scope, position
from directions.chapters import compare as compare_chapter
from directions.facts import Table
from directions.indicators.facts_file import Fact, Facts
from directions.indicators.ipc import classes
from directions.notation import heading, printed_columns, printed_rows
from directions.report import make_report
from directions.report.blocks import FigureBlock, Heading, Paragraph, Remark, TableBlock, body_blocks
from directions.study import Study, StudyTheme, make_study
from library.columns import append_column, table_of
from patents.merge import record_key
from patents.readers import RowRead, open_export
from patents.tables import ipc_entry
from tests.directions.hand_made import pa

DEMO = Path(__file__).parents[2] / "demo" / "demo-export.xlsx"
CHINESE = re.compile("[㐀-鿿]")
LACKING = {
    "nothing": (),
    "dates and states": ("grant_date", "grant_number", "legal_state", "lapse_reason", "lapse_date"),
    "holders": ("applicants", "applicant_kinds", "current_applicants"),
    "classes and places": ("ipc_main", "ipc", "province", "city", "county", "industries"),
    "years": ("filing_year", "filing_date"),
    "operation and PCT": (
        "transfer_count",
        "licence_count",
        "pledge_count",
        "event_kinds",
        "event_dates",
        "pct_application_number",
        "pct_publication_number",
        "pct_entry_date",
    ),
    "types and abstracts": ("patent_type", "abstract"),
}
FACTS = Facts(
    "figures.csv",
    (Fact(name="贵阳市", population=640.0, revenue=3000.0), Fact(name="S电", employees=3.0)),
)


@pytest.fixture(scope="module")
def demo() -> Study:
    """The demonstration with an industry and a theme for each section of the IPC."""
    rows = open_export(DEMO)
    found = {record_key(row.record): row.record for row in rows if isinstance(row, RowRead)}
    laid = table_of([found[key] for key in sorted(found)])
    sections = [(main or "Z")[0] for main in laid.column("ipc_main").to_pylist()]
    industries = [[f"x:{section}电", "sei:新材料产业"] for section in sections]
    table = append_column(laid, "industries", pa.array(industries, pa.list_(pa.string())))
    study = make_study(
        table,
        np.arange(table.num_rows),
        title="全省专利",
        query="*",
        as_of=date(2026, 6, 30),
        home="贵州省",
    )
    own = study.patents["ipc_main"].fill_null("Z").str.head(1)
    themes = tuple(
        StudyTheme(
            id=section,
            name=f"{section}方向",
            keywords=(f"{section}电解",),
            rows=np.flatnonzero((own == section).to_numpy()),
        )
        for section in sorted(set(own))
    )
    return replace(study, themes=themes)


def without(study: Study, columns: tuple[str, ...]) -> Study:
    kinds = study.patents.schema
    blank = [
        pl.lit([] if isinstance(kinds[name], pl.List) else None, dtype=kinds[name]).alias(name)
        for name in columns
    ]
    return replace(study, patents=study.patents.with_columns(blank), filled=study.filled - set(columns))


def names(study: Study) -> re.Pattern[str]:
    """What is named in the data: applicants, places, industries, themes, classes, the study itself."""
    found = {study.title, "新材料产业", study.home, "检索式"}
    for name in ("applicants", "current_applicants", "province", "city", "county", "industries"):
        column = study.patents[name]
        values = column.explode() if isinstance(column.dtype, pl.List) else column
        found |= set(values.drop_nulls())
    found |= {name.partition(":")[2] for name in found if ":" in name}
    found |= {word for theme in study.themes for word in (theme.name, *theme.keywords)}
    for level in ("class", "subclass"):
        for symbol in classes(study, level)["category"].unique():
            title = entry.short if (entry := ipc_entry(symbol)) else ""
            found |= {title, title.split("；")[0].split("，")[0]}
    return re.compile("|".join(re.escape(name) for name in sorted(found - {""}, key=len, reverse=True)))


def texts_of_table(table: Table):
    yield table.title.en
    yield table.missing.en
    yield from (note.en for note in table.notes)
    columns = printed_columns(table)
    yield from (heading(column, "en") for column in columns)
    for row in printed_rows(table, "en"):
        # What abstracts and titles of classes say is quoted.
        yield from (
            cell
            for cell, column in zip(row, columns, strict=True)
            if column.name not in ("examples", "title")
        )


def texts(report):
    for table in (*report.cover, *report.appendix):
        yield from texts_of_table(table)
    for block in body_blocks(report):
        if isinstance(block, Heading | Remark):
            yield block.text
        elif isinstance(block, Paragraph):
            yield from (text for run in block.runs for text in (run.text, run.source))
        elif isinstance(block, TableBlock):
            yield from (block.caption, *block.below)
            yield from texts_of_table(block.table)
        elif isinstance(block, FigureBlock):
            yield block.caption


@pytest.mark.parametrize("lacking", LACKING.values(), ids=list(LACKING))
def test_an_english_report_is_english_whatever_columns_lack(demo, lacking):
    study = without(demo, lacking)
    part = replace(study.of(pl.col("ipc_main").fill_null("").str.starts_with("C")), title="C电")
    more = [position.chapter(study, "x")]
    if part.count:
        more.append(compare_chapter.chapter([study, part]))
    parts = [part] if part.count else []
    report = make_report(study, parts, scope=Scope("x", facts=FACTS), language="en", more=more)
    named = names(demo)
    chinese = {text for text in texts(report) if CHINESE.search(named.sub("", text))}
    assert chinese == set()
