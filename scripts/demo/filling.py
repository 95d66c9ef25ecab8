"""Puts lists of parts, steps and ingredients where the sentence frames look for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scripts.demo.draw import Draws
from scripts.demo.forms import Body
from scripts.demo.templates import Scene

_LEADS = ("首先", "然后", "再", "最后")
_BEFORE_STOP = re.compile(r"[，；：]+。")
_STUTTER = re.compile(r"([，；。：])[，；。：]+")


def fill_body(scene: Scene, body: Body, draws: Draws) -> None:
    """Fills the slots ·件, ·句, ·步, ·接, ·料, ·方, ·；方 and ·品 of the frames."""
    steps = body.steps
    making = "，".join(steps)
    numbered = number_steps(steps, draws)
    scene.chosen |= {
        "·件": join_names(body.parts),
        "·句": "；".join(steps) if draws.chance(0.5) else making,
        "·步": numbered,
        "·料": "、".join(body.ingredients),
        "·方": f"{draws.pick(('制备时，', ''))}{making}。" if making else "",
        "·；方": f"；制备方法为：{making}" if making else "",
        "·品": body.kind,
    }
    if len(steps) == len(_LEADS) and draws.chance(0.4):
        scene.chosen["·接"] = "，".join(lead + step for lead, step in zip(_LEADS, steps, strict=True)) + "。"
    else:
        scene.chosen["·接"] = f"{draws.pick(('包括以下步骤：', '包括：', '具体步骤为：'))}{numbered}。"


def number_steps(steps: Sequence[str], draws: Draws) -> str:
    """Steps in one text, numbered in one of the customary ways."""
    style = draws.below(5)
    if style == 0:
        return "；".join(f"({i}){step}" for i, step in enumerate(steps, 1))
    if style == 1:
        return "；".join(f"S{i}、{step}" for i, step in enumerate(steps, 1))
    if style == 2 and len(steps) <= 5:
        return "；".join(f"步骤{'一二三四五'[i]}、{step}" for i, step in enumerate(steps))
    if style == 3:
        return "；".join(f"{i}){step}" for i, step in enumerate(steps, 1))
    return "；".join(steps)


def join_names(names: Sequence[str]) -> str:
    """甲、乙和丙."""
    if len(names) < 2:
        return "".join(names)
    return "、".join(names[:-1]) + "和" + names[-1]


def tidy(text: str) -> str:
    """Keeps the first of several punctuation marks in a row; a full stop wins over what precedes it."""
    text = _BEFORE_STOP.sub("。", text).replace("现有技术中现有", "现有技术中")
    return _STUTTER.sub(r"\1", text)
