"""主题: shares, growth, quadrants, who holds them; side by side."""

from directions.definitions.sources import OWN, USUAL
from directions.facts import Definition

_SPANS = "最近三个完整年份与此前三年"

THEMES = (
    Definition(
        id="theme.count",
        name="主题专利量",
        text="归入该主题的专利件数（核心与就近归入的）；未归入任何主题的专利单列。",
        unit="件",
        source=OWN,
        name_en="Patents of the theme",
        text_en="Patents placed in the theme (core and assigned); what is in no theme is listed apart.",
    ),
    Definition(
        id="theme_share.all",
        name="主题占比",
        text="主题的专利件数除以研究范围的全部专利件数，未归入主题的也在分母中。",
        unit="%",
        denominator="全部专利",
        source=OWN,
        name_en="Share of the theme",
        text_en="Patents of the theme over all patents studied, placed or not.",
    ),
    Definition(
        id="theme_growth.share",
        name="主题增长（占比之比）",
        text=f"{_SPANS}两段中主题占比之比，附 95% 区间；大于 1 为占比上升。"
        "用占比而不用件数，以免总量增长掩盖。",
        unit="倍",
        denominator="此前三年的占比",
        source="两个泊松计数之比的精确区间（Przyborowski & Wilenski, Biometrika 31, 1940）",
        name_en="Growth of the theme (ratio of shares)",
        text_en="Share of the theme in the last three complete years over that in the three before, with its "
        "95 % interval; above 1 the share rises.",
    ),
    Definition(
        id="quadrant.share_growth",
        name="主题象限",
        text="以主题占比的中位数和增长 1 为界：主导（大而上升）、新兴（小而上升）、成熟（大而下降）、衰退（"
        "小而下降）。",
        unit="",
        source=USUAL,
        name_en="Quadrant of the theme",
        text_en="Bounded by the median share and by growth 1: leading (large, rising), emerging (small, "
        "rising), mature (large, falling), fading (small, falling).",
    ),
    Definition(
        id="trend.interval",
        name="上升与下降主题",
        text="增长的 95% 区间全部大于 1 的主题为上升，全部小于 1 的为下降；其余不作判断。",
        unit="",
        source=OWN,
        name_en="Rising and falling themes",
        text_en="Rising where the whole 95 % interval of growth lies above 1, falling where it lies below; "
        "nothing is said of the others.",
    ),
    Definition(
        id="theme_applicant.share",
        name="主题内占比",
        text="申请人（或一类申请人）在主题中的专利件数除以主题中申请人已知的专利件数。",
        unit="%",
        denominator="主题中申请人已知的专利",
        needs=("applicants",),
        source=USUAL,
        name_en="Share within the theme",
        text_en="Patents of the applicant (or kind) in the theme over those of the theme with an applicant.",
    ),
    Definition(
        id="theme_gap.quotient",
        name="布局商",
        text="申请人在主题中的占比除以其在全部专利中的占比；零为空白，小于 0.5 为薄弱。",
        unit="倍",
        denominator="申请人在全部专利中的占比",
        needs=("applicants",),
        source="区位熵的通行算法用于申请人",
        name_en="Quotient of the applicant in the theme",
        text_en="Share of the applicant in the theme over its share in all patents; zero is a gap, below 0.5 "
        "weak.",
    ),
    Definition(
        id="white_space.firms",
        name="企业空白主题",
        text="占比上升（增长大于 1）而企业参与占比不到全部专利企业占比一半的主题，即研究在先、企业未进入者。",
        unit="",
        needs=("applicants", "applicant_kinds"),
        source=OWN,
        name_en="Themes that firms leave open",
        text_en="Themes with growth above 1 in which firms hold less than half of the share that they hold "
        "of all patents: research is there, firms are not.",
    ),
    Definition(
        id="local_gap.state",
        name="本地空白",
        text="按本地在全部专利中的占比，主题中应有至少 3 件本地专利而实为零的，为本地空白；"
        "应有至少 3 件本地企业专利而实为零、但本地高校院所已有专利的，为本地企业空白。"
        "应有 3 件而为零的机会不足 5%（泊松分布）。",
        unit="",
        needs=("applicants", "applicant_kinds", "province"),
        source=OWN,
        name_en="Local gaps",
        text_en="A theme of which, by the region's share of all patents, at least 3 should be local and none "
        "is; or at least 3 should be of local firms and none is, while local universities or institutes hold "
        "some. Chance leaves none of 3 expected in under 5 % of cases (Poisson).",
    ),
    Definition(
        id="class_quotient.ratio",
        name="相对优势",
        text="某类在一方的占比除以它在所比各方合计中的占比；大于 1 为相对集中。",
        unit="倍",
        denominator="所比各方合计中的占比",
        needs=("ipc_main",),
        source="Balassa, The Manchester School 33, 1965（显性比较优势）",
        name_en="Relative specialisation",
        text_en="Share of the class on one side over its share in all sides together; above 1 is "
        "specialised.",
    ),
)
