"""合作研发: patents of several organisations, 产学研 among them, and who works with whom."""

from __future__ import annotations

import polars as pl

from directions.facts import Coverage, TableColumn
from directions.indicators.counts import (
    COUNT,
    SHARE,
    YEAR,
    incomplete_note,
    known_count,
    year_counts,
    year_frame,
)
from directions.indicators.declaration import Rows, Value, indicator, table
from directions.indicators.shares import counted, share
from directions.study import Study
from patents.bilingual import Text

_NEEDS = ("applicants", "applicant_kinds")
_PERSON, _FIRM = "个人", "企业"
#: Kinds of applicants that do research.
RESEARCH = ("高校", "科研院所")
_KINDS = TableColumn("kinds", Text("合作类型", "Kinds"))
_KNOWN = pl.col("applicants").list.len() > 0


@indicator("cooperation.organisations")
def cooperation(study: Study) -> Value:
    """合作研发量: patents with two organisations or more among their applicants."""
    return counted(study, joint(), _KNOWN)


@indicator("cooperation.industry_university")
def industry_university(study: Study) -> Value:
    """产学研合作量: patents with a firm and a university or institute among their applicants."""
    return counted(study, _firm_and_research(), _KNOWN)


@indicator("cooperation_share.known")
def cooperation_share(study: Study) -> Value:
    """合作研发量 of the patents with an applicant."""
    known = known_count(study.patents, _KNOWN)
    return share(known_count(study.patents, joint()), known, Coverage(known, study.count))


@table(
    id="cooperation_kinds",
    title=Text("合作研发类型", "Kinds of cooperation"),
    columns=(_KINDS, COUNT, SHARE),
    definitions=("cooperation.organisations", "cooperation.industry_university"),
    needs=_NEEDS,
)
def cooperation_kinds(study: Study) -> Rows:
    """Joint patents by the kinds of their applicants; every one is in one line."""
    kinds = pl.col("applicant_kinds").list.eval(pl.element().filter(pl.element() != _PERSON))
    several = kinds.list.unique().list.sort()
    label = (
        pl.when(several.list.len() == 1)
        .then(several.list.join("") + "—" + several.list.join(""))
        .otherwise(several.list.join("—"))
    )
    rows = study.patents.filter(joint()).select(kinds=label)
    frame = (
        rows.group_by("kinds")
        .agg(count=pl.len().cast(pl.Int64))
        .with_columns(share=pl.col("count") / max(rows.height, 1))
        .sort("count", "kinds", descending=[True, False])
    )
    return Rows(frame, _KNOWN)


@table(
    id="cooperation_by_year",
    title=Text("年度合作研发量", "Joint patents by year"),
    columns=(
        YEAR,
        COUNT,
        TableColumn("industry_university", Text("产学研合作量", "Firms with research"), "count", "件"),
        SHARE,
    ),
    definitions=("cooperation.organisations", "cooperation.industry_university", "cooperation_share.known"),
    needs=_NEEDS,
)
def cooperation_by_year(study: Study) -> Rows:
    """Joint patents of every year of the study's period, 产学研 among them, and their share."""
    together = year_counts(study, rows=joint())
    research = year_counts(study, rows=_firm_and_research())
    known = year_counts(study, rows=_KNOWN)
    shares = {year: count / known[year] if known[year] else None for year, count in together.items()}
    frame = year_frame(study, count=together, industry_university=research, share=shares)
    return Rows(frame, _KNOWN, (incomplete_note(study),))


@table(
    id="partners",
    title=lambda applicant: Text(f"{applicant}合作伙伴" if applicant else "主要合作关系", "Partners"),
    columns=(
        TableColumn("applicant", Text("申请人", "Applicant")),
        TableColumn("partner", Text("合作伙伴", "Partner")),
        _KINDS,
        COUNT,
    ),
    definitions=("cooperation.organisations",),
    needs=_NEEDS,
)
def partners(study: Study, count: int = 20, applicant: str = "") -> Rows:
    """Pairs of organisations by joint patents.

    Args:
        study: what is counted.
        count: lines at most.
        applicant: only pairs with this one, who then stands first; all pairs when empty.
    """
    long = organisations(study.patents.filter(joint()))
    both = long.join(long, on="row", suffix="_other").filter(pl.col("name") != pl.col("name_other"))
    both = both.filter(pl.col("name") == applicant if applicant else pl.col("name") < pl.col("name_other"))
    frame = (
        both.group_by("name", "name_other", "kind", "kind_other")
        .agg(count=pl.len().cast(pl.Int64))
        .sort("count", "name", "name_other", descending=[True, False, False])
        .head(count)
        .select(
            applicant="name",
            partner="name_other",
            kinds=pl.concat_str("kind", "kind_other", separator="—"),
            count="count",
        )
    )
    return Rows(frame, _KNOWN)


def organisations(patents: pl.DataFrame) -> pl.DataFrame:
    """Applicants that are not individuals: `row`, `name`, `kind`, each of a patent once."""
    return (
        patents.select("row", name="applicants", kind="applicant_kinds")
        .explode("name", "kind")
        .filter(pl.col("kind").ne_missing(_PERSON) & (pl.col("name").fill_null("") != ""))
        .unique(["row", "name"], maintain_order=True)
    )


def joint() -> pl.Expr:
    """Patents with two organisations or more among their applicants."""
    kinds = pl.col("applicant_kinds").list
    return (kinds.len().cast(pl.Int64) - kinds.count_matches(_PERSON).cast(pl.Int64) >= 2).fill_null(False)


def _firm_and_research() -> pl.Expr:
    kinds = pl.col("applicant_kinds").list
    research = pl.any_horizontal(kinds.contains(kind) for kind in RESEARCH)
    return (kinds.contains(_FIRM) & research).fill_null(False)
