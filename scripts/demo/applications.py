"""From plan to finished applications: type, party, life, texts, classes; numbers and links come after."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from scripts.demo.deeds import Register, register
from scripts.demo.draw import Draws, Weights
from scripts.demo.life import Life, give_way, live
from scripts.demo.numbering import PCT_DIGIT, TYPE_DIGITS
from scripts.demo.parties import Parties, Party
from scripts.demo.planning import IndustryShape, Plan
from scripts.demo.settings import Streams
from scripts.demo.texts import Draft, TextWriter, as_utility_model
from scripts.demo.vocabulary import Topic

_UTILITY_BY_KIND = {"高校": 0.6, "科研院所": 0.55, "个人": 1.1, "医院": 1.25}
_USES = ("用于建筑、工业或家居", "用于本领域的生产作业", "用于包装或盛放物品", "用于检测或供能")


@dataclass(slots=True)
class Application:
    """One patent; what a portal prints of it in one row (A, U, S) or two (A and B)."""

    topic: Topic
    patent_type: str
    party: Party
    life: Life
    draft: Draft
    classes: tuple[str, ...]
    locarno: str = ""
    register: Register = field(default_factory=lambda: Register((), ()))
    twin: Application | None = None
    priority: tuple[str, date] | None = None
    pct_entry: date | None = None
    number: str = ""
    pct_numbers: tuple[str, str] = ("", "")
    published: str = ""
    granted: str = ""
    family: int = 0
    cites: list[tuple[Application, str]] = field(default_factory=list)
    cited_by: list[Application] = field(default_factory=list)
    examiner: str = ""

    @property
    def type_digit(self) -> int:
        """The digit of the type in its application number; 8 for inventions that came by PCT."""
        return PCT_DIGIT if self.pct_entry else TYPE_DIGITS[self.patent_type]

    @property
    def publications(self) -> tuple[str, ...]:
        """Its publication numbers, the first one first."""
        return tuple(number for number in (self.published, self.granted) if number)


class ApplicationMaker:
    """Makes applications that were published by the day of the export.

    Args:
        plan: topics and years.
        shapes: by industry.
        parties: who files.
        writer: of texts.
        streams: of randomness.
        as_of: day of the export.
    """

    def __init__(
        self,
        plan: Plan,
        shapes: dict[str, IndustryShape],
        parties: Parties,
        writer: TextWriter,
        streams: Streams,
        as_of: date,
    ) -> None:
        self._plan, self._shapes, self._parties = plan, shapes, parties
        self._writer, self._streams, self._as_of = writer, streams, as_of
        self._titles: set[str] = set()
        self._abstracts: set[str] = set()
        self._used_up: set[tuple[str, str]] = set()

    def make(self, count: int) -> list[Application]:
        """`count` applications in no order; an invention and its utility model are two."""
        made: list[Application] = []
        while len(made) < count:
            some = self._some()
            if len(made) + len(some) <= count:
                made += some
        return made

    def _some(self) -> list[Application]:
        """One application, an invention with its utility model, or nothing when still secret."""
        draws = self._streams.plan
        topic, filing = self._plan.draw(draws)
        first = self._parties.first(topic, filing.year)
        patent_type = self._type(topic, filing, first.kind)
        party = self._parties.party(topic, filing.year, first)
        foreign = self._parties.from_abroad(topic) if patent_type == "发明" and draws.chance(0.09) else None
        life = live(filing, patent_type, first.kind, self._as_of, self._streams.life)
        if life is None:
            return []
        application = self._application(topic, patent_type, foreign or party, life)
        if self._has_twin(application):
            twin = self._twin(application)
            return [application, twin] if twin else [application]
        return [application]

    def _type(self, topic: Topic, filing: date, kind: str) -> str:
        draws = self._streams.plan
        if topic.designs and kind in ("企业", "个人") and draws.chance(0.1):
            return "外观设计"
        if not topic.devices:
            return "发明"
        utility = self._shapes[topic.industry].utility * _UTILITY_BY_KIND.get(kind, 1.0)
        if not topic.processes and not topic.compositions:
            utility = max(utility, 0.8)
        if topic.software:
            utility *= 0.6
        if filing.year >= 2022:
            utility *= 0.85
        return "实用新型" if draws.chance(utility) else "发明"

    def _application(self, topic: Topic, patent_type: str, party: Party, life: Life) -> Application:
        draws = self._streams.life
        draft, locarno = self._texts(topic, patent_type)
        application = Application(topic, patent_type, party, life, draft, (), locarno)
        if patent_type != "外观设计":
            application.classes = _classes(topic, self._streams.texts)
        if party.abroad:
            _enter_from_abroad(application, draws)
        elif patent_type == "发明" and draws.chance(0.015):
            application.priority = ("CN", life.filing - timedelta(days=draws.between(60, 360)))
        application.register = register(topic, party, life, self._parties, self._as_of, draws)
        application.examiner = draws.pick(self._parties.directory.people.examiners)
        return application

    def _texts(self, topic: Topic, patent_type: str) -> tuple[Draft, str]:
        """Texts that nobody else has; a title may repeat once all its variants are taken."""
        draws = self._streams.texts
        if patent_type == "外观设计":
            product, locarno = draws.pick(topic.designs)
            name = f"{product}（{draws.pick('ABCDEFGHJK')}{draws.between(1, 999)}）"
            return self._writer.write_design(name, draws.pick(_USES), draws), locarno
        kind = (topic.name, patent_type)
        for _ in range(20):
            taken: Container[str] = () if kind in self._used_up else self._titles
            draft = self._writer.write(topic, patent_type, draws, taken)
            if draft.abstract not in self._abstracts:
                break
        if draft.title in self._titles:
            self._used_up.add(kind)
        self._titles.add(draft.title)
        self._abstracts.add(draft.abstract)
        return draft, ""

    def _has_twin(self, application: Application) -> bool:
        """一案双申: only a thing can be filed as both."""
        plain = not application.party.abroad and application.priority is None
        wanted = application.patent_type == "发明" and application.draft.form == "device" and plain
        return wanted and not _names_a_method(application.draft.title) and self._streams.plan.chance(0.2)

    def _twin(self, first: Application) -> Application | None:
        kind = first.party.applicants[0].kind
        life = live(first.life.filing, "实用新型", kind, self._as_of, self._streams.life)
        if life is None:
            return None
        if first.life.grant is not None:
            life = give_way(life, first.life.grant)
        twin = replace(
            first, patent_type="实用新型", life=life, draft=as_utility_model(first.draft), twin=first
        )
        twin.register = Register((), first.party.applicants)
        twin.cites, twin.cited_by = [], []
        first.twin = twin
        return twin


def _names_a_method(title: str) -> bool:
    return title.endswith(("方法", "工艺"))


def _enter_from_abroad(application: Application, draws: Draws) -> None:
    """Priority abroad and entry into the national phase before the Chinese publication."""
    life = application.life
    country = application.party.applicants[0].country
    application.priority = (country, life.filing - timedelta(days=draws.between(300, 365)))
    application.pct_entry = life.first_publication - timedelta(days=draws.between(60, 120))


def _classes(topic: Topic, draws: Draws) -> tuple[str, ...]:
    """A main symbol, the likelier ones first in the topic's list, and some further ones."""
    weights = Weights([1 / (rank + 1) for rank in range(len(topic.ipc))])
    main = draws.weighted(topic.ipc, weights)
    others = [symbol for symbol in (*topic.ipc, *topic.also) if symbol != main]
    further = draws.shuffled(others)[: draws.weighted(range(6), _FURTHER)]
    return (main, *sorted(further))


_FURTHER = Weights((0.1, 0.22, 0.26, 0.2, 0.14, 0.08))
