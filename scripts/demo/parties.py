"""Who files, with whom, and who takes over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scripts.demo.draw import Draws, Weights
from scripts.demo.holders import Directory, Holder
from scripts.demo.vocabulary import Topic

_PARTNERED = {"企业": 0.13, "高校": 0.11, "科研院所": 0.14, "医院": 0.05, "个人": 0.06}


@dataclass(frozen=True, slots=True)
class Party:
    """Those named on a patent's front page.

    Attributes:
        applicants: in order, at least one.
        inventors: in order.
        agency, agents: empty for those who file by themselves.
        abroad: whether it entered from a PCT application filed abroad.
    """

    applicants: tuple[Holder, ...]
    inventors: tuple[str, ...]
    agency: str
    agents: tuple[str, ...]
    abroad: bool = False


class Parties:
    """Puts parties together.

    Args:
        directory: all applicants.
        kinds: weight of each kind of first applicant, by industry.
        home_shares: share filed from the home province, by industry.
        draws: where decisions come from.
    """

    def __init__(
        self,
        directory: Directory,
        kinds: Mapping[str, Mapping[str, float]],
        home_shares: Mapping[str, float],
        draws: Draws,
    ) -> None:
        self._directory = directory
        self._kinds = {name: (tuple(by), Weights(tuple(by.values()))) for name, by in kinds.items()}
        self._home_shares = home_shares
        self._draws = draws

    @property
    def directory(self) -> Directory:
        """All applicants."""
        return self._directory

    def first(self, topic: Topic, year: int) -> Holder:
        """The first applicant of a patent."""
        home = self._draws.chance(self._home_shares[topic.industry])
        names, weights = self._kinds[topic.industry]
        while True:
            holder = self._directory.draw(topic, self._draws.weighted(names, weights), year, home=home)
            if holder is not None:
                return holder

    def party(self, topic: Topic, year: int, first: Holder) -> Party:
        """The whole front page, led by `first`."""
        draws = self._draws
        applicants = (first, *self._partners(topic, year, first))
        inventors: dict[str, None] = {}
        for rank, holder in enumerate(applicants):
            most = min(len(holder.staff), 6 if rank == 0 else 3)
            inventors |= dict.fromkeys(draws.shuffled(holder.staff)[: draws.between(1, most)])
        if not first.agencies:
            return Party(applicants, tuple(inventors), "", ())
        agency = draws.pick(first.agencies)
        return Party(
            applicants, tuple(inventors), agency.name, tuple(draws.sample(agency.agents, draws.between(1, 2)))
        )

    def from_abroad(self, topic: Topic) -> Party | None:
        """A foreign applicant that enters the national phase, where the topic has any."""
        holders = self._directory.foreign.get(topic.name)
        if not holders:
            return None
        holder = self._draws.pick(holders)
        agency = self._directory.people.agency("北京")
        inventors = tuple(self._draws.sample(holder.staff, self._draws.between(1, 3)))
        return Party((holder,), inventors, agency.name, agency.agents[:2], abroad=True)

    def _partners(self, topic: Topic, year: int, first: Holder) -> tuple[Holder, ...]:
        draws = self._draws
        if first.group and draws.chance(0.14):
            others = [holder for holder in self._directory.members[first.group] if holder is not first]
            return (draws.pick(others),) if others else ()
        if not draws.chance(_PARTNERED.get(first.kind, 0.0)):
            return ()
        kind = self._partner_kind(first.kind)
        found = [
            self._directory.draw(topic, kind, year, home=draws.chance(0.7))
            for _ in range(draws.between(1, 2))
        ]
        partners: dict[str, Holder] = {}
        for holder in found:
            if holder is not None and holder.name != first.name:
                partners[holder.name] = holder
        return tuple(partners.values())

    def _partner_kind(self, kind: str) -> str:
        if kind == "个人":
            return "个人"
        if kind == "企业":
            return self._draws.pick(("高校", "高校", "高校", "科研院所", "企业"))
        return self._draws.pick(("企业", "企业", "企业", "高校", "科研院所"))

    def successor(self, topic: Topic, year: int, holders: tuple[Holder, ...]) -> tuple[Holder, ...]:
        """Who buys a patent: another member of the group, or a firm of the trade."""
        draws, first = self._draws, holders[0]
        if first.group and draws.chance(0.55):
            others = [holder for holder in self._directory.members[first.group] if holder not in holders]
            if others:
                return (draws.pick(others),)
        for _ in range(8):
            buyer = self._directory.draw(topic, "企业", year, home=draws.chance(0.65))
            if buyer is not None and buyer not in holders:
                return (buyer,)
        return ()
