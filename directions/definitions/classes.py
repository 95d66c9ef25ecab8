"""产业, IPC and 新兴产业: shares, concentration, what most file in and what grows fastest."""

from directions.definitions.sources import OWN, USUAL, WIPO
from directions.facts import Definition

_MAIN = "主分类号"
_FLOOR = "两段合计不少于下限（默认取10件与两段全部专利的0.5%，以较大者为准）"

CLASSES = (
    Definition(
        id="industry.count",
        name="产业专利量",
        text="归入该产业的专利件数；归属由产业方案确定（默认只看主分类号），一件专利可归入多个产业。",
        unit="件",
        needs=("industries",),
        source="产业方案（见各方案的来源）",
        name_en="Patents of the industry",
        text_en="Patents of the industry by its scheme (main classification unless it says any); one may "
        "belong to several.",
    ),
    Definition(
        id="industry_share.unique",
        name="产业占比（去重）",
        text="产业专利量除以所列产业去重后的专利总量；一件专利可归入多个产业，各产业占比之和可大于 100%。",
        unit="%",
        denominator="所列产业去重后的专利",
        needs=("industries",),
        source=USUAL,
        name_en="Share of industry (unique)",
        text_en="Patents of the industry over the unique patents of all industries listed; shares may add up "
        "to more than 100 %.",
    ),
    Definition(
        id="industry_share.overlapping",
        name="产业占比（重复计数）",
        text="产业专利量除以所列各产业专利量之和，各产业占比之和为 100%。",
        unit="%",
        denominator="所列各产业专利量之和",
        needs=("industries",),
        source=USUAL,
        name_en="Share of industry (overlapping)",
        text_en="Patents of the industry over the sum of the industries' counts; shares add up to 100 %.",
    ),
    Definition(
        id="industry_within.share",
        name="产业内占比",
        text="同属两个产业的专利件数除以外层产业的专利件数，如高端装备制造占装备制造的比例。",
        unit="%",
        denominator="外层产业的专利",
        needs=("industries",),
        source=USUAL,
        name_en="Share of one industry within another",
        text_en="Patents of both industries over those of the outer one.",
    ),
    Definition(
        id="ipc.main",
        name=f"IPC 专利量（{_MAIN}）",
        text=f"{_MAIN}属于该类的专利件数；每件专利只计入一类。",
        unit="件",
        needs=("ipc_main",),
        source=USUAL,
        name_en="Patents of the class (main classification)",
        text_en="Patents whose main classification is of the class; each is in one class.",
    ),
    Definition(
        id="ipc.any",
        name="IPC 专利量（任一分类号）",
        text="任一分类号属于该类的专利件数；一件专利可计入多类。",
        unit="件",
        needs=("ipc",),
        source=WIPO,
        name_en="Patents of the class (any classification)",
        text_en="Patents any of whose classifications is of the class; one may be in several.",
    ),
    Definition(
        id="ipc_share.known",
        name="IPC 占比",
        text="该类专利件数除以分类号已知的专利件数；按任一分类号计时各类占比之和可大于 100%。",
        unit="%",
        denominator="分类号已知的专利",
        needs=("ipc_main",),
        source=USUAL,
        name_en="Share of the class",
        text_en="Patents of the class over patents with a classification; counted by any classification, "
        "shares may add up to more than 100 %.",
    ),
    Definition(
        id="ipc_concentration.CR",
        name="技术集中度（前 N 类）",
        text="前 N 个 IPC 类覆盖的专利件数（去重）除以分类号已知的专利件数，默认 N=10。",
        unit="%",
        denominator="分类号已知的专利",
        needs=("ipc_main",),
        source="集中率（concentration ratio），产业组织的通用指标",
        name_en="Concentration of technology (top N classes)",
        text_en="Unique patents of the N largest classes over patents with a class; N = 10 if not said.",
    ),
    Definition(
        id="most_filed.count",
        name="最关注",
        text="专利量最多的类（件数相同者按代码或名称）。",
        unit="件",
        source=USUAL,
        name_en="Most filed",
        text_en="The class with the most patents (ties by code or name).",
    ),
    Definition(
        id="most_active.recent",
        name="最活跃",
        text=f"最近三个完整年份的件数比此前三年增长最快的类，{_FLOOR}；排序时两段各加 0.5 件以容许此前为零。",
        unit="%",
        denominator="此前三年的件数",
        source=OWN,
        name_en="Most active",
        text_en="The class that grew fastest from the three complete years before to the last three, with a "
        "floor (both spans together; 10 patents or 0.5 % of all of both spans, whichever is more); ranked "
        "with half a patent added to each span, so that a span may be empty.",
    ),
    Definition(
        id="class_operated.count",
        name="运营专利量",
        text="该类（产业、地区、申请人）中发生过转让、许可或质押的专利件数；集团内部转让按所选口径。",
        unit="件",
        needs=("transfer_count", "licence_count", "pledge_count"),
        source=USUAL,
        name_en="Operated patents",
        text_en="Patents of the class, industry, region or applicant that were transferred, licensed or "
        "pledged.",
    ),
    Definition(
        id="sei.count",
        name="新兴产业专利量",
        text="归入该战略性新兴产业的专利件数，按国际专利分类与战略性新兴产业的参照关系；一件可归入多个。",
        unit="件",
        needs=("industries",),
        source="国家知识产权局《战略性新兴产业分类与国际专利分类参照关系表（2021）（试行）》",
        name_en="Patents of the strategic emerging industry",
        text_en="Patents of the strategic emerging industry by the official concordance with the IPC; one "
        "may belong to several.",
    ),
    Definition(
        id="sei_share.all",
        name="新兴产业占比",
        text="归入该战略性新兴产业的专利件数除以全部专利件数。",
        unit="%",
        denominator="全部专利",
        needs=("industries",),
        source=USUAL,
        name_en="Share of the strategic emerging industry",
        text_en="Patents of the strategic emerging industry over all patents.",
    ),
)
