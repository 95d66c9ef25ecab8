"""Writes the title, the abstract and the claims of one patent from its topic's vocabulary."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from random import Random

from scripts.demo.grammar import Scene, lines
from scripts.demo.vocabulary import Form, FormKind, Part, Routed, Topic, load_toml

SHORTEST, LONGEST, _MEAN, _SPREAD = 150, 350, 220, 40
_TRIES, _NEAR = 6, 25
_SUFFIXES = {
    "device": ("及其使用方法", "及其控制方法", "及其工作方法"),
    "software": ("及系统", "、装置及存储介质", "及装置", "、系统、电子设备及存储介质"),
}
_SUFFIXED = {"device": 0.06, "software": 0.5}
_DEFINITE = ("所述", "相邻", "各", "每", "两", "其")
_STOPS = ((re.compile(r"[，；：]+。"), "。"), (re.compile(r"([，；。：])[，；。：]+"), r"\1"))


@dataclass(frozen=True, slots=True)
class Draft:
    """The texts of one patent; `granted_claim` has one more limitation than `claim`."""

    title: str
    abstract: str
    claim: str
    granted_claim: str
    claim_count: int


@dataclass(slots=True)
class _Body:
    """What one patent consists of, rendered; `head` and `parts` are names, `core` what the head is about."""

    head: str
    parts: list[str]
    core: list[str]
    clauses: list[str]
    more: str
    ingredients: str = ""
    route: int | None = None


def form_of(topic: Topic, kind: FormKind, random: Random) -> Form:
    """One of the topic's forms of a kind."""
    return random.choice([form for form in topic.forms if form.kind == kind])


def write(
    topic: Topic, patent_type: str, form: Form, body: Random, frame: Random, taken: Collection[str] = ()
) -> Draft:
    """One draft; two drafts with the same `body` are near twins, that differ in what `frame` decides.

    A title in `taken` is made more specific.
    """
    style = "software" if topic.software and form.kind == "process" else form.kind
    scene = Scene(body, topic.words, joiner=body.choice("~~~-"))
    made = {"device": _device, "process": _process, "composition": _mixture}[form.kind](form, scene)
    title, core = _title(made, style, patent_type, frame, taken)
    writer = Scene(frame, topic.words, scene.joiner, dict(scene.chosen))
    writer.chosen |= {
        "·本": "本实用新型" if patent_type == "实用新型" else "本发明",
        "·题": core,
        "·域": writer.render(frame.choice(topic.fields)),
        "·件": _listed(made.parts),
        "·料": made.ingredients,
        "·品": form.noun,
    }
    abstract = _abstract(topic, form, style, made, writer)
    claim = _claim(style, made, writer)
    limits = load_toml("sentences")["limitations"].get(style)
    more = made.more or (f"其中，{writer.render(frame.choice(lines(limits)))}" if limits else "")
    granted = f"{claim[:-1]}；{more}。" if more else claim
    return Draft(title, abstract, claim, granted, min(20, max(2, round(frame.gauss(7.3, 2.2)))))


def write_design(product: str, random: Random) -> Draft:
    """The texts of a design patent: a name and the customary statements about this product."""
    scene = Scene(random, {}, chosen={"·题": product})
    return Draft(product, scene.render(load_toml("sentences")["design"].strip()), "", "", 0)


def _device(form: Form, scene: Scene) -> _Body:
    """The parts that the title is about, and a few others; parts of other titles only if there are few."""
    random = scene.random
    place = random.randrange(len(form.titles))
    chosen = _with_needs(form.parts, form.wanted[place])
    elsewhere = frozenset[int]().union(*form.wanted)
    spare = sorted(set(range(len(form.parts))) - chosen, key=lambda i: (i in elsewhere, random.random()))
    count = random.randint(2, 4)
    for i in spare:
        if len(chosen) < (count if i not in elsewhere else 3):
            chosen = _with_needs(form.parts, chosen | {i})
    left = [part for i, part in enumerate(form.parts) if i not in chosen and part.needs <= chosen]
    clauses = {i: scene.render(form.parts[i].clause) for i in sorted(chosen)}
    return _Body(
        head=scene.render(form.titles[place].text),
        parts=[form.noun, *(form.parts[i].name for i in sorted(chosen))],
        core=[form.parts[i].name for i in sorted(form.wanted[place] or chosen)],
        clauses=[_definite(clause) for clause in clauses.values()],
        more=_definite(scene.render(random.choice(left).clause)) if left else "",
    )


