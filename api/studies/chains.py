"""产业链图谱: the chains of a library, counted on its patents, measured by a reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml

from api.live.snapshot import LiveSnapshot
from api.selections.choosing import choose
from api.selections.environment import company_groups_of
from api.studies.chain_shapes import ChainAnswer, ChainListAnswer, Language, ListedChain
from api.studies.references import NO_REFERENCE, OpenReference, opened_reference
from api.studies.shown_chapter import shown_chapter
from api.studies.study import home_query, study_of, with_themes
from directions.chain.coverage import Holder
from directions.chain.files import known_chains, load_chain
from directions.chain.members import ChainStudy, chain_study
from directions.chain.model import Chain
from directions.chain.yardstick import Yardstick, measured_by_counts, measured_by_patents
from directions.chapters.chain import chapter
from directions.counting import Counting
from directions.facts import Chapter
from directions.study import Study
from patents.errors import InputError, NotFoundError, UnreadableFileError
from patents.messages import current_language, text

#: Of a library: name of an alliance (专利池) → names of its members.
ALLIANCES_FILE = "alliances.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedChain:
    """A chain counted.

    Attributes:
        study: whose patents.
        chain: with the patents of every node.
        chapter: tables, figure and sentences.
        needs: what would add to it: a reference, a home.
    """

    study: Study
    chain: ChainStudy
    chapter: Chapter
    needs: tuple[str, ...]

    def answer(self, language: Language) -> ChainAnswer:
        """What is shown of it."""
        return ChainAnswer(chapter=shown_chapter(self.chapter, self.study, language), needs=self.needs)


def chains(live: LiveSnapshot) -> ChainListAnswer:
    """Every chain of a library, its own and the shipped ones."""
    listed = [
        ListedChain(
            name=chain.name,
            title=chain.title.of(current_language()),
            links=[node.name for node in chain.links()],
            nodes=[node.name for node in chain.nodes],
            source=chain.source,
        )
        for chain in known_chains(live.library.path)
    ]
    return ChainListAnswer(chains=listed)


def known_name(live: LiveSnapshot, name: str) -> str:
    """A name that is that of a chain here, never a path.

    Raises:
        NotFoundError: there is none of that name.
    """
    known = [chain.name for chain in chains(live).chains]
    if name not in known:
        raise NotFoundError("chain-not-found", name=name, names="、".join(known))
    return name


def chart(
    live: LiveSnapshot,
    name: str,
    where: str = "",
    *,
    reference: str = "",
    holders: Sequence[str] = (),
    alliance: str = "",
    counting: Counting | None = None,
) -> CountedChain:
    """Count a chain.

    Args:
        live: the snapshot.
        name: of a chain, or a YAML file.
        where: 检索式 of the patents looked at; when empty those of the library's home, or all without one.
        reference: see `opened_reference`.
        holders: firms, universities or groups whose coverage is shown.
        alliance: name of one in the library's alliances.yaml, whose members are holders too.
        counting: 口径.

    Raises:
        NotFoundError: no such chain or alliance.
        MappingError: the chain's file is wrong.
        QueryError: a 检索式 is wrong, or this library cannot answer it.
    """
    chain = load_chain(name, folder=live.library.path)
    home = live.library.settings["home"]
    query = where or (home_query(home) if home else "")
    title = home if home and not where else ""
    study = _themed(live, study_of(live, query, title=title, counting=counting))
    counted = chain_of(live, chain, study)
    members = _holders(live, [*_members(live.library.path, alliance), *holders])
    with opened_reference(live, reference, counting=counting) as opened:
        needs = [text(NO_REFERENCE)] if opened is None else []
        yardstick = _yardstick(chain, counted, opened)
    return CountedChain(
        study=study, chain=counted, chapter=chapter(counted, yardstick, members), needs=tuple(needs)
    )


def _themed(live: LiveSnapshot, study: Study) -> Study:
    """With the themes of the whole library where it has any, else with those of its industries."""
    whole = with_themes(live, study, "")
    return whole if whole.themes else with_themes(live, study)


def chain_of(live: LiveSnapshot, chain: Chain, study: Study) -> ChainStudy:
    """Evaluate the nodes of a chain on a snapshot, within a study of it."""
    return chain_study(chain, study, _rows(live, chain))


def _rows(live: LiveSnapshot, chain: Chain) -> dict[str, npt.NDArray[np.int64]]:
    return {
        node.name: choose(live, node.query, with_noise=True).selection.array()
        for node in chain.nodes
        if node.query
    }


def _yardstick(chain: Chain, counted: ChainStudy, opened: OpenReference | None) -> Yardstick | None:
    if opened is None:
        return None
    if opened.counts is not None:
        return measured_by_counts(counted, opened.counts)
    assert opened.live is not None and opened.study is not None
    return measured_by_patents(counted, chain_of(opened.live, chain, opened.study), opened.title)


def _holders(live: LiveSnapshot, names: Sequence[str]) -> tuple[Holder, ...]:
    members = company_groups_of(live)
    return tuple(Holder(name=name, names=tuple(members(name))) for name in dict.fromkeys(names))


def _members(folder: Path, alliance: str) -> tuple[str, ...]:
    """Members of an alliance.

    Raises:
        NotFoundError: the library knows none of that name.
        InputError: alliances.yaml is no mapping of names to lists.
    """
    if not alliance:
        return ()
    known = alliances(folder)
    if alliance not in known:
        if known:
            raise NotFoundError("alliance-not-found", name=alliance, names="、".join(known))
        raise NotFoundError("alliance-none", name=alliance, path=folder / ALLIANCES_FILE)
    return known[alliance]


def alliances(folder: Path) -> dict[str, tuple[str, ...]]:
    """`alliances.yaml` of a library; empty without one.

    Raises:
        UnreadableFileError, InputError: it cannot be read, or is no mapping of names to lists.
    """
    path = folder / ALLIANCES_FILE
    if not path.is_file():
        return {}
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnreadableFileError("alliances-unreadable", path=path, reason=error) from error
    if not isinstance(content, dict) or not all(isinstance(one, list) for one in content.values()):
        raise InputError("alliances-wrong", path=path)
    return {str(name): tuple(map(str, members)) for name, members in content.items()}
