"""PCT, 专利密集型产业, 高价值发明专利."""

from directions.definitions.sources import OWN, USUAL, WIPO
from directions.facts import Definition

_STATISTICS = "国家统计局《知识产权（专利）密集型产业统计分类（2019）》"
_HIGH_VALUE = "国家知识产权局（高价值发明专利的五种情形，国民经济和社会发展“十四五”规划指标解释）"

VALUE = (
    Definition(
        id="pct.count",
        name="PCT 专利量",
        text="有 PCT 申请号、PCT 公开号或进入国家阶段日的专利件数；字段存在而为空的按没有计。",
        unit="件",
        needs=("pct_application_number", "pct_publication_number", "pct_entry_date"),
        source=WIPO,
        name_en="PCT patents",
        text_en="Patents with a PCT application or publication number or a date of entry into the national "
        "phase; blank means none where the export has such columns.",
    ),
    Definition(
        id="pct_share.all",
        name="PCT 占比",
        text="PCT 专利件数除以发明与实用新型专利件数。",
        unit="%",
        denominator="发明与实用新型专利",
        needs=("pct_application_number", "pct_publication_number", "pct_entry_date"),
        source=USUAL,
        name_en="Share of PCT patents",
        text_en="PCT patents over inventions and utility models.",
    ),
    Definition(
        id="invention_scale.five_years",
        name="发明专利规模",
        text="连续五个完整年份的发明专利授权量之和，按授权公告年计。",
        unit="件",
        needs=("grant_date", "patent_type", "industries"),
        source=_STATISTICS,
        name_en="Scale of inventions",
        text_en="Grants of inventions in five complete years together, by year of grant.",
    ),
    Definition(
        id="invention_density.five_years",
        name="发明专利密集度",
        text="连续五个完整年份的发明专利授权量之和除以同期年平均就业人员（万人）。",
        unit="件/万人",
        denominator="年平均就业人员（万人，用户文件）",
        needs=("grant_date", "patent_type", "industries"),
        source=_STATISTICS,
        name_en="Density of inventions",
        text_en="Grants of inventions in five complete years over the mean number of persons employed "
        "(10,000).",
    ),
    Definition(
        id="dense.scale_and_density",
        name="专利密集型产业",
        text="发明专利规模和密集度均高于所列产业平均水平的产业：规模与各产业平均授权量比，密集度与合计授权量"
        "除以合计就业人员比。国家目录以全国平均为准，另有研发投入强度等条件，此处不判。",
        unit="",
        needs=("grant_date", "patent_type", "industries"),
        source=f"{_STATISTICS}（规模与密集度条件）；{OWN}（平均水平的取法）",
        name_en="Patent-intensive industry",
        text_en="Industries whose scale and density of inventions both lie above the mean of those listed. "
        "The national catalogue compares with the nation and has further conditions (R&D intensity) that are "
        "not judged here.",
    ),
    Definition(
        id="high_value.known",
        name="高价值发明专利",
        text="有效发明专利中至少符合一种可判定情形的件数：战略性新兴产业、海外有同族、自申请日起维持超过十年"
        "；较高质押融资金额、国家科学技术奖或中国专利奖须由用户给出名单，未给出的不计，故为下限。",
        unit="件",
        needs=("patent_type", "legal_state"),
        source=_HIGH_VALUE,
        name_en="High-value inventions",
        text_en="Inventions in force that meet at least one criterion that can be told: strategic emerging "
        "industry, family abroad, maintained for more than ten years from filing; a high pledge or a "
        "national award count where the user lists them, so this is a lower bound.",
    ),
    Definition(
        id="high_value_share.in_force",
        name="高价值发明专利占比",
        text="高价值发明专利件数除以有效发明专利件数。",
        unit="%",
        denominator="有效发明专利",
        needs=("patent_type", "legal_state"),
        source=USUAL,
        name_en="Share of high-value inventions",
        text_en="High-value inventions over inventions in force.",
    ),
)
