"""地区: counts and shares, per inhabitant, per revenue."""

from directions.definitions.sources import CNIPA, USUAL
from directions.facts import Definition

_FIRST = "以第一申请人地址为准"

REGIONS = (
    Definition(
        id="region.count",
        name="地区专利量",
        text=f"地区的专利件数；{_FIRST}，每件专利只计一地。",
        unit="件",
        needs=("province",),
        source=CNIPA,
        name_en="Patents of the region",
        text_en="Patents of the region by the address of the first applicant; each counts in one region.",
    ),
    Definition(
        id="region_share.known",
        name="地区占比",
        text="地区的专利件数除以所列范围内地区已知的专利件数。",
        unit="%",
        denominator="所列范围内地区已知的专利",
        needs=("province",),
        source=USUAL,
        name_en="Share of the region",
        text_en="Patents of the region over those of known region within the area listed.",
    ),
    Definition(
        id="region_share.home",
        name="本地占比",
        text="第一申请人在本地（专题库设置的 home）的专利件数除以地区已知的专利件数。",
        unit="%",
        denominator="地区已知的专利",
        needs=("province",),
        source=USUAL,
        name_en="Share of the home region",
        text_en="Patents whose first applicant sits in the home region (a setting of the library) over those "
        "of known region.",
    ),
    Definition(
        id="per_population.in_force",
        name="每万人口发明专利拥有量",
        text=f"有效发明专利件数除以常住人口（万人）；{_FIRST}，有效截至检索日，人口取用户文件中不晚于该年的"
        "最近一年。",
        unit="件/万人",
        denominator="常住人口（万人，用户文件）",
        needs=("patent_type", "legal_state", "province"),
        source="国家知识产权局（每万人口发明专利拥有量，国民经济和社会发展“十二五”“十三五”规划指标）",
        name_en="Inventions in force per 10,000 inhabitants",
        text_en="Inventions in force at the as-of date over inhabitants (in 10,000, from the user's file, "
        "the latest year that is not later).",
    ),
    Definition(
        id="per_population.high_value",
        name="每万人口高价值发明专利拥有量",
        text="高价值发明专利件数（按可判定的情形）除以常住人口（万人）。",
        unit="件/万人",
        denominator="常住人口（万人，用户文件）",
        needs=("patent_type", "legal_state", "province"),
        source="国家知识产权局（每万人口高价值发明专利拥有量，国民经济和社会发展“十四五”规划指标）",
        name_en="High-value inventions per 10,000 inhabitants",
        text_en="High-value inventions (by the criteria that can be told) over inhabitants in 10,000.",
    ),
    Definition(
        id="per_revenue.in_force",
        name="每亿元营收有效发明专利数",
        text="有效发明专利件数除以营业收入（亿元）；营业收入取用户文件中不晚于检索年的最近一年。",
        unit="件/亿元",
        denominator="营业收入（亿元，用户文件）",
        needs=("patent_type", "legal_state", "province"),
        source="《中国制造2025》（国发〔2015〕28号，规模以上制造业每亿元主营业务收入有效发明专利数）",
        name_en="Inventions in force per 100 million yuan of revenue",
        text_en="Inventions in force over revenue (100 million yuan, from the user's file, the latest year "
        "that is not later).",
    ),
)
