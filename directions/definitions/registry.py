"""Look definitions up, list the variants of one topic, write them down for the docs."""

from __future__ import annotations

from difflib import get_close_matches

from directions.definitions.chains import CHAINS
from directions.definitions.classes import CLASSES
from directions.definitions.counts import COUNTS
from directions.definitions.effects import EFFECTS
from directions.definitions.growth import GROWTH
from directions.definitions.holders import HOLDERS
from directions.definitions.legal import LEGAL
from directions.definitions.operation import OPERATION
from directions.definitions.regions import REGIONS
from directions.definitions.themes import THEMES
from directions.definitions.value import VALUE
from directions.facts import Definition
from patents.errors import NotFoundError

#: By topic, in the order in which studies print them: (heading, English heading, definitions).
CHAPTERS: tuple[tuple[str, str, tuple[Definition, ...]], ...] = (
    ("申请与授权", "Filings and grants", COUNTS),
    ("增长", "Growth", GROWTH),
    ("法律状态", "Legal status", LEGAL),
    ("运营", "Operation", OPERATION),
    ("产业与分类", "Industries and classes", CLASSES),
    ("申请人", "Applicants", HOLDERS),
    ("地区", "Regions", REGIONS),
    ("国际布局与价值", "PCT and value", VALUE),
    ("主题与对比", "Themes and comparison", THEMES),
    ("技术功效", "Effects", EFFECTS),
    ("产业链与区位熵", "Chains and specialisation", CHAINS),
)
DEFINITIONS: tuple[Definition, ...] = tuple(one for _, _, chapter in CHAPTERS for one in chapter)
_BY_ID = {one.id: one for one in DEFINITIONS}


def definition(name: str) -> Definition:
    """Return the definition of an id, as in `grant_rate.cohort`.

    Raises:
        NotFoundError: there is none; the message names the nearest.
    """
    found = _BY_ID.get(name)
    if found is None:
        near = get_close_matches(name, _BY_ID, n=3, cutoff=0.4)
        raise NotFoundError(
            f"no definition {name!r}",
            help=f"nearest: {', '.join(near)}" if near else "see docs/definitions.md",
        )
    return found


def alternatives(name: str) -> tuple[Definition, ...]:
    """Other definitions of the same topic, which a reader may switch to.

    Raises:
        NotFoundError: there is no such definition.
    """
    own = definition(name)
    return tuple(one for one in DEFINITIONS if one.topic == own.topic and one.id != own.id)


def describe_definitions() -> str:
    """Write `DEFINITIONS` as the Markdown of docs/definitions.md."""
    head = "| id | 名称 | 计算方法 | 单位 | 分母 | 所需字段 | 来源 |\n|---|---|---|---|---|---|---|\n"
    parts = [
        f"## {title} ({title_en})\n\n{head}" + "".join(map(_line, chapter))
        for title, title_en, chapter in CHAPTERS
    ]
    return "\n".join(parts)


def _line(one: Definition) -> str:
    cells = (
        f"`{one.id}`",
        f"{one.name}<br>{one.name_en}",
        f"{one.text}<br>{one.text_en}",
        one.unit,
        one.denominator or "–",
        "、".join(one.needs) or "–",
        one.source,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
