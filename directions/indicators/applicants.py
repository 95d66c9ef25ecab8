"""申请人: rankings, kinds, concentration."""

from __future__ import annotations

import polars as pl

from directions.facts import Coverage, TableColumn
from directions.indicators.categories import (
    MARKS,
    described,
    tally,
    top_share,
    unique_patents,
    unknown_marks_note,
)
from directions.indicators.counts import COUNT, GROWTH_RATE, SHARE, incomplete_note
from directions.indicators.declaration import Rows, Unavailable, Value, indicator, table
from directions.study import Study
from patents.bilingual import Text

APPLICANT = TableColumn("applicant", Text("申请人", "Applicant"))
KIND = TableColumn("kind", Text("类型", "Kind"))
#: Kinds of applicants in the order of print.
KINDS = {
    "企业": Text("企业", "Firms"),
    "高校": Text("高校", "Universities"),
    "科研院所": Text("科研院所", "Institutes"),
    "医院": Text("医院", "Hospitals"),
    "政府": Text("政府", "Authorities"),
    "个人": Text("个人", "Individuals"),
    "其他": Text("其他", "Others"),
}


@table(
    id=lambda kind: f"top_{KINDS[kind].en.lower()}" if kind in KINDS else "top_applicants",
    title=lambda kind: Text(f"{kind or '主要'}申请人", "Leading applicants"),
    columns=(
        APPLICANT,
        KIND,
        COUNT,
        SHARE,
        GROWTH_RATE,
        *MARKS[2:],
        TableColumn("first_year", Text("首件年份", "First year"), "year"),
    ),
    definitions=(
        "applicants.{applicants}",
        "applicant_share.known",
        "growth_rate.{growth}",
        "in_force.count",
        "class_operated.count",
    ),
    needs=("applicants",),
)
def top_applicants(study: Study, kind: str = "", count: int = 20) -> Rows:
    """Applicants by patents.

    Args:
        study: what is counted.
        kind: 企业, 高校, 科研院所, 医院, 政府, 个人 or 其他; all when empty.
        count: lines at most.
    """
    everyone = applicants(study)
    known = unique_patents(everyone)
    long = everyone.filter(pl.col("kind") == kind) if kind else everyone
    top = tally(long).head(count)
    own = long.filter(pl.col("category").is_in(top["category"].to_list()))
    facts = (
        own.join(study.patents.select("row", "year"), on="row")
        .group_by(applicant="category")
        .agg(kind=pl.col("kind").first(), first_year=pl.col("year").min())
    )
    frame = described(study, own, top, known, "applicant")
    frame = frame.join(facts, on="applicant", how="left", maintain_order="left")
    notes = (incomplete_note(study), unknown_marks_note(study))
    return Rows(frame, Coverage(known, study.count), notes)


@table(
    id="applicant_kinds",
    title=Text("申请人类型构成", "Kinds of applicants"),
    columns=(KIND, TableColumn("applicants", Text("申请人数", "Applicants"), "count", "个"), COUNT, SHARE),
    definitions=("applicant_kind.{applicants}",),
    needs=("applicants", "applicant_kinds"),
)
def applicant_kinds(study: Study) -> Rows:
    """Patents by kind of applicant, with the number of applicants of each."""
    long = applicants(study)
    known = unique_patents(long)
    counts = long.group_by("kind").agg(
        applicants=pl.col("category").n_unique().cast(pl.Int64), count=pl.col("row").n_unique().cast(pl.Int64)
    )
    frame = pl.DataFrame({"kind": list(KINDS)}).join(counts, on="kind", maintain_order="left")
    frame = frame.with_columns(share=pl.col("count") / max(known, 1))
    return Rows(frame, Coverage(known, study.count))


@indicator("concentration.CR10", needs=("applicants",))
def cr10(study: Study) -> Value:
    """Share of patents of the ten largest applicants."""
    return top_share(study, applicants(study), 10)


@indicator("concentration.HHI", needs=("applicants",))
def hhi(study: Study) -> Value:
    """Herfindahl–Hirschman index of the applicants, in [0, 1]."""
    long = applicants(study)
    coverage = Coverage(unique_patents(long), study.count)
    counts = tally(long)["count"]
    if not len(counts):
        raise Unavailable(Text("没有申请人已知的专利", "no patent whose applicant is known"), coverage)
    shares = counts / counts.sum()
    return Value(float((shares * shares).sum()), coverage)


def applicants(study: Study) -> pl.DataFrame:
    """Patents with their applicants, all or the first by the study's 口径: `row`, `category`, `kind`."""
    frame = study.patents.select("row", category="applicants", kind="applicant_kinds")
    if study.counting.applicants == "first":
        frame = frame.with_columns(pl.col("category", "kind").list.head(1))
    long = frame.explode("category", "kind").filter(pl.col("category").fill_null("") != "")
    return long.unique(["row", "category"], maintain_order=True)
