"""A 检索式 → the study of all its patents and one study for each industry, with themes and groups."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

import msgspec
import polars as pl
import pyarrow as pa

from api.live.snapshot import LiveSnapshot, once
from api.selections.choosing import Chosen, choose
from api.selections.environment import company_groups_of
from api.studies.study import study_of_chosen, with_themes
from api.themes.counting import industries as listed_industries
from directions.chapters import Scope
from directions.counting import Counting, choices
from directions.indicators.facts_file import Facts, read_facts
from directions.indicators.groups import named_groups
from directions.study import Left, Period, Study
from library.last_used import LastUsed
from library.once import Once
from patents.errors import InputError, NotFoundError

#: Long texts that no indicator reads.
_HEAVY = ("claims", "first_claim", "abstract_en", "title_en", "legal_text")
#: An industry with fewer patents has no part of its own unless it is asked for.
LEAST_PATENTS = 30
_PERIOD = re.compile(r"(\d{4})\s*(?:-|–|—|~|至|to|:)\s*(\d{4})")
_KEPT = 4  # studies kept for a snapshot: pages ask for chapters one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRequest:
    """What is to be studied.

    Attributes:
        where: 检索式; empty for every patent.
        industries: names or `scheme:name`; those of the library's scheme with 30 patents or more when None,
            none when empty.
        counting: choices of the 口径 as `name=value`.
        period: `2011-2020`; from the first year with a patent when empty.
        title: as printed; the library's name or the 检索式 when empty.
        with_noise: keep the patents tagged 噪声.
    """

    where: str = ""
    industries: tuple[str, ...] | None = None
    counting: tuple[str, ...] = ()
    period: str = ""
    title: str = ""
    with_noise: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Studies:
    """The studies of a report.

    Attributes:
        whole: of all patents.
        parts: of single industries.
        scheme: of the industries.
        industries: their names in the scheme, in order of the parts.
        compared: industries that the whole is divided into; all of the scheme when empty.
        notes: what was read in a way that may surprise.
        chapters: those of the study that were composed so far.
    """

    whole: Study
    parts: tuple[Study, ...]
    scheme: str
    industries: tuple[str, ...]
    compared: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    chapters: Once = field(default_factory=Once, compare=False, repr=False)

    def scope(self, facts: Facts | None = None) -> Scope:
        """What chapters need to know of it.

        Args:
            facts: population and revenue of regions.
        """
        return Scope(scheme=self.scheme, industries=self.compared, facts=facts)


def make_studies(live: LiveSnapshot, request: StudyRequest) -> Studies:
    """Lay out the patents of a 检索式, and those of each industry among them.

    Raises:
        QueryError: the 检索式 is wrong.
        InputError: the 口径 or the period is wrong, or nothing is left to study.
        NotFoundError: there is no such industry; the message names the nearest.
    """
    counting, period = read_counting(request.counting), read_period(request.period)
    chosen = choose(live, request.where, with_noise=request.with_noise)
    whole = _study(live, chosen, counting, period, request.title)
    scheme, names = _industries(live, request.industries, chosen)
    parts = tuple(_part(live, chosen, whole, f"{scheme}:{name}", counting) for name in names)
    return Studies(
        whole=with_themes(live, whole, ""),
        parts=tuple(part for part in parts if part is not None),
        scheme=scheme,
        industries=tuple(name for name, part in zip(names, parts, strict=True) if part is not None),
        # The library's own scheme is compared as a whole; of the official ones, which have hundreds of
        # industries on several levels, only those that were asked for.
        compared=() if scheme == live.library.settings["theme_scheme"] else names,
        notes=chosen.notes,
    )


def last_studies(live: LiveSnapshot, request: StudyRequest) -> Studies:
    """`make_studies`, remembered for the next chapter that asks for the same on the same snapshot.

    Tags and settings may change on a snapshot, so the patents found and the settings belong to what is
    compared.
    """
    chosen = choose(live, request.where, with_noise=request.with_noise)
    settings = tuple(sorted(live.library.settings.all().items()))
    key = (request, settings, chosen.noise, hash(chosen.selection.array().tobytes()))
    last = _last_studies(live)
    made = last.find(key)
    if made is None:
        made = make_studies(live, request)
        last.put(key, made)
    return made


@once
def _last_studies(_: LiveSnapshot) -> LastUsed[tuple[object, ...], Studies]:
    return LastUsed(_KEPT)


def read_counting(choices: Sequence[str]) -> Counting:
    """`year_by=grant`, `designs=true` … → the 口径.

    Raises:
        InputError: there is no such choice or value; the message lists those there are.
    """
    given: dict[str, str | bool] = {}
    for choice in choices:
        name, sign, value = choice.partition("=")
        if not sign or name.strip() not in Counting.__struct_fields__:
            raise InputError(
                "counting-choice-unknown", choice=choice, names=", ".join(Counting.__struct_fields__)
            )
        given[name.strip()] = _truth(value.strip())
    try:
        return msgspec.convert(given, Counting)
    except msgspec.ValidationError as error:
        raise InputError(
            "counting-value-unknown", given=", ".join(choices), values=_choices(given)
        ) from error


def _choices(given: Mapping[str, object]) -> str:
    """The values that each of some choices may take."""
    return "; ".join(f"{name} = {' | '.join(choices()[name].values)}" for name in given)


def _truth(value: str) -> str | bool:
    return {"true": True, "yes": True, "false": False, "no": False}.get(value.lower(), value)


def read_period(text: str) -> Period | None:
    """`2011-2020` → years; None when empty.

    Raises:
        InputError: it is no period.
    """
    if not text.strip():
        return None
    found = _PERIOD.fullmatch(text.strip())
    if found is None or not 1985 <= int(found[1]) <= int(found[2]) <= 2100:
        raise InputError("value-not-a-period", value=text)
    return Period(int(found[1]), int(found[2]))


def read_region_facts(path: Path | None) -> Facts | None:
    """Population and revenue from a user's file.

    Raises:
        UnreadableFileError, MappingError: it cannot be used.
    """
    return None if path is None else read_facts(path)


def groups_of(live: LiveSnapshot) -> tuple[tuple[str, str], ...]:
    """(member, group) of applicants: those of groups.yaml, then those that names tell of.

    Raises:
        InputError: groups.yaml is no list of groups.
    """
    by_group = company_groups_of(live).listed
    listed = {member: group for group, members in by_group.items() for member in (group, *members)}
    column = pl.Series(pl.from_arrow(live.table.column("applicants")))
    names = column.explode().drop_nulls().unique().to_list()
    by_name = {member: group for member, group in named_groups(names) if group not in listed}
    return tuple(sorted((by_name | listed).items()))


def _study(
    live: LiveSnapshot, chosen: Chosen, counting: Counting, period: Period | None, title: str
) -> Study:
    return study_of_chosen(
        live,
        chosen,
        title=title,
        counting=counting,
        period=period,
        table=_light(live),
        groups=groups_of(live),
    )


def _part(
    live: LiveSnapshot, chosen: Chosen, whole: Study, industry: str, counting: Counting
) -> Study | None:
    """One industry of a study; None when it holds no patent of it."""
    inside = pl.col("industries").list.contains(industry)
    own = whole.of(inside)
    if own.patents.is_empty():
        return None
    name = industry.partition(":")[2]
    query = f"INDUSTRY={name}" if chosen.selection.text == "*" else f"INDUSTRY={name} and ({whole.query})"
    left: tuple[Left, ...] = ()
    if not counting.designs:
        rows = chosen.selection.array()
        frame = pl.DataFrame(pl.from_arrow(_light(live).select(["patent_type", "industries"]).take(rows)))
        designs = frame.filter(inside & (pl.col("patent_type") == "外观设计")).height
        left = (Left(reason="外观设计", count=designs),) if designs else ()
    part = replace(own, title=name if name.endswith("产业") else f"{name}产业", query=query, left=left)
    return with_themes(live, part, industry)


def _light(live: LiveSnapshot) -> pa.Table:
    return live.table.select([name for name in live.table.column_names if name not in _HEAVY])


def _industries(
    live: LiveSnapshot, wanted: tuple[str, ...] | None, chosen: Chosen
) -> tuple[str, tuple[str, ...]]:
    """Scheme and names of the industries of a report.

    Raises:
        NotFoundError: there is no such industry.
        InputError: they are of several schemes.
    """
    scheme = live.library.settings["theme_scheme"]
    known = [one for one in listed_industries(live, chosen) if one.count]
    if wanted is None:
        own = [one for one in known if one.scheme == scheme and one.count >= LEAST_PATENTS]
        return scheme, tuple(one.name for one in own)
    found = [_named(name, scheme, [(one.scheme, one.name) for one in known]) for name in wanted]
    schemes = {one for one, _ in found}
    if len(schemes) > 1:
        raise InputError("industries-of-several-schemes", schemes="、".join(sorted(schemes)))
    return (schemes.pop() if schemes else scheme), tuple(dict.fromkeys(name for _, name in found))


def _named(name: str, scheme: str, known: Sequence[tuple[str, str]]) -> tuple[str, str]:
    before, sign, after = name.partition(":")
    candidates = [(before, after)] if sign else [(scheme, name), *(one for one in known if one[1] == name)]
    for candidate in candidates:
        if candidate in known:
            return candidate
    near = get_close_matches(after or name, [one[1] for one in known], n=3, cutoff=0.3)
    if near:
        raise NotFoundError("industry-not-found-near", name=name, near="、".join(near))
    raise NotFoundError("industry-not-found", name=name)
