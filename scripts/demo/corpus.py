"""The whole corpus from one seed: a table with a row a patent and a column a field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import polars as pl

from scripts.demo.applicants import Applicants, People, Teams, make_applicants
from scripts.demo.deeds import Deed, Register
from scripts.demo.life import STATES, Lives, history
from scripts.demo.links import PCT_DIGIT, TYPE_DIGITS, NumberBook, cite, publication_numbers
from scripts.demo.plan import activity, draw_plan
from scripts.demo.settings import RECORDS, SEED, SEPARATOR
from scripts.demo.texts import Draft, form_of, write, write_design
from scripts.demo.vocabulary import Topic, load_shapes, load_topics

_PARTNERED = {"企业": 0.13, "高校": 0.11, "科研院所": 0.14, "医院": 0.05, "个人": 0.06}
_PARTNERS = {"企业": ("高校", "高校", "高校", "科研院所", "企业"), "个人": ("个人",)}
_OTHER_PARTNERS = ("企业", "企业", "企业", "高校", "科研院所")
_TOPIC = ("industry", "gb4754", "sei")
_FURTHER = (0.1, 0.22, 0.26, 0.2, 0.14, 0.08)
_PRIORITY, _OUTWARD, _FIRST_FAMILY = 0.015, 0.02, 990_000_001


def make_corpus(records: int = RECORDS, seed: int = SEED) -> tuple[pl.DataFrame, Applicants]:
    """`records` patents in order of filing, and everybody who may have filed them.

    Several values of a cell are a list; a day is a date or null. `cites` and `twin` are rows of this table
    (twin −1 for none). The same seed gives the same table.
    """
    topics, shapes = load_topics(), load_shapes()
    expected = activity(topics, shapes).sum(axis=1) * records
    people = People(Random(f"{seed} people"))
    applicants = make_applicants(topics, shapes, expected, people, Random(f"{seed} applicants"))
    plan, lives = draw_plan(records, seed, topics, shapes, applicants)
    used = [topics[row] for row in plan["topic"]]
    drafts, locarno = _texts(plan, used, seed)
    table = plan.with_columns(
        topic_name=pl.Series([topic.name for topic in used]),
        **{name: pl.Series([getattr(topic, name) for topic in used]) for name in _TOPIC},
        locarno=pl.Series(locarno),
        classes=pl.Series(_classes(plan, used, Random(f"{seed} classes")), dtype=pl.List(pl.String)),
        **{name: pl.Series([getattr(draft, name) for draft in drafts]) for name in Draft.__slots__},
        **{name: pl.Series(getattr(lives, name)) for name in Lives.__slots__ if name != "words"},
        first_publication=pl.Series(lives.first_publication),
        words=pl.Series(lives.words.tolist()),
        state=pl.Series([STATES.get(word, "失效") for word in lives.words.tolist()]),
        history=pl.Series([[f"{day} | {text} | CN" for day, text in reversed(history(lives, row))]
                           for row in range(len(plan))]),
    )  # fmt: skip
    table = table.with_columns(**_parties(table, applicants, people, lives, seed))
    return table.with_columns(**_links(table, applicants, lives, seed)), applicants


def _texts(plan: pl.DataFrame, used: Sequence[Topic], seed: int) -> tuple[list[Draft], list[str]]:
    """Texts that nobody else has but twins; a near twin has the body of another patent."""
    drafts, locarno, titles = list[Draft](), list[str](), set[str]()
    columns = (plan[name] for name in ("type", "form", "body", "twin"))
    for row, (topic, patent_type, kind, body, twin) in enumerate(zip(used, *columns, strict=True)):
        first = Random(f"{seed} {topic.name} {body}")
        frame = Random(f"{seed} {topic.name} twin {twin}" if twin >= 0 else f"{seed} frame {row}")
        if kind == "design":
            product, code = first.choice(topic.designs).rsplit(" ", 1)
            model = f"{product}（{first.choice('ABCDEFGHJK')}{first.randint(1, 999)}）"
            drafts.append(write_design(model, first))
            locarno.append(code)
            continue
        form, taken = form_of(topic, kind, first), () if twin >= 0 else titles
        draft = write(topic, "实用新型" if twin >= 0 else patent_type, form, first, frame, taken)
        if patent_type == "发明":
            draft = replace(draft, abstract=draft.abstract.replace("本实用新型", "本发明"))
        drafts.append(draft)
        titles.add(draft.title)
        locarno.append("")
    return drafts, locarno


def _classes(plan: pl.DataFrame, used: Sequence[Topic], random: Random) -> list[list[str]]:
    """A main symbol, the likelier ones first in the topic's list, and some further ones."""
    found = list[list[str]]()
    for topic, form in zip(used, plan["form"], strict=True):
        main = random.choices(topic.ipc, [1 / (rank + 1) for rank in range(len(topic.ipc))])[0]
        others = [symbol for symbol in (*topic.ipc, *topic.also) if symbol != main]
        count = min(len(others), random.choices(range(6), _FURTHER)[0])
        found.append([] if form == "design" else [main, *sorted(random.sample(others, count))])
    return found


