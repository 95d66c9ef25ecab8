"""Groups of applicants rolled up with their members; universities and institutes likewise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import polars as pl

from directions.facts import Coverage, Table, TableColumn
from directions.indicators.applicants import APPLICANT, KIND, applicants
from directions.indicators.building import COUNT, SHARE, make_table, missing_table
from directions.indicators.categories import tally, unique_patents
from directions.indicators.leading import COLUMNS, DEFINITIONS, leading
from directions.study import Study

_GROUP = TableColumn("group", "集团", "text", label_en="Group")
_NO_GROUPS = "没有集团成员表（groups.yaml）"
_ROOT = re.compile(r"^(.{4,}?集团)(?:股份)?(?:有限(?:责任)?)?公司$")


def applicant_groups(study: Study, count: int = 20) -> Table:
    """Groups by patents, with members that file, what they file in and where they are heading."""
    title = ("主要集团专利情况", "Groups of applicants")
    columns = (
        _GROUP,
        TableColumn("members", "成员", "texts", label_en="Members"),
        COUNT,
        SHARE,
        *COLUMNS,
    )
    names = ["applicant_group.members", "applicant_share.known", *DEFINITIONS]
    if lacking := study.lacking("applicants"):
        return missing_table(study, "applicant_groups", title, columns, names, lacking)
    if not study.groups:
        return missing_table(study, "applicant_groups", title, columns, names, (), reason=_NO_GROUPS)
    everyone = applicants(study)
    known = unique_patents(everyone)
    rolled = everyone.join(_groups(study), on="category")
    owners = rolled.select("row", "owner").unique(maintain_order=True)
    top = tally(owners.rename({"owner": "category"})).head(count).rename({"category": "owner"})
    members = (
        rolled.group_by("owner", "category")
        .agg(count=pl.len())
        .sort("count", "category", descending=[True, False])
        .group_by("owner", maintain_order=True)
        .agg(members=pl.col("category"))
    )
    frame = _described(study, top, owners, known).join(members, on="owner", how="left", maintain_order="left")
    coverage = Coverage(known, study.count)
    return make_table(
        study,
        "applicant_groups",
        title,
        columns,
        frame.rename({"owner": "group"}),
        names,
        known=coverage,
    )


def group_members(study: Study, group: str, count: int = 50) -> Table:
    """Members of one group by patents."""
    title = (f"{group}成员专利量", f"Members of {group}")
    columns = (APPLICANT, KIND, COUNT, TableColumn("share", "占集团", "share", "%", "Of the group"))
    names = [f"applicants.{study.counting.applicants}", "applicant_group.members"]
    if lacking := study.lacking("applicants"):
        return missing_table(study, "group_members", title, columns, names, lacking)
    own = applicants(study).join(_groups(study).filter(pl.col("owner") == group), on="category")
    whole = unique_patents(own)
    frame = (
        own.group_by("category")
        .agg(count=pl.len().cast(pl.Int64), kind=pl.col("kind").first())
        .with_columns(share=pl.col("count") / max(whole, 1))
        .sort("count", "category", descending=[True, False])
        .head(count)
        .rename({"category": "applicant"})
    )
    coverage = Coverage(whole, whole)
    return make_table(study, "group_members", title, columns, frame, names, known=coverage)


def holder_table(study: Study, kinds: Sequence[str] = ("高校", "科研院所"), count: int = 20) -> Table:
    """Applicants of some kinds with what they file in and where they are heading.

    Args:
        study: what is counted.
        kinds: 高校 and 科研院所, or others.
        count: lines at most.
    """
    title = (f"主要{'、'.join(kinds)}专利情况", "Leading applicants and their directions")
    columns = (APPLICANT, KIND, COUNT, SHARE, *COLUMNS)
    names = [f"applicants.{study.counting.applicants}", "applicant_share.known", *DEFINITIONS]
    if lacking := study.lacking("applicants", "applicant_kinds"):
        return missing_table(study, "holders", title, columns, names, lacking)
    everyone = applicants(study)
    known = unique_patents(everyone)
    own = everyone.filter(pl.col("kind").is_in(list(kinds)))
    top = tally(own).head(count).rename({"category": "owner"})
    owners = own.filter(pl.col("category").is_in(top["owner"].to_list())).rename({"category": "owner"})
    kind_of = owners.group_by("owner").agg(kind=pl.col("kind").first())
    frame = _described(study, top, owners.select("row", "owner"), known)
    frame = frame.join(kind_of, on="owner", how="left", maintain_order="left")
    coverage = Coverage(known, study.count)
    return make_table(
        study, "holders", title, columns, frame.rename({"owner": "applicant"}), names, known=coverage
    )


def named_groups(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Groups that names tell of: 甲集团有限公司 with every applicant that is called 甲集团 and more.

    Only names with 集团 in them make groups; whoever knows better writes a file of groups.

    Returns:
        (member, group) pairs, the parent among its members; groups of one are left out.
    """
    listed = sorted(set(names))
    found: list[tuple[str, str]] = []
    for parent in listed:
        if not (told := _ROOT.fullmatch(parent)):
            continue
        members = [name for name in listed if name.startswith(told[1])]
        if len(members) > 1:
            found += [(member, parent) for member in members]
    return tuple({member: (member, group) for member, group in reversed(found)}.values())


def _described(study: Study, top: pl.DataFrame, owners: pl.DataFrame, known: int) -> pl.DataFrame:
    own = owners.filter(pl.col("owner").is_in(top["owner"].to_list()))
    return top.with_columns(share=pl.col("count") / max(known, 1)).join(
        leading(study, own), on="owner", how="left", maintain_order="left"
    )


def _groups(study: Study) -> pl.DataFrame:
    return pl.DataFrame(list(study.groups), schema={"category": pl.String, "owner": pl.String}, orient="row")
