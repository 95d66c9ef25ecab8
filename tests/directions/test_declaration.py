"""A declared indicator looks for its columns, says why it has nothing, and carries what was declared."""

from dataclasses import replace

import polars as pl
import pytest

from directions.chapters import CHAPTERS, Scope, make_chapter, make_chapters
from directions.facts import Coverage, TableColumn
from directions.indicators.declaration import Rows, Unavailable, Value, indicator, table
from directions.report import make_report
from directions.report.blocks import TableBlock, body_blocks
from patents.bilingual import NO_TEXT, Text
from patents.errors import NotFoundError
from tests.directions.hand_made import study

COLUMN = TableColumn("value", Text("值", "Value"), "count")


@table(
    id=lambda level: f"made_{level}",
    title=lambda study, level: Text(f"{study.title}{level}", f"{study.title} {level}"),
    columns=(COLUMN,),
    definitions=("growth_rate.{growth}", "filings.{year_by}"),
    needs=("grant_date",),
)
def made(study, level: str = "a", reason: Text = NO_TEXT) -> Rows:
    if reason:
        raise Unavailable(reason)
    known = pl.col("grant_date").is_not_null()
    return Rows(pl.DataFrame({"value": [1]}), known, (NO_TEXT, Text("注", "Note")))


@indicator("grant_rate.{grant_rate}", within=lambda kind: pl.col("patent_type") == kind)
def rate(study, kind: str = "发明", whole: int = 4) -> Value:
    if not whole:
        raise Unavailable(coverage=Coverage(1, 2))
    return Value(1 / whole, Coverage(3, 4), 0.1, 0.9)


def bare(*columns: str):
    whole = study()
    blank = [pl.lit(None, dtype=whole.patents.schema[name]).alias(name) for name in columns]
    return replace(whole, patents=whole.patents.with_columns(blank), filled=whole.filled - set(columns))


def test_a_table_carries_what_was_declared_for_its_arguments_and_the_counting():
    found = made(study(growth="mean", year_by="grant"), "b")
    assert (found.id, found.title) == ("made_b", Text("全省b", "全省 b"))
    assert [one.id for one in found.definitions] == ["growth_rate.mean", "filings.grant"]
    assert found.notes == (Text("注", "Note"),) and not found.missing
    assert found.coverage == Coverage(11, 16)


def test_a_table_without_its_columns_or_with_a_reason_is_empty_and_says_why():
    lacking = made(bare("grant_date"))
    assert lacking.missing == Text("需要授权公告日（grant_date）", "needs grant_date")
    assert lacking.empty and lacking.coverage == Coverage(0, 16) and lacking.columns == (COLUMN,)
    assert list(lacking.rows.columns) == ["value"]
    assert made(study(), reason=Text("不行", "no")).missing == Text("不行", "no")


def test_an_indicator_needs_what_its_definition_needs_and_counts_whom_it_speaks_of():
    assert rate(study()).value == 0.25 and rate(study()).definition.id == "grant_rate.cohort"
    lacking = rate(bare("grant_date"), "实用新型")
    assert lacking.value is None and lacking.missing.en == "needs grant_date"
    assert lacking.coverage == Coverage(0, 6)


def test_a_share_of_nothing_names_its_denominator_in_both_languages():
    nothing = rate(study(), whole=0)
    assert nothing.value is None and nothing.coverage == Coverage(1, 2)
    assert nothing.missing == Text("同期申请的专利为零", "none: patents filed in the same period")


def test_a_wrong_definition_is_refused():
    broken = table("x", Text("x", "x"), (COLUMN,), ("growth_rate.{lapsed}",), ())(
        lambda study: Rows(pl.DataFrame())
    )
    with pytest.raises(NotFoundError, match="growth_rate"):
        broken(study())


def walk(chapter):
    yield chapter
    for inner in chapter.chapters:
        yield from walk(inner)


def test_slides_show_tables_of_their_chapters_and_parts_draw_figures_of_theirs():
    whole = study(themes=True)
    chapters = [chapter for kind in CHAPTERS for chapter in walk(make_chapter(kind.id, whole, Scope("x")))]
    for chapter in chapters:
        ids = {made.id for made in chapter.tables}
        assert {made.id for made in chapter.slides} <= ids, chapter.id
    marked = {made.id for chapter in chapters for made in chapter.slides}
    assert len(marked) == 6
    shown = {
        block.table.id
        for block in body_blocks(make_report(whole, scope=Scope("x")))
        if isinstance(block, TableBlock) and block.on_slides
    }
    assert shown == {made.id for chapter in chapters for made in chapter.slides if not made.empty}
    drawn = [
        figure
        for chapter in make_chapters(whole, Scope("x", part=True))
        for inner in walk(chapter)
        for figure in inner.figures
    ]
    assert len(drawn) >= 8 and all(figure.in_parts for figure in drawn)
