"""申请人: rankings, kinds, concentration."""

from __future__ import annotations

import polars as pl

from directions.definitions import definition
from directions.facts import Coverage, Indicator, Table, TableColumn, missing_indicator
from directions.indicators.building import (
    COUNT,
    GROWTH_RATE,
    SHARE,
    growth_definition,
    incomplete_note,
    make_table,
    missing_table,
    no_value,
    share_of,
)
from directions.indicators.categories import growth_rates, marked, tally, unique_patents, untold_note
from directions.study import Study

APPLICANT = TableColumn("applicant", "申请人", "text", label_en="Applicant")
KIND = TableColumn("kind", "类型", "text", label_en="Kind")
_KINDS = {
    "企业": "firms",
    "高校": "universities",
    "科研院所": "institutes",
    "医院": "hospitals",
    "政府": "authorities",
    "个人": "individuals",
    "其他": "others",
}
_MARKS = ("in_force.count", "class_operated.count")


def top_applicants(study: Study, kind: str = "", count: int = 20) -> Table:
    """Applicants by patents.

    Args:
        study: what is counted.
        kind: 企业, 高校, 科研院所, 医院, 政府, 个人 or 其他; all when empty.
        count: lines at most.
    """
    title = (f"{kind or '主要'}申请人", "Leading applicants")
    columns = (
        APPLICANT,
        KIND,
        COUNT,
        SHARE,
        GROWTH_RATE,
        TableColumn("in_force", "有效量", "count", "件", "In force"),
        TableColumn("operated", "运营量", "count", "件", "Operated"),
        TableColumn("first_year", "首件年份", "year", label_en="First year"),
    )
    names = [_definition(study), "applicant_share.known", growth_definition(study), *_MARKS]
    if lacking := study.lacking("applicants"):
        return missing_table(study, "top_applicants", title, columns, names, lacking)
    everyone = applicants(study)
    known = unique_patents(everyone)
    long = everyone.filter(pl.col("kind") == kind) if kind else everyone
    top = tally(long).head(count)
    listed = top["category"].to_list()
    own = long.filter(pl.col("category").is_in(listed))
    facts = (
        own.join(study.patents.select("row", "year"), on="row")
        .group_by("category")
        .agg(kind=pl.col("kind").first(), first_year=pl.col("year").min())
    )
    rates = pl.Series(growth_rates(study, own, listed), dtype=pl.Float64)
    frame = (
        top.with_columns(share=pl.col("count") / max(known, 1), growth_rate=rates)
        .join(facts, on="category", how="left", maintain_order="left")
        .join(marked(study, own), on="category", how="left", maintain_order="left")
        .rename({"category": "applicant"})
    )
    name = f"top_{_KINDS[kind]}" if kind in _KINDS else "top_applicants"
    coverage = Coverage(known, study.count)
    notes = [incomplete_note(study), untold_note(study)]
    return make_table(study, name, title, columns, frame, names, known=coverage, notes=notes)


def applicant_kinds(study: Study) -> Table:
    """Patents by kind of applicant, with the number of applicants of each."""
    title = ("申请人类型构成", "Kinds of applicants")
    columns = (KIND, TableColumn("applicants", "申请人数", "count", "个", "Applicants"), COUNT, SHARE)
    names = [f"applicant_kind.{study.counting.applicants}"]
    if lacking := study.lacking("applicants", "applicant_kinds"):
        return missing_table(study, "applicant_kinds", title, columns, names, lacking)
    long = applicants(study)
    known = unique_patents(long)
    found = long.group_by("kind").agg(
        applicants=pl.col("category").n_unique().cast(pl.Int64), count=pl.col("row").n_unique().cast(pl.Int64)
    )
    order = pl.DataFrame({"kind": list(_KINDS)})
    frame = order.join(found, on="kind", maintain_order="left").with_columns(
        share=pl.col("count") / max(known, 1)
    )
    coverage = Coverage(known, study.count)
    return make_table(study, "applicant_kinds", title, columns, frame, names, known=coverage)


def cr10(study: Study) -> Indicator:
    """Share of patents of the ten largest applicants."""
    made = definition("concentration.CR10")
    if lacking := study.lacking("applicants"):
        return missing_indicator(made, lacking, study.count)
    long = applicants(study)
    known = unique_patents(long)
    top = tally(long).head(10)["category"].to_list()
    covered = unique_patents(long.filter(pl.col("category").is_in(top)))
    return share_of(made, covered, known, Coverage(known, study.count))


def hhi(study: Study) -> Indicator:
    """Herfindahl–Hirschman index of the applicants, in [0, 1]."""
    made = definition("concentration.HHI")
    if lacking := study.lacking("applicants"):
        return missing_indicator(made, lacking, study.count)
    long = applicants(study)
    coverage = Coverage(unique_patents(long), study.count)
    counts = tally(long)["count"]
    if not len(counts):
        return no_value(made, coverage, "没有申请人已知的专利")
    shares = counts / counts.sum()
    return Indicator(value=float((shares * shares).sum()), definition=made, coverage=coverage)


def applicants(study: Study) -> pl.DataFrame:
    """Patents with their applicants, all or the first by the study's 口径: `row`, `category`, `kind`."""
    frame = study.patents.select("row", category="applicants", kind="applicant_kinds")
    if study.counting.applicants == "first":
        frame = frame.with_columns(pl.col("category", "kind").list.head(1))
    long = frame.explode("category", "kind").filter(pl.col("category").fill_null("") != "")
    return long.unique(["row", "category"], maintain_order=True)


def _definition(study: Study) -> str:
    return f"applicants.{study.counting.applicants}"
