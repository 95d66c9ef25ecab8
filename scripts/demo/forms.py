"""What a patent consists of: the parts of a device, the steps of a method, the ingredients of a mixture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scripts.demo.draw import Draws
from scripts.demo.templates import Scene, Template
from scripts.demo.vocabulary import Composition, Device, Feature, Head, Process, Sentences, Topic

FEWEST_PARTS, FEWEST_CLAUSES = 3, 2
_MANY_STEPS = 4
_FRAME = 105
"""Characters that an abstract takes besides its clauses, about."""
_NO_DEFINITE = ("所述", "相邻", "各", "每", "两", "其")


@dataclass(frozen=True, slots=True)
class Body:
    """Lists that a frame is filled with.

    Attributes:
        parts: names of parts, the body first.
        steps: clauses of a device, or steps of a method.
        ingredients: with their amounts.
        limitation: a last limitation of a granted claim, without full stop.
        kind: what a mixture is (涂料, 饲料 …).
    """

    parts: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    ingredients: tuple[str, ...] = ()
    limitation: str = ""
    kind: str = "产品"


@dataclass(frozen=True, slots=True)
class Content:
    """All that the texts of one patent are made of.

    Attributes:
        head: what the title is about; qualifier: what stands before it.
        claim, granted: lists of the claim as filed and as granted.
        focus: names of at least two parts that the closing sentence may praise.
        problems, effects: what it solves and does.
        extra_effect: effect of the shared feature.
        main: places of the clauses that the title is about.
        route: which way of making it goes, where its topic has several.
    """

    head: str
    qualifier: str
    claim: Body
    granted: Body
    focus: tuple[str, ...]
    problems: tuple[Template, ...]
    effects: tuple[Template, ...]
    extra_effect: str = ""
    main: frozenset[int] = frozenset()
    route: int | None = None

    @property
    def about(self) -> str:
        """All words of it, to which problems and effects should fit."""
        return self.qualifier + self.head + "".join((*self.claim.steps, *self.claim.ingredients))

    def abstract(self, draws: Draws, wanted: int) -> Body:
        """The lists of an abstract of about `wanted` characters: of those of the claim, in their order."""
        if self.claim.parts:
            return Body(self.claim.parts, self._clauses(draws, wanted - _FRAME))
        steps, keep = self.claim.steps, len(self.claim.steps)
        if self.claim.ingredients:
            keep = draws.between(0, min(2, keep))
        elif keep > _MANY_STEPS and draws.chance(0.4):
            keep -= 1
        return Body(
            steps=tuple(draws.sample(steps, keep)), ingredients=self.claim.ingredients, kind=self.claim.kind
        )

    def _clauses(self, draws: Draws, room: int) -> tuple[str, ...]:
        """Clauses of a device: those that its title is about, and others while there is room."""
        steps = self.claim.steps
        kept = set(self.main)
        for place in draws.shuffled([i for i in range(len(steps)) if i not in self.main]):
            if len(kept) < FEWEST_CLAUSES or sum(len(steps[i]) for i in kept) + len(steps[place]) < room:
                kept.add(place)
        definite = draws.chance(0.4)
        return tuple(steps[i] if definite else steps[i].removeprefix("所述") for i in sorted(kept))


def compose_content(topic: Topic, form: str, sentences: Sentences, scene: Scene) -> Content:
    """Chooses parts, steps or ingredients of one patent.

    Raises:
        ValueError: the topic has no such form.
    """
    if form == "device" and topic.devices:
        return _device(scene.draws.pick(topic.devices), sentences, scene)
    if form in ("process", "software") and topic.processes:
        return _process(topic, scene.draws.pick(topic.processes), sentences.limitations[form], scene)
    if form == "composition" and topic.compositions:
        return _composition(topic, scene.draws.pick(topic.compositions), scene)
    raise ValueError(f"{topic.name} has no form {form}")


def _device(device: Device, sentences: Sentences, scene: Scene) -> Content:
    draws = scene.draws
    scene.chosen["·身"] = device.body
    head = draws.pick(device.heads)
    chosen = _with_needs(device, head, draws.between(3, 5), draws)
    head_text = head.text.render(scene)
    feature = _feature(device, head_text, sentences, scene) if draws.chance(0.42) else None
    general, special = _spare_parts(device, chosen)
    more = _closure(device, chosen | {draws.pick(general or special or list(chosen))})
    text = {i: device.parts[i].clause.render(scene) for i in sorted(more)}
    extra = (feature.clause.render(scene),) if feature else ()
    focus = [device.parts[i].name for i in sorted(head.parts)] or [
        device.parts[i].name for i in sorted(chosen)
    ]
    return Content(
        head=head_text,
        qualifier=feature.qualifier.render(scene) if feature else "",
        claim=_device_body(device, sorted(chosen), text, extra),
        granted=_device_body(device, sorted(more), text, extra),
        focus=tuple(focus) if len(focus) > 1 else (device.body, *focus),
        problems=device.problems,
        effects=device.effects,
        extra_effect=feature.effect.render(scene) if feature else "",
        main=frozenset(place for place, part in enumerate(sorted(chosen)) if part in head.parts),
    )


def _device_body(device: Device, places: list[int], text: dict[int, str], extra: tuple[str, ...]) -> Body:
    clauses = tuple(_definite(text[i]) for i in places) + tuple(_definite(clause) for clause in extra)
    return Body((device.body, *(device.parts[i].name for i in places)), clauses)


def _with_needs(device: Device, head: Head, count: int, draws: Draws) -> set[int]:
    """The parts that the title is about, and general ones; parts that other titles are about only if few."""
    chosen = _closure(device, set(head.parts))
    general, special = _spare_parts(device, chosen)
    for place in draws.shuffled(general):
        if len(chosen) < count:
            chosen = _closure(device, chosen | {place})
    for place in draws.shuffled(special):
        if len(chosen) < FEWEST_PARTS:
            chosen = _closure(device, chosen | {place})
    return chosen


def _spare_parts(device: Device, chosen: set[int]) -> tuple[list[int], list[int]]:
    """What could be added: parts that no title is about, and parts that another title is about."""
    special = frozenset[int]().union(*(head.parts for head in device.heads))
    spare = [place for place in range(len(device.parts)) if place not in chosen]
    return [place for place in spare if place not in special], [place for place in spare if place in special]


def _closure(device: Device, places: set[int]) -> set[int]:
    """The parts, and every part that their clauses speak of."""
    found: set[int] = set()
    todo = list(places)
    while todo:
        place = todo.pop()
        if place not in found:
            found.add(place)
            todo += device.parts[place].needs
    return found


def _feature(device: Device, head: str, sentences: Sentences, scene: Scene) -> Feature | None:
    """A shared feature whose name says nothing that the title says already."""
    feature = scene.draws.pick([feature for tag in device.features for feature in sentences.features[tag]])
    name = feature.qualifier.render(scene)
    return None if any(name[i : i + 2] in head for i in range(len(name) - 1)) else feature


def _definite(clause: str) -> str:
    return clause if clause.startswith(_NO_DEFINITE) else f"所述{clause}"


def _process(topic: Topic, process: Process, limitations: tuple[Template, ...], scene: Scene) -> Content:
    draws = scene.draws
    head = draws.pick(process.heads)
    route = head.route if head.route is not None or not process.routes else draws.below(process.routes)
    steps = tuple(template.render(scene) for template in _way(process, route, draws))
    return Content(
        head=head.text.render(scene),
        qualifier="",
        claim=Body(steps=steps),
        granted=Body(steps=steps, limitation=f"其中，{draws.pick(limitations).render(scene)}"),
        focus=("上述步骤", "工艺参数"),
        problems=tuple(problem.text for problem in topic.problems if problem.suits(route)),
        effects=topic.effects,
        route=route,
    )


def _way(process: Process, route: int | None, draws: Draws) -> list[Template]:
    """One alternative of each stage; all of one route where there is one."""
    if route is None:
        return [draws.pick(stage) for stage in process.stages]
    return [stage[min(route, len(stage) - 1)] for stage in process.stages]


def _composition(topic: Topic, composition: Composition, scene: Scene) -> Content:
    draws = scene.draws
    head = draws.pick(composition.heads).text.render(scene)
    fixed, others = composition.ingredients[: composition.fixed], composition.ingredients[composition.fixed :]
    extra = draws.sample(others, draws.between(*composition.others))
    ingredients = tuple(_ingredient(name, amount, scene) for name, amount in (*fixed, *extra))
    steps = tuple(draws.pick(stage).render(scene) for stage in composition.stages)
    return Content(
        head=head,
        qualifier="",
        claim=Body(steps=steps, ingredients=ingredients, kind=composition.kind),
        granted=Body(steps=steps, ingredients=ingredients, limitation=_making(steps), kind=composition.kind),
        focus=("各组分", "制备工艺"),
        problems=tuple(problem.text for problem in topic.problems if problem.suits(None)),
        effects=topic.effects,
    )


def _ingredient(name: Template, amount: Template, scene: Scene) -> str:
    text = name.render(scene)
    return f"{text}{' ' if text[-1].isascii() else ''}{amount.render(scene)}份"


def _making(steps: Sequence[str]) -> str:
    return f"其制备方法为：{'；'.join(steps)}" if steps else ""
