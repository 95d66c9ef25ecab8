"""Writes the abstract of one patent: an opening with its parts or steps, and closing sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scripts.demo.draw import Draws
from scripts.demo.filling import fill_body, tidy
from scripts.demo.forms import Content
from scripts.demo.templates import Scene, Template, slots_of
from scripts.demo.vocabulary import Sentences, Topic

Form = Literal["device", "process", "composition", "software", "design"]
SHORTEST, LONGEST = 150, 350
_TRIES, _NEAR_ENOUGH, _CLOSINGS = 6, 28, 2
_TOOL = re.compile(r"(装置|设备|系统|机构|机组|组件|平台)$")
_TOLD_ONCE = frozenset({"·措", "·部", "·难"})


class Ranked:
    """Texts to choose from, those that share words with a patent's title likelier than others.

    Args:
        options: texts, with what belongs to each.
        content: of the patent.
    """

    __slots__ = ("_options", "_scores")

    def __init__(self, options: Sequence[tuple[str, str]], content: Content) -> None:
        head, about = content.head, content.about
        self._options = options
        self._scores = [
            sum((text[i : i + 2] in about) + 3 * (text[i : i + 2] in head) for i in range(len(text) - 1))
            for text, _ in options
        ]

    def pick(self, count: int, draws: Draws) -> list[tuple[str, str]]:
        """`count` options, the fittest first; chance decides between those that fit alike."""
        if not count:
            return []
        order = sorted((-score - 2.2 * draws.uniform(), i) for i, score in enumerate(self._scores))
        return [self._options[i] for _, i in order[:count]]


@dataclass(frozen=True, slots=True)
class Sketch:
    """What all tries at one abstract share."""

    form: Form
    content: Content
    scene: Scene
    wanted: int
    problems: Ranked
    gains: Ranked
    effects: Ranked


class AbstractWriter:
    """Writes abstracts.

    Args:
        sentences: frames and shared effects.
    """

    def __init__(self, sentences: Sentences) -> None:
        self._general = sentences.general_effects
        self._openings = {form: _with_slots(templates) for form, templates in sentences.openings.items()}
        self._closings = {form: _with_slots(templates) for form, templates in sentences.closings.items()}

    def write(self, topic: Topic, form: Form, content: Content, scene: Scene) -> str:
        """Of a few tries the first near the length that this abstract is to have."""
        gains = [gain for gain in topic.gains if gain.suits(content.route)]
        sketch = Sketch(
            form,
            content,
            scene,
            wanted=round(scene.draws.around(215, 48, SHORTEST + 5, LONGEST - 30)),
            problems=Ranked([(t.render(scene), "") for t in content.problems], content),
            gains=Ranked([(gain.means.render(scene), gain.effects.render(scene)) for gain in gains], content),
            effects=Ranked([(t.render(scene), "") for t in content.effects], content),
        )
        scene.chosen["·器"] = _tool(content.head, form)
        return self._best(sketch)

    def _best(self, sketch: Sketch) -> str:
        best = ""
        for tries in range(1, 2 * _TRIES):
            text = self._try(sketch)
            if not best or abs(len(text) - sketch.wanted) < abs(len(best) - sketch.wanted):
                best = text
            enough = abs(len(best) - sketch.wanted) <= _NEAR_ENOUGH or tries >= _TRIES
            if enough and SHORTEST <= len(best) <= LONGEST:
                break
        return best

    def _try(self, sketch: Sketch) -> str:
        scene, draws = sketch.scene, sketch.scene.draws
        opening, slots = draws.pick(self._openings[sketch.form])
        scene.chosen["·难"] = sketch.problems.pick(1, draws)[0][0]
        scene.chosen["·部"] = "和".join(draws.sample(sketch.content.focus, 2))
        fill_body(scene, sketch.content.abstract(draws, sketch.wanted), draws)
        text = opening.render(scene)
        told, effects = set(slots & _TOLD_ONCE), list[str]()
        for closings in range(1, _CLOSINGS + 2):
            text += self._close(sketch, told, effects)
            if len(text) > sketch.wanted - 30 or (closings == _CLOSINGS and len(text) >= SHORTEST):
                break
        return tidy(text)

    def _close(self, sketch: Sketch, told: set[str], effects: list[str]) -> str:
        """A closing sentence; means, parts, problem and effects are told once in an abstract."""
        scene, draws = sketch.scene, sketch.scene.draws
        closings = [(template, slots) for template, slots in self._closings[sketch.form] if not slots & told]
        with_means = [(template, slots) for template, slots in closings if "·措" in slots]
        if with_means and draws.chance(0.8):
            closings = with_means
        if not closings:
            return ""
        closing, slots = draws.pick(closings)
        means, gained = sketch.gains.pick(1, draws)[0] if "·措" in slots else ("", "")
        fresh = [effect for effect in self._effects(sketch, gained) if effect not in effects]
        if not fresh:
            return ""
        told |= slots & _TOLD_ONCE
        effects += fresh
        scene.chosen |= {"·措": means, "·益": "，".join(fresh)}
        return closing.render(scene)

    def _effects(self, sketch: Sketch, gained: str) -> list[str]:
        draws = sketch.scene.draws
        effects = gained.split("，") if gained else []
        count = draws.between(0, 1) if gained else draws.between(1, 2)
        effects += [text for text, _ in sketch.effects.pick(count, draws)]
        if sketch.form == "device" and draws.chance(0.25):
            effects.append(draws.pick(self._general).render(sketch.scene))
        if sketch.content.extra_effect and draws.chance(0.7):
            effects.append(sketch.content.extra_effect)
        return list(dict.fromkeys(effects))


def _with_slots(templates: Sequence[Template]) -> list[tuple[Template, frozenset[str]]]:
    return [(template, slots_of(template)) for template in templates]


def _tool(head: str, form: Form) -> str:
    found = _TOOL.search(head)
    if found:
        return found.group(1)
    return "装置" if form == "device" else "方法"
