"""申请与授权: how many, of which year, and how many of them were granted."""

from directions.definitions.sources import CNIPA, OECD, USUAL, WIPO
from directions.facts import Definition

COUNTS = (
    Definition(
        id="filings.filing",
        name="申请量",
        text="按申请年计的专利件数；同一申请的公开与授权文本只计一件；无申请日的由申请号取申请年。",
        unit="件",
        needs=("filing_year",),
        source=OECD,
        name_en="Filings",
        text_en="Patents by year of filing; publication and grant of one application are one patent; "
        "without a filing date the year is read from the application number.",
    ),
    Definition(
        id="filings.publication",
        name="公开量",
        text="按首次公开（公告）年计的专利件数；同一申请只计一件。",
        unit="件",
        needs=("publication_date",),
        source=WIPO,
        name_en="Publications",
        text_en="Patents by year of first publication; one application is one patent.",
    ),
    Definition(
        id="filings.grant",
        name="授权量（按授权年）",
        text="按授权公告年计的专利件数；未授权的不计入任何一年。",
        unit="件",
        needs=("grant_date",),
        source=CNIPA,
        name_en="Grants by year",
        text_en="Patents by year of grant; what is not granted belongs to no year.",
    ),
    Definition(
        id="patent_types.share",
        name="专利类型占比",
        text="某一类型的专利件数除以类型已知的专利件数。",
        unit="%",
        denominator="专利类型已知的专利",
        needs=("patent_type",),
        source=CNIPA,
        name_en="Share of patent type",
        text_en="Patents of the type over patents whose type is known.",
    ),
    Definition(
        id="grants.total",
        name="授权量",
        text="已授权的专利件数（有授权公告日或授权公告号，或法律状态表明曾经授权），不论何年。",
        unit="件",
        needs=("grant_date",),
        source=CNIPA,
        name_en="Grants",
        text_en="Patents that were granted (a grant date or number, or a status that only a grant leads to), "
        "in any year.",
    ),
    Definition(
        id="grants.year",
        name="授权量（按授权年）",
        text="授权公告日落在该期间的专利件数，不论何年申请。",
        unit="件",
        needs=("grant_date",),
        source=CNIPA,
        name_en="Grants of the year",
        text_en="Patents whose grant date lies in the period, whenever they were filed.",
    ),
    Definition(
        id="grants.cohort",
        name="授权量（按申请年）",
        text="该期间申请的专利中截至检索日已授权的件数。",
        unit="件",
        needs=("filing_year", "grant_date"),
        source=USUAL,
        name_en="Granted of those filed",
        text_en="Patents filed in the period that were granted by the as-of date.",
    ),
    Definition(
        id="grant_rate.cohort",
        name="授权率（队列）",
        text="该期间申请的专利中截至检索日已授权的件数除以该期间申请的件数；在审的计入分母；区间含授权与否未"
        "知者。",
        unit="%",
        denominator="同期申请的专利",
        needs=("filing_year", "grant_date"),
        source=USUAL,
        name_en="Grant rate (cohort)",
        text_en="Of the patents filed in the period, the share granted by the as-of date; pending ones count "
        "in the denominator; the interval allows for those whose fate is unknown.",
    ),
    Definition(
        id="grant_rate.year",
        name="授权率（当年）",
        text="该期间公告授权的件数除以同期申请的件数，两者不是同一批专利，可大于 100%。",
        unit="%",
        denominator="同期申请的专利",
        needs=("filing_year", "grant_date"),
        source=USUAL,
        name_en="Grant rate (of the year)",
        text_en="Grants of the period over filings of the same period; these are not the same patents, so it "
        "may exceed 100 %.",
    ),
)