def _parties(
    table: pl.DataFrame, applicants: Applicants, people: People, lives: Lives, seed: int
) -> dict[str, pl.Series]:
    """Applicants, inventors, agency, examiner, deeds and present holders; twins share their front page."""
    random, known = Random(f"{seed} parties"), dict[int, tuple[list[int], list[str], str, list[str]]]()
    teams, names = Teams(people, random), _names(applicants)
    examiners = people.team(160)
    register = Register(applicants, tuple(people.words["banks"]), names, Random(f"{seed} deeds"))
    rows, years = list[dict[str, object]](), table["filing"].dt.year()
    for row, (topic, first, twin) in enumerate(table.select("topic", "applicant", "twin").iter_rows()):
        if twin not in known or twin < 0:
            known[twin] = _front_page(applicants, teams, table["topic_name"][row], topic, first, random)
        holders, inventors, agency, agents = known[twin]
        deeds, present = register.enter(lives, row, topic, holders) if twin < 0 else ([], holders)
        rows.append(_deed_cells(deeds) | {
            "holders": holders,
            "applicants": [names(holder, years[row]) for holder in holders],
            "kinds": [applicants.table["kind"][holder] for holder in holders],
            "inventors": inventors,
            "agency": agency,
            "agents": agents,
            "examiner": random.choice(examiners),
            "current": [names(holder, 9999) for holder in present],
            "deed_days": [str(deed.day) for deed in deeds],
        })  # fmt: skip
    return _columns(rows)


def _columns(rows: Sequence[dict[str, object]]) -> dict[str, pl.Series]:
    """Lists are lists of text, days are days, also where all are empty."""
    types: dict[str, pl.DataType | type[pl.DataType]] = {"priority_day": pl.Date, "pct_entry": pl.Date}
    types |= {name: pl.List(pl.String) for name, value in rows[0].items() if isinstance(value, list)}
    types |= {"holders": pl.List(pl.Int64)}
    return {name: pl.Series(name, [row[name] for row in rows], dtype=types.get(name)) for name in rows[0]}


def _deed_cells(deeds: Sequence[Deed]) -> dict[str, object]:
    cells: dict[str, object] = {}
    for kind in ("转让", "许可", "质押"):
        own = [deed for deed in deeds if deed.kind == kind]
        cells[f"{kind}_given"] = [name for deed in own for name in deed.given]
        cells[f"{kind}_taken"] = [name for deed in own for name in deed.taken]
        cells[f"{kind}_days"] = [str(deed.day) for deed in own]
        cells[f"{kind}_count"] = len(own)
    return cells


def _front_page(
    applicants: Applicants, teams: Teams, topic_name: str, topic: int, first: int, random: Random
) -> tuple[list[int], list[str], str, list[str]]:
    """Applicants in order, inventors, agency and agents ("" for those who file by themselves)."""
    table = applicants.table
    holders = [first, *_partners(applicants, topic, first, random)]
    inventors: dict[str, None] = {}
    for rank, holder in enumerate(holders):
        name, kind = table["name"][holder], table["kind"][holder]
        inventors |= dict.fromkeys(teams.inventors(name, kind, topic_name, 2 if rank else 5))
    agency = random.choice(table["agencies"][first].split(SEPARATOR))
    agents = random.sample(applicants.agents[agency], random.randint(1, 2)) if agency else []
    return holders, list(inventors), agency, agents


