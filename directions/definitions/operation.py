"""运营: transfers, licences, pledges."""

from directions.definitions.sources import CNIPA, OWN, USUAL
from directions.facts import Definition

_INSIDE = "申请人与当前权利人分属同一批集团的转让视为集团内部转让，不计"
_NEEDS = ("transfer_count", "licence_count", "pledge_count")

OPERATION = (
    Definition(
        id="operation.patents",
        name="运营量（件）",
        text=f"发生过转让、许可或质押的专利件数；{_INSIDE}。",
        unit="件",
        needs=_NEEDS,
        source=f"{CNIPA}；{OWN}（集团内部转让）",
        name_en="Operated patents",
        text_en="Patents that were transferred, licensed or pledged, without transfers inside one group.",
    ),
    Definition(
        id="operation.patents_all",
        name="运营量（件，含集团内部）",
        text="发生过转让、许可或质押的专利件数，集团内部转让也计入。",
        unit="件",
        needs=_NEEDS,
        source=CNIPA,
        name_en="Operated patents (inside groups too)",
        text_en="Patents that were transferred, licensed or pledged, transfers inside one group included.",
    ),
    Definition(
        id="operation.events",
        name="运营次数",
        text=f"转让、许可、质押的次数之和；{_INSIDE}。",
        unit="次",
        needs=_NEEDS,
        source=f"{CNIPA}；{OWN}（集团内部转让）",
        name_en="Operations",
        text_en="Transfers, licences and pledges, without transfers inside one group.",
    ),
    Definition(
        id="operation.events_all",
        name="运营次数（含集团内部）",
        text="转让、许可、质押的次数之和，集团内部转让也计入。",
        unit="次",
        needs=_NEEDS,
        source=CNIPA,
        name_en="Operations (inside groups too)",
        text_en="Transfers, licences and pledges, transfers inside one group included.",
    ),
    Definition(
        id="operation_share.grants",
        name="运营率",
        text="已授权专利中发生过运营的件数除以授权量；集团内部转让按所选口径。",
        unit="%",
        denominator="已授权的专利",
        needs=(*_NEEDS, "grant_date"),
        source=USUAL,
        name_en="Share operated",
        text_en="Granted patents that were operated over granted patents.",
    ),
    Definition(
        id="operation_kind.share",
        name="运营方式占比",
        text="以某一方式运营的专利件数除以运营专利件数；一件专利可有多种方式，合计可大于 100%。",
        unit="%",
        denominator="发生过运营的专利",
        needs=_NEEDS,
        source=USUAL,
        name_en="Share of the kind of operation",
        text_en="Patents operated in this way over operated patents; one may be operated in several ways.",
    ),
    Definition(
        id="operation_year.events",
        name="年度运营次数",
        text="法律事件中该年发生的转让、许可、质押次数；无日期的事件不计入任何一年。",
        unit="次",
        needs=("event_kinds", "event_dates"),
        source=CNIPA,
        name_en="Operations by year",
        text_en="Transfers, licences and pledges among the legal events, by year; undated ones are in none.",
    ),
)
