"""Numbers in order of date, and citations of what was published before."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from scripts.demo.applications import Application
from scripts.demo.draw import Draws, Weights
from scripts.demo.numbering import GRANT_KINDS, NumberBook

_LOOKED_AT = 10
_FIRST_FAMILY = 990_000_001
_CITED_BY_INVENTIONS = Weights((0.08, 0.16, 0.22, 0.22, 0.16, 0.1, 0.06))
_CITED_BY_OTHERS = Weights((0.86, 0.08, 0.06))
_CATEGORIES = {"驳回": Weights((0.5, 0.3, 0.2)), "": Weights((0.16, 0.28, 0.56))}


def allot_numbers(applications: Sequence[Application], draws: Draws) -> None:
    """Application numbers by filing day, publication numbers by day of publication, PCT numbers."""
    book = NumberBook(draws)
    for order, application in enumerate(sorted(applications, key=_by_filing)):
        application.family = _FIRST_FAMILY + order
        filing = application.life.filing
        if application.priority is not None and application.priority[0] == "CN":
            day = application.priority[1]
            application.priority = (book.application(day.year, 1), day)
        elif application.priority is not None:
            country, day = application.priority
            application.priority = (f"{country}{day.year}9{order:05d}", day)
        application.number = book.application(filing.year, application.type_digit)
        if application.pct_entry is not None:
            serial = f"9{order % 100_000:05d}"
            application.pct_numbers = (f"PCT/IB{filing.year}/{serial}", f"WO{filing.year + 1}/{serial}")
    for application in sorted(applications, key=lambda a: (a.life.first_publication, a.number)):
        _number_publications(application, book)


def _by_filing(application: Application) -> tuple[date, str, str]:
    return (
        application.life.filing,
        application.topic.name,
        application.draft.title + application.patent_type,
    )


def _number_publications(application: Application, book: NumberBook) -> None:
    life = application.life
    base = book.publication(life.first_publication.year, application.patent_type)
    if life.publication is not None:
        application.published = f"{base}A"
    if life.grant is not None:
        application.granted = base + GRANT_KINDS[application.patent_type]


class Shelf:
    """Published documents of one field, by day of first publication."""

    def __init__(self, applications: Sequence[Application]) -> None:
        row = sorted(applications, key=lambda a: (a.life.first_publication, a.number))
        self._row = row
        self._days = [application.life.first_publication for application in row]

    def nearest(
        self, application: Application, pairs: dict[str, frozenset[str]], draws: Draws
    ) -> Application | None:
        """Of a few documents published before the filing, the one with the most alike title."""
        before = bisect_left(self._days, application.life.filing)
        if before == 0:
            return None
        tried = [self._row[draws.below(before)] for _ in range(_LOOKED_AT)]
        own = pairs[application.number]
        return max(tried, key=lambda other: len(own & pairs[other.number]))


def add_citations(applications: Sequence[Application], draws: Draws) -> None:
    """Citations among the corpus: mostly of the same topic, all published before the citing filing."""
    papers = [a for a in applications if a.patent_type != "外观设计"]
    pairs = {a.number: _pairs(a.draft.title) for a in papers}
    topics, industries = defaultdict(list), defaultdict(list)
    for application in papers:
        topics[application.topic.name].append(application)
        industries[application.topic.industry].append(application)
    by_topic = {name: Shelf(found) for name, found in topics.items()}
    by_industry = {name: Shelf(found) for name, found in industries.items()}
    for application in sorted(papers, key=lambda a: a.number):
        for _ in range(_how_many(application, draws)):
            near = draws.chance(0.86)
            shelf = by_topic[application.topic.name] if near else by_industry[application.topic.industry]
            _cite(application, shelf.nearest(application, pairs, draws), near, draws)
        application.cites.sort(key=lambda cite: ("XYA".index(cite[1]), cite[0].number))


def _cite(application: Application, cited: Application | None, near: bool, draws: Draws) -> None:
    if cited is None or any(cited is known for known, _ in application.cites):
        return
    weights = _CATEGORIES["驳回" if application.life.words == "驳回" else ""]
    category = draws.weighted("XYA", weights) if near and cited.topic is application.topic else "A"
    application.cites.append((cited, category))
    cited.cited_by.append(application)


def _how_many(application: Application, draws: Draws) -> int:
    """A search report comes with the examination of an invention; others seldom have one."""
    if application.patent_type != "发明":
        return draws.weighted(range(3), _CITED_BY_OTHERS)
    if application.life.examination is None or application.life.words == "实质审查":
        return 0
    return draws.weighted(range(7), _CITED_BY_INVENTIONS)


def _pairs(title: str) -> frozenset[str]:
    return frozenset(title[i : i + 2] for i in range(2, len(title) - 1))