def _partners(applicants: Applicants, topic: int, first: int, random: Random) -> list[int]:
    table = applicants.table
    kind, group = table["kind"][first], table["group"][first]
    others = np.arange(len(table)) != first
    if group and random.random() < 0.14:
        return [int(random.choice(np.flatnonzero((table["group"] == group).to_numpy() & others)))]
    if table["country"][first] != "CN" or random.random() >= _PARTNERED.get(kind, 0):
        return []
    wanted = random.choice(_PARTNERS.get(kind, _OTHER_PARTNERS))
    partner = applicants.draw(topic, random, (table["kind"] == wanted).to_numpy() & others)
    return [] if partner is None or table["name"][partner] == table["name"][first] else [partner]


def _names(applicants: Applicants) -> Callable[[int, int], str]:
    """Row and year → name of an applicant: the former one until it was given up."""
    rows = applicants.table.select("name", "former", "renamed").rows()

    def name_at(row: int, year: int) -> str:
        name, former, renamed = rows[row]
        return str(former if former and year < renamed else name)

    return name_at


def _links(table: pl.DataFrame, applicants: Applicants, lives: Lives, seed: int) -> dict[str, pl.Series]:
    """Numbers, priorities, families and citations."""
    random = Random(f"{seed} links")
    book, rows = NumberBook(random), list[dict[str, object]]()
    countries = applicants.table["country"].gather(table["applicant"])
    for order, patent in enumerate(table.with_columns(country=countries).iter_rows(named=True)):
        family = _family(patent, order, book, random)
        digit = PCT_DIGIT if patent["abroad"] else TYPE_DIGITS[patent["type"]]
        family["number"] = book.application(patent["filing"].year, digit)
        rows.append(family)
    types = table["type"].to_list()
    published, granted = publication_numbers(types, lives, [str(row["number"]) for row in rows])
    shelves = (table["topic"].to_numpy(), table["industry"].to_list(), types)
    reports = cite(*shelves, table["title"].to_list(), lives, random)
    return _columns(rows) | {
        "published": pl.Series(published),
        "granted": pl.Series(granted),
        "cites": pl.Series([[row for row, _ in report] for report in reports], dtype=pl.List(pl.Int64)),
        "letters": pl.Series([[mark for _, mark in report] for report in reports], dtype=pl.List(pl.String)),
    }


def _family(patent: dict[str, Any], order: int, book: NumberBook, random: Random) -> dict[str, object]:
    """Priority, PCT numbers and members abroad: of all that come from abroad, and of few that go there."""
    filing, alone = np.datetime64(patent["filing"]), patent["type"] == "发明" and patent["twin"] < 0
    cells: dict[str, object] = dict.fromkeys(("priority", "pct_application", "pct_publication"), "")
    cells |= {"priority_day": None, "pct_entry": None, "foreign": [], "family": _FIRST_FAMILY + order}
    if patent["abroad"]:
        before = (filing - random.randint(300, 365)).item()
        entry = (np.datetime64(patent["first_publication"]) - random.randint(60, 120)).item()
        cells |= {"priority": f"{patent['country']}{before.year}9{order:05d}", "pct_entry": entry}
        cells["priority_day"] = before
    elif alone and random.random() < _PRIORITY:
        before = (filing - random.randint(60, 360)).item()
        cells |= {"priority": book.application(before.year, 1), "priority_day": before}
    if patent["abroad"] or (alone and random.random() < _OUTWARD):
        year, serial = patent["filing"].year, f"9{order % 100_000:05d}"
        cells |= {"pct_application": f"PCT/IB{year}/{serial}", "pct_publication": f"WO{year + 1}/{serial}"}
        members = [f"US{year + 1}9{order:06d}A1", f"EP9{order:06d}A1", f"JP{year + 1}{serial}A"]
        abroad = sorted(random.sample(members, random.randint(1, 3)))
        cells["foreign"] = [f"WO{year + 1}{serial}A1", *abroad]
    return cells
