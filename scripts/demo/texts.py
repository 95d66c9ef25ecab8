"""Writes the title, the abstract and the first claim of one patent from its topic's vocabulary."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

from scripts.demo.abstracts import AbstractWriter, Form
from scripts.demo.draw import Draws
from scripts.demo.filling import fill_body, tidy
from scripts.demo.forms import Body, Content, compose_content
from scripts.demo.templates import Scene
from scripts.demo.vocabulary import Sentences, Topic

TITLE_TRIES = 10
_THING_SUFFIXES = ("及其使用方法", "及方法", "及其控制方法", "及其工作方法")
_SOFTWARE_SUFFIXES = ("及系统", "、装置及存储介质", "及装置", "、系统、电子设备及存储介质", "和系统")


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
    """Writes drafts.

    Args:
        sentences: frames and shared features.
    """

    def __init__(self, sentences: Sentences) -> None:
        self._sentences = sentences
        self._abstracts = AbstractWriter(sentences)

    def write(self, topic: Topic, patent_type: str, draws: Draws, taken: Container[str] = ()) -> Draft:
        """One draft of a topic for 发明 or 实用新型 (a topic without device cannot be a utility model).

        A title in `taken` is avoided unless many tries find no other.
        """
        form = choose_form(topic, patent_type, draws)
        for _ in range(TITLE_TRIES):
            scene = Scene(draws, topic.words, joiner=draws.pick("~~~-"))
            content = compose_content(topic, form, self._sentences, scene)
            title, core = _title(content, form, patent_type, draws)
            if title not in taken:
                break
        scene.chosen |= {
            "·本": "本实用新型" if patent_type == "实用新型" else "本发明",
            "·题": core,
            "·名": title,
            "·域": draws.pick(topic.fields).render(scene),
        }
        return Draft(
            title=title,
            abstract=self._abstracts.write(topic, form, content, scene),
            claim=self._claim(form, content.claim, scene),
            granted_claim=self._claim(form, content.granted, scene),
            claim_count=int(draws.around(6.5 if form == "device" else 7.5, 2.2, 1, 20)),
            form=form,
        )

    def write_design(self, product: str, use: str, draws: Draws) -> Draft:
        """The texts of a design patent: a name and the four customary statements."""
        scene = Scene(draws, {})
        scene.chosen |= {"·题": product, "·途": use}
        abstract = self._sentences.design.render(scene)
        return Draft(product, abstract, "", "", 0, "design")

    def _claim(self, form: Form, body: Body, scene: Scene) -> str:
        fill_body(scene, body, scene.draws)
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


def as_utility_model(draft: Draft) -> Draft:
    """The same texts for the utility model that is filed beside the invention (一案双申)."""
    return replace(draft, abstract=draft.abstract.replace("本发明", "本实用新型"), granted_claim=draft.claim)


def _title(content: Content, form: Form, patent_type: str, draws: Draws) -> tuple[str, str]:
    """The title, and the same without 一种 and without what follows the thing itself."""
    core = content.qualifier + content.head
    suffix = ""
    if form == "device" and patent_type == "发明" and draws.chance(0.18):
        suffix = draws.pick(_THING_SUFFIXES)
    if form == "software" and core.endswith("方法") and draws.chance(0.55):
        suffix = draws.pick(_SOFTWARE_SUFFIXES)
    title = core + suffix
    starts = 0.93 if form in ("device", "composition") else 0.8
    return (f"一种{title}" if draws.chance(starts) else title), core