def _with_needs(parts: Sequence[Part], places: frozenset[int] | set[int]) -> set[int]:
    """The parts, and every part that their clauses speak of."""
    found, todo = set[int](), list(places)
    while todo:
        place = todo.pop()
        if place not in found:
            found.add(place)
            todo += parts[place].needs
    return found


def _process(form: Form, scene: Scene) -> _Body:
    """One alternative of each stage, all of one route where the title names one."""
    title = scene.random.choice(form.titles)
    route = title.route
    if route is None and form.routes:
        route = scene.random.randrange(form.routes)
    head = scene.render(title.text)
    steps = [scene.render(scene.random.choice(stage) if route is None else stage[min(route, len(stage) - 1)])
             for stage in form.stages]  # fmt: skip
    return _Body(head, [], [], steps, "", route=route)


def _mixture(form: Form, scene: Scene) -> _Body:
    """The ingredients that there always are, some of the others, and how it is made."""
    random = scene.random
    head = scene.render(random.choice(form.titles).text)
    others = range(form.fixed, len(form.parts))
    extra = sorted(random.sample(others, min(len(others), random.randint(*form.others))))
    chosen = [form.parts[i] for i in (*range(form.fixed), *extra)]
    names = [(scene.render(part.name), scene.render(part.clause)) for part in chosen]
    listed = "、".join(f"{name}{' ' if name[-1].isascii() else ''}{amount}份" for name, amount in names)
    steps = [scene.render(random.choice(stage)) for stage in form.stages]
    more = f"其制备方法为：{'；'.join(steps)}" if steps else ""
    return _Body(head, [], [], steps, more, ingredients=listed)


def _title(
    made: _Body, style: str, patent_type: str, frame: Random, taken: Collection[str]
) -> tuple[str, str]:
    """The title, and the same without 一种 and without what follows the thing itself."""
    core, suffix = made.head, ""
    if patent_type == "发明" and frame.random() < _SUFFIXED.get(style, 0):
        ends = ("方法",) if style == "software" else ("装置", "机", "设备", "系统", "槽", "炉")
        suffix = frame.choice(_SUFFIXES[style]) if core.endswith(ends) else ""
    start = "一种" if frame.random() < (0.9 if style != "process" else 0.8) else ""
    more = [f"具有{part}的{core}" for part in made.parts[1:] if part not in core]
    more += [f"{core}及其{end}" for end in ("应用", "系统") if not made.parts]
    free = (each for each in (core, *frame.sample(more, len(more))) if f"{start}{each}{suffix}" not in taken)
    core = next(free, core)
    return f"{start}{core}{suffix}", core


def _abstract(topic: Topic, form: Form, style: str, made: _Body, scene: Scene) -> str:
    """Of some tries the first near the length that this abstract is to have."""
    wanted = min(LONGEST - 40, max(SHORTEST + 25, scene.random.gauss(_MEAN, _SPREAD)))
    about, best = scene.chosen["·题"] + "".join(made.clauses), ""
    for _ in range(_TRIES):
        text = _try_abstract(topic, form, style, made, scene, about, wanted)
        best = min(best or text, text, key=lambda draft: abs(len(draft) - wanted))
        if abs(len(best) - wanted) <= _NEAR:
            break
    return best


