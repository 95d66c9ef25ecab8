"""Who stands behind themes: applicants, kinds, cities and partners of one; holders and gaps of all."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from api.live.parts import themes_of
from api.live.snapshot import LiveSnapshot
from api.studies.industries import StudyRequest, last_studies
from api.studies.shapes import HoldersAnswer
from api.studies.shown_chapter import shown_table
from api.studies.study import study_of
from api.themes.counting import EVERYTHING, Within
from directions.facts import Table
from directions.indicators.applicants import applicant_kinds, applicants, top_applicants
from directions.indicators.cooperation import partners
from directions.indicators.local_gaps import local_gaps
from directions.indicators.regions import region_table
from directions.indicators.who import theme_gaps, theme_holders, white_space
from directions.study import Study
from patents.errors import NotFoundError
from patents.messages import current_language

_LINES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """Tables on who holds a theme, or the themes of a scope.

    Attributes:
        title: the theme's name, or the scope.
        count: patents that were looked at.
        tables: see `of_theme` and `of_scope`.
    """

    title: str
    count: int
    tables: tuple[Table, ...]

    def answer(self) -> HoldersAnswer:
        """What is shown of them."""
        tables = [shown_table(table, current_language()) for table in self.tables]
        return HoldersAnswer(title=self.title, count=self.count, tables=tables)


def of_theme(live: LiveSnapshot, theme_id: str, *, within: Within = EVERYTHING) -> Holders:
    """Leading applicants, kinds of applicants, cities, and pairs that filed together.

    Args:
        live: the snapshot.
        theme_id: its id, or its name where only one is called so.
        within: which patents are counted.

    Raises:
        NotFoundError: there is no such theme.
        InputError: no patent of it is among those counted.
    """
    _, _, theme = themes_of(live).find(theme_id)
    query = f'THEME="{theme.id}"'
    if within.chosen is not None and within.chosen.selection.text != "*":
        query = f"({within.chosen.selection.text}) and {query}"
    study = study_of(live, query, title=theme.name)
    tables = (
        top_applicants(study, count=_LINES),
        applicant_kinds(study),
        region_table(study, "city", count=_LINES),
        partners(study, count=_LINES),
    )
    return Holders(title=theme.name, count=study.count, tables=tables)


def of_scope(live: LiveSnapshot, industry: str = "", *, where: str = "", applicant: str = "") -> Holders:
    """Holders of every theme, what firms leave open, what the home region lacks; or one applicant's gaps.

    Args:
        live: the snapshot.
        industry: `scheme:name` or a name; empty for the themes of the whole library.
        where: 检索式.
        applicant: an applicant or a group of the library; then its holdings in every theme instead.

    Raises:
        QueryError, InputError: see `make_studies`.
        NotFoundError: there is no such industry, or no patent of such an applicant or group.
    """
    studies = last_studies(live, StudyRequest(where=where, industries=(industry,) if industry else ()))
    study = studies.parts[0] if industry else studies.whole
    return Holders(title=study.title, count=study.count, tables=_scope_tables(study, applicant))


def _scope_tables(study: Study, applicant: str) -> tuple[Table, ...]:
    if applicant:
        return (theme_gaps(study, _known(study, applicant)),)
    return theme_holders(study), white_space(study), local_gaps(study)


def _known(study: Study, applicant: str) -> str:
    """The name as given; one that holds no patent of the study is no applicant without gaps."""
    names = {*applicants(study)["category"].to_list(), *(group for _, group in study.groups)}
    if applicant in names:
        return applicant
    near = get_close_matches(applicant, sorted(names), n=3, cutoff=0.3)
    if near:
        raise NotFoundError(
            "applicant-not-found-near", name=applicant, study=study.title, near="、".join(near)
        )
    raise NotFoundError("applicant-not-found", name=applicant, study=study.title)
