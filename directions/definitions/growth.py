"""增长: rates, increments, multiples, phases; every one over complete years only."""

from directions.definitions.sources import OWN, USUAL
from directions.facts import Definition

_BASE = "只用检索日已完整的年份"

GROWTH = (
    Definition(
        id="yoy.count",
        name="同比增长率",
        text="当年件数除以上年件数再减 1；上年为零时无值。",
        unit="%",
        denominator="上年件数",
        source="国家统计局（同比：与上年同期相比）",
        name_en="Year-on-year growth",
        text_en="Patents of the year over those of the year before, less 1; none where that year has none.",
    ),
    Definition(
        id="growth_rate.cagr",
        name="年均增长率（复合）",
        text=f"期末年件数除以期初年件数，开（年数−1）次方，再减 1；{_BASE}。",
        unit="%",
        denominator="期初年件数",
        source="国家统计局（平均增长速度，水平法）",
        name_en="Compound annual growth rate",
        text_en="(last year / first year) to the power 1/(years − 1), less 1; complete years only.",
    ),
    Definition(
        id="growth_rate.mean",
        name="年均增长率（同比均值）",
        text=f"期内各年同比增长率的算术平均，首年以其上一年为基期者不计；{_BASE}。",
        unit="%",
        denominator="各年的上年件数",
        source=USUAL,
        name_en="Mean year-on-year growth",
        text_en="Mean of the year-on-year rates between the years of the period; complete years only.",
    ),
    Definition(
        id="increment.T-1",
        name="年均增长量（T−1）",
        text=f"期末年件数减期初年件数，除以年数减 1（间隔数）；{_BASE}。",
        unit="件/年",
        source="国家统计局（平均增长量）",
        name_en="Mean annual increment (T − 1)",
        text_en="Last year less first year, over the number of intervals; complete years only.",
    ),
    Definition(
        id="increment.T",
        name="年均增长量（T）",
        text=f"期末年件数减期初年件数，除以年数；{_BASE}。",
        unit="件/年",
        source=USUAL,
        name_en="Mean annual increment (T)",
        text_en="Last year less first year, over the number of years; complete years only.",
    ),
    Definition(
        id="multiple.R",
        name="倍数（R）",
        text="后一时期件数除以前一时期件数，即“是……的 R 倍”。",
        unit="倍",
        denominator="前一时期件数",
        source=USUAL,
        name_en="Multiple (R)",
        text_en="Later period over earlier period: R times as many.",
    ),
    Definition(
        id="multiple.R-1",
        name="增长倍数（R−1）",
        text="后一时期件数除以前一时期件数再减 1，即“增长了 R−1 倍”。",
        unit="倍",
        denominator="前一时期件数",
        source=USUAL,
        name_en="Increase in multiples (R − 1)",
        text_en="Later period over earlier period, less 1: grown by R − 1 times.",
    ),
    Definition(
        id="moving_average.3",
        name="三年移动平均",
        text="当年与前两年件数的平均；不足三年或含不完整年份时无值。",
        unit="件",
        source=USUAL,
        name_en="Moving average of three years",
        text_en="Mean of the year and the two before; none with fewer years or an incomplete one.",
    ),
    Definition(
        id="peak.count",
        name="峰值年",
        text="件数高于前一年且不低于后一年的完整年份，按件数排列；首尾年只与一侧比较。",
        unit="件",
        source=USUAL,
        name_en="Peak years",
        text_en="Complete years with more patents than the year before and no fewer than the next; the first "
        "and last year are compared on one side.",
    ),
    Definition(
        id="phase.trend",
        name="增长阶段",
        text="对各完整年份件数的对数作加权（权为件数）分段线性拟合，段数由作过离散校正的 BIC 决定，"
        "每段不少于三年；年增长率不低于 15% 为快速增长，5%—15% 为稳步增长，−5%—5% 为平稳，其下为回落。",
        unit="%/年",
        source=f"{OWN}；最优分割（Bai & Perron, 2003），BIC（Schwarz, 1978）",
        name_en="Growth phases",
        text_en="Piecewise linear fit of the logarithm of the yearly counts (weighted by counts), number of "
        "pieces by BIC corrected for overdispersion, three years or more each; 15 % a year and more is fast "
        "growth, 5–15 % steady, −5–5 % level, below that decline.",
    ),
)