def _try_abstract(
    topic: Topic, form: Form, style: str, made: _Body, scene: Scene, about: str, wanted: float
) -> str:
    """An opening with the body of the patent, then closings until it is long enough."""
    random, frames = scene.random, load_toml("sentences")[style]
    problems = [problem.text for problem in form.problems if problem.suits(made.route)]
    gains = [gain for gain in topic.gains if gain.suits(made.route)]
    gain = max(gains, key=lambda gain: _fit(gain.text, about, random)) if gains else Routed("")
    effects = sorted(form.effects, key=lambda text: -_fit(text, about, random))
    praised = (*effects[: random.randint(1, 2)], *gain.effect.split("，"))
    scene.chosen |= {
        "·难": scene.render(max(problems, key=lambda text: _fit(text, about, random))),
        "·部": "和".join(random.sample(made.core, min(2, len(made.core)))),
        "·措": scene.render(gain.text),
        "·方": f"制备时，{random.choice(made.clauses)}。" if made.clauses else "",
        "·益": scene.render("，".join(dict.fromkeys(praised))),
    }
    clauses = _shortened(made, wanted - 110, random) if made.parts else _some_steps(made.clauses, random)
    _fill(scene, clauses)
    text = scene.render(random.choice(lines(frames["openings"])))
    unfit = ("{·难}",) * (scene.chosen["·难"] in text) + ("{·措}",) * (not gains)
    closings = [line for line in lines(frames["closings"]) if not any(slot in line for slot in unfit)]
    text += scene.render(random.choice(closings))
    if len(text) < SHORTEST:
        means = [gain.text for gain in gains if scene.render(gain.text) not in text]
        scene.chosen["·措"] = scene.render(random.choice(means)) if means else ""
        left = [effect for effect in map(scene.render, effects) if effect not in text]
        more = random.sample(left, min(2, len(left)))
        text += scene.render(f"{random.choice(frames['more'])}，{'，'.join(more)}。") if more else ""
    return _tidy(text)


def _shortened(made: _Body, room: float, random: Random) -> list[str]:
    """Clauses of a device: those that its title is about, and others while there is room."""
    places = range(len(made.clauses))
    order = sorted(places, key=lambda i: (made.parts[i + 1] not in made.core, random.random()))
    while len(order) > 2 and sum(len(made.clauses[i]) for i in order) > room:
        order.pop()
    definite = random.random() < 0.4
    return [made.clauses[i] if definite else made.clauses[i].removeprefix("所述") for i in sorted(order)]


def _some_steps(steps: Sequence[str], random: Random) -> list[str]:
    """Two to four steps in their order; the claim has all of them."""
    count = min(len(steps), random.choice((2, 3, 3, 4)))
    return [steps[i] for i in sorted(random.sample(range(len(steps)), count))]


def _fill(scene: Scene, clauses: Sequence[str]) -> None:
    """Clauses or steps as one text, steps numbered in one of the customary ways."""
    random = scene.random
    style = random.choice(("({})", "S{}、", "步骤{}、", "{})", ""))
    scene.chosen["·句"] = random.choice(("；", "，")).join(clauses)
    scene.chosen["·步"] = "；".join(f"{style.format(i)}{step}" for i, step in enumerate(clauses, 1))


def _claim(style: str, made: _Body, scene: Scene) -> str:
    _fill(scene, made.clauses)
    return _tidy(scene.render(scene.random.choice(lines(load_toml("sentences")["claims"][style]))))


def _fit(text: str, about: str, random: Random) -> float:
    """How many pairs of characters two texts share; chance decides between those that fit alike."""
    return sum(text[i : i + 2] in about for i in range(len(text) - 1)) + 2.2 * random.random()


def _definite(clause: str) -> str:
    return clause if clause.startswith(_DEFINITE) else f"所述{clause}"


def _listed(names: Sequence[str]) -> str:
    """甲、乙和丙."""
    return "、".join(names[:-1]) + "和" * (len(names) > 1) + "".join(names[-1:])


def _tidy(text: str) -> str:
    """Keeps the first of several punctuation marks in a row; a full stop wins over what precedes it."""
    for pattern, mark in _STOPS:
        text = pattern.sub(mark, text)
    return text.replace("现有技术中现有", "现有技术中")
