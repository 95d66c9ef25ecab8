"""Who stands behind themes: applicants, kinds, cities and partners of one; holders and gaps of all."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from api.live.parts import themes_of
from api.studies.industries import StudyRequest, kept_studies
from api.studies.shown_chapter import ShownTable, shown_table
from api.studies.study import study_of
from api.themes.counting import EVERYTHING, Within
from patents.errors import NotFoundError

if TYPE_CHECKING:
    from api.live.snapshot import LiveSnapshot
    from directions.facts import Table
    from directions.study import Study

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHolders:
    """`Holders` with the tables' rows as values."""

    title: str
    count: int
    tables: list[ShownTable]


def shown(found: Holders) -> ShownHolders:
    """Holders as programs and pages read them."""
    tables = [shown_table(table) for table in found.tables]
    return ShownHolders(title=found.title, count=found.count, tables=tables)


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
    from directions.indicators.applicants import applicant_kinds, top_applicants
    from directions.indicators.cooperation import partners
    from directions.indicators.regions import region_table

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
    studies = kept_studies(live, StudyRequest(where=where, industries=(industry,) if industry else ()))
    study = studies.parts[0] if industry else studies.whole
    return Holders(title=study.title, count=study.count, tables=_scope_tables(study, applicant))


def _scope_tables(study: Study, applicant: str) -> tuple[Table, ...]:
    from directions.indicators.local_gaps import local_gaps
    from directions.indicators.who import theme_gaps, theme_holders, white_space

    if applicant:
        return (theme_gaps(study, _known(study, applicant)),)
    return theme_holders(study), white_space(study), local_gaps(study)


def _known(study: Study, applicant: str) -> str:
    """The name as given; one that holds no patent of the study is no applicant without gaps."""
    from directions.indicators.applicants import applicants

    names = {*applicants(study)["category"].to_list(), *(group for _, group in study.groups)}
    if applicant in names:
        return applicant
    near = get_close_matches(applicant, sorted(names), n=3, cutoff=0.3)
    raise NotFoundError(
        f"no patent of {study.title} has the applicant {applicant!r}",
        help=f"nearest: {', '.join(near)}" if near else "write the name as the exports do",
    )
