"""合作研发: patents of several organisations, 产学研 among them, and who works with whom."""

from __future__ import annotations

import polars as pl

from directions.definitions import definition
from directions.facts import Coverage, Indicator, Table, TableColumn, missing_indicator
from directions.indicators.building import (
    COUNT,
    SHARE,
    YEAR,
    counted,
    incomplete_note,
    known_count,
    make_table,
    missing_table,
    share_of,
    year_counts,
)
from directions.study import Study

_NEEDS = ("applicants", "applicant_kinds")
_PERSON, _FIRM = "个人", "企业"
_RESEARCH = ("高校", "科研院所")
_KNOWN = pl.col("applicants").list.len() > 0


def cooperation(study: Study) -> Indicator:
    """合作研发量: patents with two organisations or more among their applicants."""
    return counted(study, "cooperation.organisations", joint(), _KNOWN)


def industry_university(study: Study) -> Indicator:
    """产学研合作量: patents with a firm and a university or institute among their applicants."""
    return counted(study, "cooperation.industry_university", _firm_and_research(), _KNOWN)


def cooperation_share(study: Study) -> Indicator:
    """合作研发量 of the patents with an applicant."""
    made = definition("cooperation_share.known")
    if lacking := study.lacking(*made.needs):
        return missing_indicator(made, lacking, study.count)
    known = known_count(study.patents, _KNOWN)
    return share_of(made, known_count(study.patents, joint()), known, Coverage(known, study.count))


def cooperation_kinds(study: Study) -> Table:
    """Joint patents by the kinds of their applicants; every one is in one line."""
    title = ("合作研发类型", "Kinds of cooperation")
    columns = (TableColumn("kinds", "合作类型", "text", label_en="Kinds"), COUNT, SHARE)
    names = ["cooperation.organisations", "cooperation.industry_university"]
    if lacking := study.lacking(*_NEEDS):
        return missing_table(study, "cooperation_kinds", title, columns, names, lacking)
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
    return make_table(study, "cooperation_kinds", title, columns, frame, names, known=_KNOWN)


def cooperation_by_year(study: Study) -> Table:
    """Joint patents of every year of the study's period, 产学研 among them, and their share."""
    title = ("年度合作研发量", "Joint patents by year")
    columns = (
        YEAR,
        COUNT,
        TableColumn("industry_university", "产学研合作量", "count", "件", "Firms with research"),
        SHARE,
    )
    names = ["cooperation.organisations", "cooperation.industry_university", "cooperation_share.known"]
    if lacking := study.lacking(*_NEEDS):
        return missing_table(study, "cooperation_by_year", title, columns, names, lacking)
    together = year_counts(study, rows=joint())
    research = year_counts(study, rows=_firm_and_research())
    known = year_counts(study, rows=_KNOWN)
    frame = pl.DataFrame(
        {
            "year": list(together),
            "count": list(together.values()),
            "industry_university": list(research.values()),
            "share": [together[year] / known[year] if known[year] else None for year in together],
            "complete": [year < study.incomplete_from for year in together],
        },
        schema_overrides={"share": pl.Float64},
    )
    notes = [incomplete_note(study)]
    return make_table(study, "cooperation_by_year", title, columns, frame, names, known=_KNOWN, notes=notes)


def partners(study: Study, count: int = 20, applicant: str = "") -> Table:
    """Pairs of organisations by joint patents.

    Args:
        study: what is counted.
        count: lines at most.
        applicant: only pairs with this one, who then stands first; all pairs when empty.
    """
    title = (f"{applicant}合作伙伴" if applicant else "主要合作关系", "Partners")
    columns = (
        TableColumn("applicant", "申请人", "text", label_en="Applicant"),
        TableColumn("partner", "合作伙伴", "text", label_en="Partner"),
        TableColumn("kinds", "合作类型", "text", label_en="Kinds"),
        COUNT,
    )
    names = ["cooperation.organisations"]
    if lacking := study.lacking(*_NEEDS):
        return missing_table(study, "partners", title, columns, names, lacking)
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
    return make_table(study, "partners", title, columns, frame, names, known=_KNOWN)


def organisations(patents: pl.DataFrame) -> pl.DataFrame:
    """Applicants that are no individuals: `row`, `name`, `kind`, each of a patent once."""
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
    research = pl.any_horizontal(kinds.contains(kind) for kind in _RESEARCH)
    return (kinds.contains(_FIRM) & research).fill_null(False)
