"""Groups of applicants rolled up with their members; universities and institutes likewise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import polars as pl

from directions.facts import Coverage, TableColumn
from directions.indicators.applicants import APPLICANT, KIND, applicants
from directions.indicators.categories import tally, unique_patents
from directions.indicators.counts import COUNT, SHARE
from directions.indicators.declaration import Rows, Unavailable, table
from directions.indicators.leading import COLUMNS, DEFINITIONS, leading
from directions.study import Study
from patents.bilingual import Text

_ROOT = re.compile(r"^(.{4,}?集团)(?:股份)?(?:有限(?:责任)?)?公司$")


@table(
    id="applicant_groups",
    title=Text("主要集团专利情况", "Groups of applicants"),
    columns=(
        TableColumn("group", Text("集团", "Group")),
        TableColumn("members", Text("成员", "Members"), "texts"),
        COUNT,
        SHARE,
        *COLUMNS,
    ),
    definitions=("applicant_group.members", "applicant_share.known", *DEFINITIONS),
    needs=("applicants",),
)
def applicant_groups(study: Study, count: int = 20) -> Rows:
    """Groups by patents, with members that file, what they file in and where they are heading."""
    if not study.groups:
        raise Unavailable(Text("没有集团成员表（groups.yaml）", "no file of groups (groups.yaml)"))
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
    return Rows(frame.rename({"owner": "group"}), Coverage(known, study.count))


@table(
    id="group_members",
    title=lambda group: Text(f"{group}成员专利量", f"Members of {group}"),
    columns=(APPLICANT, KIND, COUNT, TableColumn("share", Text("占集团", "Of the group"), "share", "%")),
    definitions=("applicants.{applicants}", "applicant_group.members"),
    needs=("applicants",),
)
def group_members(study: Study, group: str, count: int = 50) -> Rows:
    """Members of one group by patents."""
    own = applicants(study).join(_groups(study).filter(pl.col("owner") == group), on="category")
    whole = unique_patents(own)
    frame = (
        own.group_by(applicant="category")
        .agg(count=pl.len().cast(pl.Int64), kind=pl.col("kind").first())
        .with_columns(share=pl.col("count") / max(whole, 1))
        .sort("count", "applicant", descending=[True, False])
        .head(count)
    )
    return Rows(frame, Coverage(whole, whole))


@table(
    id="holders",
    title=lambda kinds: Text(f"主要{'、'.join(kinds)}专利情况", "Leading applicants and their directions"),
    columns=(APPLICANT, KIND, COUNT, SHARE, *COLUMNS),
    definitions=("applicants.{applicants}", "applicant_share.known", *DEFINITIONS),
    needs=("applicants", "applicant_kinds"),
)
def holder_table(study: Study, kinds: Sequence[str] = ("高校", "科研院所"), count: int = 20) -> Rows:
    """Applicants of some kinds with what they file in and where they are heading.

    Args:
        study: what is counted.
        kinds: 高校 and 科研院所, or others.
        count: lines at most.
    """
    everyone = applicants(study)
    known = unique_patents(everyone)
    own = everyone.filter(pl.col("kind").is_in(list(kinds)))
    top = tally(own).head(count).rename({"category": "owner"})
    owners = own.filter(pl.col("category").is_in(top["owner"].to_list())).rename({"category": "owner"})
    kind_of = owners.group_by("owner").agg(kind=pl.col("kind").first())
    frame = _described(study, top, owners.select("row", "owner"), known)
    frame = frame.join(kind_of, on="owner", how="left", maintain_order="left")
    return Rows(frame.rename({"owner": "applicant"}), Coverage(known, study.count))


def named_groups(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Groups by their names: 甲集团有限公司 with every applicant that is called 甲集团 and more.

    Only names with 集团 in them make groups; whoever knows better writes a file of groups.

    Returns:
        (member, group) pairs, the parent among its members; groups of one are left out.
    """
    listed = sorted(set(names))
    pairs: list[tuple[str, str]] = []
    for parent in listed:
        if not (root := _ROOT.fullmatch(parent)):
            continue
        members = [name for name in listed if name.startswith(root[1])]
        if len(members) > 1:
            pairs += [(member, parent) for member in members]
    return tuple({member: (member, group) for member, group in reversed(pairs)}.values())


def _described(study: Study, top: pl.DataFrame, owners: pl.DataFrame, known: int) -> pl.DataFrame:
    own = owners.filter(pl.col("owner").is_in(top["owner"].to_list()))
    return top.with_columns(share=pl.col("count") / max(known, 1)).join(
        leading(study, own), on="owner", how="left", maintain_order="left"
    )


def _groups(study: Study) -> pl.DataFrame:
    return pl.DataFrame(list(study.groups), schema={"category": pl.String, "owner": pl.String}, orient="row")
