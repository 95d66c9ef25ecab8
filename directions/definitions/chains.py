"""产业链、区位熵: nodes of a chain, specialisation against a reference, coverage by holders."""

from directions.definitions.sources import OECD, OWN, USUAL
from directions.facts import Definition

CHAINS = (
    Definition(
        id="chain.node",
        name="环节专利量",
        text="检索式所指且属于研究范围的专利件数；下级环节只计上级环节之内的专利，一件专利可属于几个环节。",
        unit="件",
        source=USUAL,
        name_en="Patents of a node",
        text_en="Patents of the study that the node's query means; a node below another holds only patents "
        "of that one, and a patent may belong to several nodes.",
    ),
    Definition(
        id="chain_share.unique",
        name="环节占比",
        text="环节专利件数除以全链去重后的专利件数；各环节占比之和可大于 100%。",
        unit="%",
        denominator="全链专利（去重）",
        source=USUAL,
        name_en="Share of a node",
        text_en="Patents of the node over the unique patents of the chain; shares may add up to more "
        "than 100 %.",
    ),
    Definition(
        id="chain.holders",
        name="环节持有人构成",
        text="环节内各类申请人的专利件数；合作申请的专利在每一类中各计一次。",
        unit="件",
        needs=("applicants",),
        source=USUAL,
        name_en="Holders of a node by kind",
        text_en="Patents of the node by kind of applicant; a joint patent counts once in each kind.",
    ),
    Definition(
        id="rta.ratio",
        name="区位熵（RTA）",
        text="（本地某领域专利件数÷本地全部专利件数）÷（参照某领域专利件数÷参照全部专利件数）；"
        "大于 1 表示相对专业化。区间为两个泊松计数之比的 95% 精确区间。",
        unit="倍",
        denominator="参照范围中该领域的占比",
        source=f"{OECD}（Revealed Technological Advantage）；区位熵：Haig, 1928",
        name_en="Revealed technological advantage (location quotient)",
        text_en="(local patents of the field / all local patents) / (reference patents of the field / all "
        "reference patents); above 1 is specialised. The interval is the exact 95 % one of a ratio of two "
        "Poisson counts.",
    ),
    Definition(
        id="chain_class.interval",
        name="强弱判定",
        text="空白：本地专利为零；强：区位熵 95% 区间全部大于 1；弱：区间全部小于 1；一般：区间含 1。"
        "无参照则不判定。",
        unit="",
        source=OWN,
        name_en="Strong, middling, weak, blank",
        text_en="Blank: no local patent; strong: the whole 95 % interval of the RTA lies above 1; weak: it "
        "lies below 1; middling: it contains 1. Nothing is said without a reference.",
    ),
    Definition(
        id="chain_coverage.holders",
        name="环节覆盖",
        text="某企业、集团或联盟（专利池）成员在环节中的专利件数；几个成员都有的为重叠，只有一个的为独占，都没有的为空缺。",
        unit="件",
        needs=("applicants",),
        source=USUAL,
        name_en="Coverage of a node",
        text_en="Patents of the node held by members of a firm, group or alliance (patent pool): overlap "
        "where several hold some, exclusive where one does, a gap where none does.",
    ),
    Definition(
        id="region_industry.count",
        name="区域×产业专利量",
        text="第一申请人地址在该区域且属于该产业的专利件数；一件专利可属于几个产业。",
        unit="件",
        needs=("province", "industries"),
        source=USUAL,
        name_en="Patents of a region in an industry",
        text_en="Patents whose first applicant's address lies in the region and that belong to the industry; "
        "a patent may belong to several industries.",
    ),
    Definition(
        id="region_industry.share",
        name="区域在产业中的占比",
        text="该区域该产业专利件数除以该产业中区域已知的专利件数。",
        unit="%",
        denominator="该产业中区域已知的专利",
        needs=("province", "industries"),
        source=USUAL,
        name_en="Share of a region in an industry",
        text_en="Patents of the region in the industry over those of the industry whose region is known.",
    ),
)
