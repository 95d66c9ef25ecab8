"""Writes the title, the abstract and the first claim of one patent from its topic's vocabulary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scripts.demo.draw import Draws
from scripts.demo.forms import Body, Content, compose_content, number_steps
from scripts.demo.templates import Scene, Template
from scripts.demo.vocabulary import Sentences, Topic

Form = Literal["device", "process", "composition", "software", "design"]
SHORTEST, LONGEST = 150, 350
_STUTTER = re.compile(r"([，；。：])[，；。：]+")
_CLOSINGS = 2
_BEFORE_STOP = re.compile(r"[，；：]+。")
_TOOL = re.compile(r"(装置|设备|系统|机构|机组|组件|平台)$")


@dataclass(frozen=True, slots=True)
class Draft:
    """The texts of one patent.

    Attributes:
        title: as filed, usually with 一种.
        abstract: 150 to 350 characters but for designs.
        claim: first claim as filed; granted_claim: with one more limitation.
        claim_count: number of claims as filed.
        form: which kind of thing it is.
    """

    title: str
    abstract: str
    claim: str
    granted_claim: str
    claim_count: int
    form: Form


class TextWriter:
    """Writes drafts; holds the sentence frames.

    Args:
        sentences: frames and shared features.
    """

    def __init__(self, sentences: Sentences) -> None:
        self._sentences = sentences
        self._openings = {
            form: [(template, _speaks_of(template, "·难")) for template in templates]
            for form, templates in sentences.openings.items()
        }
        self._closings = {
            form: [
                (template, {slot for slot in "措部难" if _speaks_of(template, f"·{slot}")})
                for template in templates
            ]
            for form, templates in sentences.closings.items()
        }

    def write(self, topic: Topic, patent_type: str, draws: Draws) -> Draft:
        """One draft of a topic for 发明 or 实用新型 (a topic without device cannot be a utility model)."""
        form = choose_form(topic, patent_type, draws)
        scene = Scene(draws, topic.words, joiner=draws.pick("~~~-"))
        scene.chosen["·本"] = "本实用新型" if patent_type == "实用新型" else "本发明"
        content = compose_content(topic, form, self._sentences, scene)
        title, core = _title(content, form, patent_type, draws)
        scene.chosen |= {"·题": core, "·名": title, "·域": draws.pick(topic.fields).render(scene)}
        return Draft(
            title=title,
            abstract=self._abstract(topic, form, content, scene),
            claim=self._claim(form, core, content.claim, scene),
            granted_claim=self._claim(form, core, content.granted, scene),
            claim_count=int(draws.around(6.5 if form == "device" else 7.5, 2.2, 1, 20)),
            form=form,
        )

    def write_design(self, product: str, use: str, draws: Draws) -> Draft:
        """The texts of a design patent: a name and the four customary statements."""
        scene = Scene(draws, {})
        scene.chosen |= {"·题": product, "·途": use}
        abstract = self._sentences.design.render(scene)
        return Draft(product, abstract, "", "", 0, "design")

    def _abstract(self, topic: Topic, form: Form, content: Content, scene: Scene) -> str:
        """Of a few tries the first near the length that this abstract is to have."""
        wanted = round(scene.draws.around(215, 48, SHORTEST + 5, LONGEST - 30))
        best = ""
        for _ in range(8):
            text = self._try_abstract(topic, form, content, scene, wanted)
            if not best or abs(len(text) - wanted) < abs(len(best) - wanted):
                best = text
            if abs(len(best) - wanted) <= 25 and SHORTEST <= len(best) <= LONGEST:
                break
        return best

    def _try_abstract(self, topic: Topic, form: Form, content: Content, scene: Scene, wanted: int) -> str:
        draws = scene.draws
        opening, problem_told = draws.pick(self._openings[form])
        scene.chosen["·难"] = _fitting([t.render(scene) for t in content.problems], content, 1, draws)[0]
        scene.chosen["·部"] = "和".join(draws.sample(content.focus, 2))
        scene.chosen["·器"] = _tool(scene.chosen["·题"], form)
        fill_body(scene, content.abstract(draws, wanted), draws)
        text = opening.render(scene)
        told = {"难"} if problem_told else set()
        effects: list[str] = []
        for closings in range(1, _CLOSINGS + 2):
            text += self._close(topic, form, content, scene, told, effects)
            if len(text) > wanted - 30 or (closings == _CLOSINGS and len(text) >= SHORTEST):
                break
        return tidy(text)

    def _close(
        self, topic: Topic, form: Form, content: Content, scene: Scene, told: set[str], effects: list[str]
    ) -> str:
        """A closing sentence; means, parts, problem and effects are told once in an abstract."""
        draws = scene.draws
        closings = [(t, slots) for t, slots in self._closings[form] if not slots & told]
        with_means = [(t, slots) for t, slots in closings if "措" in slots]
        if with_means and draws.chance(0.8):
            closings = with_means
        if not closings:
            return ""
        closing, slots = draws.pick(closings)
        gain = self._gain(topic, content, scene) if "措" in slots else None
        fresh = [effect for effect in self._effects(content, form, gain, scene) if effect not in effects]
        if not fresh:
            return ""
        told |= slots
        effects += fresh
        scene.chosen["·措"] = gain[0] if gain else ""
        scene.chosen["·益"] = "，".join(fresh)
        return closing.render(scene)

    def _gain(self, topic: Topic, content: Content, scene: Scene) -> tuple[str, str]:
        """What is done and what comes of it, of several the one that fits the steps."""
        gains = {
            gain.means.render(scene): gain.effects.render(scene)
            for gain in topic.gains
            if gain.suits(content.route)
        }
        means = _fitting(list(gains), content, 1, scene.draws)[0]
        return means, gains[means]

    def _effects(self, content: Content, form: Form, gain: tuple[str, str] | None, scene: Scene) -> list[str]:
        draws = scene.draws
        effects = gain[1].split("，") if gain else []
        count = draws.between(0, 1) if gain else draws.between(1, 2)
        effects += _fitting([t.render(scene) for t in content.effects], content, count, draws)
        if form == "device" and draws.chance(0.25):
            effects.append(draws.pick(self._sentences.general_effects).render(scene))
        if content.extra_effect and draws.chance(0.7):
            effects.append(content.extra_effect)
        return list(dict.fromkeys(effects))

    def _claim(self, form: Form, core: str, body: Body, scene: Scene) -> str:
        fill_body(scene, body, scene.draws)
        scene.chosen["·题"] = core
        frame = scene.draws.pick(self._sentences.claims[form])
        return tidy(frame.render(scene) + (f"{body.limitation}。" if body.limitation else ""))


def choose_form(topic: Topic, patent_type: str, draws: Draws) -> Form:
    """Which form a patent of this type takes: utility models are devices."""
    if patent_type == "实用新型":
        return "device"
    forms: list[Form] = []
    if topic.processes:
        forms += ["software" if topic.software else "process"] * 4
    if topic.compositions:
        forms += ["composition"] * 4
    if topic.devices:
        forms += ["device"] * 2
    return draws.pick(forms)


def fill_body(scene: Scene, body: Body, draws: Draws) -> None:
    """Puts the lists of parts, steps and ingredients where the frames look for them."""
    plain = "；".join(body.steps)
    scene.chosen["·件"] = join_names(body.parts)
    scene.chosen["·句"] = plain if draws.chance(0.5) else "，".join(body.steps)
    scene.chosen["·步"] = number_steps(body.steps, draws)
    scene.chosen["·料"] = "、".join(body.ingredients)
    making = "，".join(body.steps)
    scene.chosen["·方"] = f"{draws.pick(('制备时，', ''))}{making}。" if making else ""
    scene.chosen["·；方"] = f"；制备方法为：{making}" if making else ""
    lead = ("首先", "然后", "再", "最后")
    if len(body.steps) == len(lead) and draws.chance(0.4):
        scene.chosen["·接"] = (
            "，".join(word + step for word, step in zip(lead, body.steps, strict=True)) + "。"
        )
    else:
        scene.chosen["·接"] = (
            f"{draws.pick(('包括以下步骤：', '包括：', '具体步骤为：'))}{scene.chosen['·步']}。"
        )
    scene.chosen["·品"] = body.kind


def join_names(names: Sequence[str]) -> str:
    """甲、乙和丙."""
    if len(names) < 2:
        return "".join(names)
    return "、".join(names[:-1]) + "和" + names[-1]


def tidy(text: str) -> str:
    """Keeps the first of several punctuation marks in a row; a full stop wins over what precedes it."""
    text = _BEFORE_STOP.sub("。", text).replace("现有技术中现有", "现有技术中")
    return _STUTTER.sub(r"\1", text)


def as_utility_model(draft: Draft) -> Draft:
    """The same texts for the utility model that is filed beside the invention (一案双申)."""
    return Draft(
        title=draft.title,
        abstract=draft.abstract.replace("本发明", "本实用新型"),
        claim=draft.claim,
        granted_claim=draft.claim,
        claim_count=draft.claim_count,
        form=draft.form,
    )


def _title(content: Content, form: Form, patent_type: str, draws: Draws) -> tuple[str, str]:
    """The title, and the same without 一种 and without what follows the thing itself."""
    core = content.qualifier + content.head
    suffix = ""
    if form == "device" and patent_type == "发明" and draws.chance(0.18):
        suffix = draws.pick(("及其使用方法", "及方法", "及其控制方法", "及其工作方法"))
    if form == "software" and core.endswith("方法") and draws.chance(0.55):
        suffix = draws.pick(("及系统", "、装置及存储介质", "及装置", "、系统、电子设备及存储介质", "和系统"))
    title = core + suffix
    starts = 0.93 if form in ("device", "composition") else 0.8
    return (f"一种{title}" if draws.chance(starts) else title), core


def _tool(core: str, form: Form) -> str:
    found = _TOOL.search(core)
    if found:
        return found.group(1)
    return "装置" if form == "device" else "方法"


def _fitting(options: Sequence[str], content: Content, count: int, draws: Draws) -> list[str]:
    """`count` of the options, likelier those that share words with the title, or with the rest."""
    head, about = content.head, content.about
    scores = [
        sum((pair in about) + 3 * (pair in head) for pair in _pairs(option)) + 2.2 * draws.uniform()
        for option in options
    ]
    order = sorted(range(len(options)), key=lambda place: -scores[place])
    return [options[place] for place in order[:count]]


def _pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)]


def _speaks_of(template: Template, slot: str) -> bool:
    for part in template.parts:
        if getattr(part, "name", None) == slot:
            return True
        if any(_speaks_of(option, slot) for option in getattr(part, "options", ())):
            return True
    return False
