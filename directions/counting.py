"""口径: how a study counts. Every choice is stated in every output and can be switched."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from patents.bilingual import Text


class Counting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How patents are counted; the defaults are those of most regional studies.

    Attributes:
        year_by: the date whose year a patent belongs to: 申请日, 公开日 or 授权公告日.
        designs: count 外观设计 as well.
        classification: 主分类号 only, or any.
        grant_rate: granted of those filed in the period (队列), or grants over filings of a year (当年).
        growth: 年均增长率 as CAGR or as the mean of 同比.
        increment: 年均增长量 over T years or over T − 1 intervals.
        multiple: "增长 N 倍" as R (ratio) or as R − 1.
        shares: of industries, over unique patents or over the sum of overlapping counts.
        operation: 运营量 in patents or in events.
        within_group: count transfers between members of one group as 运营.
        lapsed: 失效量 of rights that were granted (授权后失效), or of applications that ended as well.
        term_from: 维持年限 from filing or from grant.
        applicants: all named ones or the first only.
    """

    year_by: Literal["filing", "publication", "grant"] = "filing"
    designs: bool = False
    classification: Literal["main", "any"] = "main"
    grant_rate: Literal["cohort", "year"] = "cohort"
    growth: Literal["cagr", "mean"] = "cagr"
    increment: Literal["T", "T-1"] = "T-1"
    multiple: Literal["R", "R-1"] = "R"
    shares: Literal["unique", "overlapping"] = "unique"
    operation: Literal["patents", "events"] = "patents"
    within_group: bool = False
    lapsed: Literal["after_grant", "all"] = "after_grant"
    term_from: Literal["filing", "grant"] = "filing"
    applicants: Literal["all", "first"] = "all"


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a choice of the 口径 and its values are called.

    Attributes:
        label: of the choice.
        values: by value, as it is written on the command line.
    """

    label: Text
    values: dict[str, Text]


@cache
def choices() -> dict[str, Choice]:
    """Every choice by the name of its field, in order of print."""
    text = Path(__file__).with_name("counting.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Choice])


def written_choice(value: object) -> str:
    """A value as it is written on the command line: true, cohort."""
    return str(value).lower() if isinstance(value, bool) else str(value)
