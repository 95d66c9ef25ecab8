"""Who files what, when, as which type: columns of one table, a row a patent, with its legal life."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scripts.demo.applicants import Applicants
from scripts.demo.life import Days, Flags, Lives, give_way, live
from scripts.demo.settings import YEARS, stream
from scripts.demo.vocabulary import Shape, Topic, at

_MONTHS = (0.065, 0.05, 0.085, 0.08, 0.08, 0.095, 0.08, 0.08, 0.09, 0.08, 0.1, 0.115)
_GOLDEN = (5**0.5 - 1) / 2
_UTILITY_BY_KIND = {"高校": 0.6, "科研院所": 0.55, "个人": 1.1, "医院": 1.25}
_FORMS = {"process": 4, "composition": 4, "device": 2}
Rows = NDArray[np.int64]
_TWINS, _NEAR_TWINS, _DESIGNS, _FROM_ABROAD = 0.2, 0.03, 0.1, 0.09


def activity(topics: tuple[Topic, ...], shapes: dict[str, Shape]) -> NDArray[np.float64]:
    """Share of every topic and year in all filings: the industry's year times the topic's share of it then.

    Float64 (topics, years), sum 1.
    """
    raw = np.array([topic.weight * at(topic.trend, YEARS) for topic in topics])
    industry = np.array([topic.industry for topic in topics])
    for name, shape in shapes.items():
        own = industry == name
        years = at(shape.years, YEARS)
        raw[own] *= shape.share * years / years.sum() / raw[own].sum(axis=0)
    return np.asarray(raw / raw.sum())


def draw_plan(
    records: int, seed: int, topics: tuple[Topic, ...], shapes: dict[str, Shape], applicants: Applicants
) -> tuple[pl.DataFrame, Lives]:
    """Patents published by the day of the export, in order of filing, and their lives, row by row.

    Columns: topic, applicant, type, form, body (patents that share it are near twins), twin (shared by an
    invention and the utility model beside it, else −1), abroad. Topics and years follow a golden-ratio
    sequence, so that even a small corpus has the shares and growth that the vocabulary asks for.
    """
    generator = stream(seed, "plan")
    size = round(records * 1.3) + 80
    shares = activity(topics, shapes)
    cells = np.searchsorted(np.cumsum(shares.ravel()), (0.5 + _GOLDEN * np.arange(size)) % 1 * (1 - 1e-9))
    topic, year = cells // len(YEARS), cells % len(YEARS) + YEARS[0]
    applicant = np.empty(size, dtype=np.int64)
    for row in range(len(topics)):
        own = topic == row
        lots = generator.random(own.sum()) * (1 - 1e-9)
        applicant[own] = np.searchsorted(np.cumsum(applicants.weights[row]), lots)
    kind = applicants.table["kind"].to_numpy().astype(str)
    patent_type, form = _types(topics, shapes, topic, year, kind[applicant], generator)
    filing, body = _working_days(year, generator), np.arange(size)
    _add_near_twins(topic, applicant, patent_type, form, filing, body, generator)
    foreign = {i: applicants.abroad[t.name] for i, t in enumerate(topics) if t.name in applicants.abroad}
    abroad = (patent_type == "发明") & np.isin(topic, list(foreign)) & (generator.random(size) < _FROM_ABROAD)
    for chosen in np.flatnonzero(abroad):
        applicant[chosen] = generator.choice(foreign[topic[chosen]])
    lives = live(filing, patent_type, kind[applicant], generator)
    model = live(filing, np.full(size, "实用新型"), kind[applicant], generator)
    wanted = (patent_type == "发明") & (form == "device") & ~abroad & (body == np.arange(size))
    twinned = wanted & (generator.random(size) < _TWINS) & ~np.isnat(model.grant)
    rows, twins = _first(records, ~np.isnat(lives.first_publication), twinned)
    shared = np.where(np.isin(np.arange(size), twins), np.arange(size), -1)
    columns = {"topic": topic, "applicant": applicant, "type": patent_type, "form": form, "body": body,
               "twin": shared, "abroad": abroad}  # fmt: skip
    table = pl.DataFrame(
        {name: np.concatenate([values[rows], values[twins]]) for name, values in columns.items()}
    )
    table = table.with_columns(type=pl.Series([*patent_type[rows], *np.full(len(twins), "实用新型")]))
    second = give_way(_take(model, twins), lives.grant[twins])
    both = Lives(*(np.concatenate([getattr(lives, f.name)[rows], getattr(second, f.name)])
                   for f in fields(Lives)))  # fmt: skip
    order = np.lexsort((table["type"].to_numpy().astype(str), table["body"], both.filing))
    return table[order], _take(both, order)


def _types(
    topics: tuple[Topic, ...], shapes: dict[str, Shape], topic: Rows, year: Rows,
    kind: NDArray[np.str_], generator: np.random.Generator,
) -> tuple[NDArray[np.str_], NDArray[np.str_]]:  # fmt: skip
    """Type and form: utility models are devices, fewer since 2022; inventions are mostly methods."""
    forms = [{form.kind for form in t.forms} for t in topics]
    utility = np.array([
        0.0 if "device" not in own else max(shapes[t.industry].utility, 0.8 if own == {"device"} else 0)
        * (0.6 if t.software else 1) for t, own in zip(topics, forms, strict=True)])  # fmt: skip
    factor = np.array([_UTILITY_BY_KIND.get(k, 1.0) for k in kind]) * np.where(year >= 2022, 0.85, 1)
    patent_type = np.where(generator.random(len(topic)) < utility[topic] * factor, "实用新型", "发明")
    shaped = np.array([bool(t.designs) for t in topics])[topic] & np.isin(kind, ("企业", "个人"))
    patent_type = np.where(shaped & (generator.random(len(topic)) < _DESIGNS), "外观设计", patent_type)
    chances = np.array([[(name in own) * float(weight) for name, weight in _FORMS.items()] for own in forms])
    cumulative = np.cumsum(chances / chances.sum(axis=1, keepdims=True), axis=1)[topic]
    place = (generator.random((len(topic), 1)) * (1 - 1e-9) > cumulative).sum(axis=1)
    of_type = [patent_type == "实用新型", patent_type == "外观设计"]
    return patent_type, np.select(of_type, ["device", "design"], np.array([*_FORMS])[place])


def _working_days(year: Rows, generator: np.random.Generator) -> Days:
    """A day of each year, seldom at a weekend, never before the 4th of January."""
    size = len(year)
    month = generator.choice(12, size, p=np.array(_MONTHS) / sum(_MONTHS))
    start = (year - 1970).astype("datetime64[Y]").astype("datetime64[M]") + month
    days = start.astype("datetime64[D]") + generator.integers(0, 28, size)
    weekday = (days.astype(np.int64) + 3) % 7
    days = np.where((weekday > 4) & (generator.random(size) < 0.95), days - (weekday - 4), days)
    return np.asarray(np.maximum(days, (year - 1970).astype("datetime64[Y]").astype("datetime64[D]") + 3))


def _add_near_twins(
    topic: Rows, applicant: Rows, patent_type: NDArray[np.str_], form: NDArray[np.str_],
    filing: Days, body: Rows, generator: np.random.Generator,
) -> None:  # fmt: skip
    """Some patents follow another of the same applicant within months and differ in little (in place)."""
    alone = body.copy()
    later = np.flatnonzero((generator.random(len(topic)) < _NEAR_TWINS) & (form != "design"))
    for row in later:
        alike = (topic == topic[row]) & (form == form[row]) & (patent_type == patent_type[row])
        models = np.setdiff1d(np.flatnonzero(alike & (body == alone)), later)
        if len(models):
            model = generator.choice(models)
            applicant[row], body[row] = applicant[model], body[model]
            filing[row] = filing[model] + generator.integers(14, 240)


def _first(records: int, published: Flags, twinned: Flags) -> tuple[Rows, Rows]:
    """The first rows that make up so many patents, and those of them that have a twin."""
    counts = np.cumsum(published * (1 + twinned))
    rows = np.flatnonzero(published & (counts <= records))
    twins = np.flatnonzero(published & twinned & (counts <= records))
    missing = records - len(rows) - len(twins)
    return np.append(rows, np.flatnonzero(published & (counts > records))[:missing]), twins


def _take(lives: Lives, rows: Rows) -> Lives:
    return Lives(*(getattr(lives, field.name)[rows] for field in fields(Lives)))
