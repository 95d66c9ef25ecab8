"""技术功效: what patents claim to improve."""

from directions.definitions.sources import OWN, USUAL
from directions.facts import Definition

EFFECTS = (
    Definition(
        id="effect.patents",
        name="技术功效专利量",
        text="摘要中声明某一功效（动词＋对象，如“降低成本”，含“能耗低”“解决能耗高的问题”等说法）的专利件数；"
        "一件专利可声明多种功效，同一功效只计一次。",
        unit="件",
        needs=("abstract",),
        source=OWN,
        name_en="Patents claiming an effect",
        text_en="Patents whose abstract claims the effect (verb and object, adjectives and faults done away "
        "with included); a patent may claim several, each once.",
    ),
    Definition(
        id="effect_share.claiming",
        name="技术功效占比",
        text="声明该功效的专利件数除以声明了任一功效的专利件数；一件专利可声明多种功效，"
        "各占比之和可大于 100%。",
        unit="%",
        denominator="声明了任一功效的专利",
        needs=("abstract",),
        source=OWN,
        name_en="Share of an effect",
        text_en="Patents claiming the effect over patents claiming any; the shares may add up to more "
        "than 100 %.",
    ),
    Definition(
        id="effect_matrix.patents",
        name="技术功效矩阵专利量",
        text="属于该主题（或 IPC 小类）且声明该功效的专利件数。",
        unit="件",
        needs=("abstract",),
        source=USUAL,
        name_en="Patents of a theme claiming an effect",
        text_en="Patents of the theme (or IPC subclass) that claim the effect.",
    ),
)
