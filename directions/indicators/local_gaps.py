"""本地空白: themes of the whole study that hold nothing, or no firm, of the home region."""

from __future__ import annotations

import math

import polars as pl

from directions.facts import Coverage, TableColumn
from directions.indicators.applicants import applicants
from directions.indicators.cooperation import RESEARCH
from directions.indicators.counts import COUNT, known_count
from directions.indicators.declaration import Rows, table
from directions.indicators.regions import expect_home, inside
from directions.indicators.themes import GROWTH, NAME, expect_themes, theme_frame, theme_growth
from directions.study import Study
from patents.bilingual import Text

# So many expected leave a chance of 5 % of finding none: exp(−3) = 0.0498 (Poisson).
_EXPECTED = -math.log(0.05)
#: States of a theme: no local patent, and no local firm where local research holds some.
BLANK, NO_FIRM = "本地空白", "本地企业空白"


@table(
    id="local_gaps",
    title=Text("本地布局与空白", "Local holdings and gaps"),
    columns=(
        NAME,
        COUNT,
        TableColumn("local", Text("本地", "Local"), "count", "件"),
        TableColumn("local_firms", Text("本地企业", "Local firms"), "count", "件"),
        TableColumn(
            "local_research", Text("本地高校院所", "Local universities and institutes"), "count", "件"
        ),
        TableColumn("expected", Text("本地预期", "Expected local"), "number", "件"),
        GROWTH,
        TableColumn("state", Text("状态", "State")),
    ),
    definitions=("local_gap.state", "theme.count", "theme_growth.share"),
    needs=("applicants", "applicant_kinds", "province"),
)
def local_gaps(study: Study) -> Rows:
    """Every theme with its local patents, those of firms and of research, and what they leave open.

    Fewer are expected of a small theme and of a small region: a theme is called open only where chance
    leaves it so in fewer than one of twenty cases.
    """
    expect_themes(study)
    expect_home(study)
    known = _known(study)
    overall = {
        name: known_count(known, pl.col(name)) / max(known.height, 1) for name in ("local", "local_firms")
    }
    frame = (
        theme_growth(study)
        .select("theme", "name", "growth")
        .join(_by_theme(study, known), on="theme", maintain_order="left")
        .with_columns(
            expected=pl.col("count") * overall["local"],
            expected_firms=pl.col("count") * overall["local_firms"],
        )
        .with_columns(state=_state())
        .sort("state", "count", "theme", descending=[True, True, False], nulls_last=True)
    )
    return Rows(frame, Coverage(known.height, study.count))


def _known(study: Study) -> pl.DataFrame:
    """Patents whose applicant and province are known: row, and whether local, of a firm, of research."""
    kinds = (
        applicants(study)
        .group_by("row")
        .agg(firm=(pl.col("kind") == "企业").any(), research=pl.col("kind").is_in(RESEARCH).any())
    )
    local = inside(study.home).fill_null(False)
    return (
        study.patents.filter(pl.col("province").is_not_null())
        .select("row", local=local)
        .join(kinds, on="row")
        .select(
            "row",
            "local",
            local_firms=pl.col("local") & pl.col("firm"),
            local_research=pl.col("local") & pl.col("research"),
        )
    )


def _by_theme(study: Study, known: pl.DataFrame) -> pl.DataFrame:
    held = theme_frame(study).rename({"category": "theme"}).join(known, on="row")
    names = ("local", "local_firms", "local_research")
    return held.group_by("theme").agg(
        pl.len().cast(pl.Int64).alias("count"), *(pl.col(name).sum().cast(pl.Int64) for name in names)
    )


def _state() -> pl.Expr:
    nothing = (pl.col("local") == 0) & (pl.col("expected") >= _EXPECTED)
    no_firm = (pl.col("local_firms") == 0) & (pl.col("local_research") > 0)
    return (
        pl.when(nothing)
        .then(pl.lit(BLANK))
        .when(no_firm & (pl.col("expected_firms") >= _EXPECTED))
        .then(pl.lit(NO_FIRM))
    )
