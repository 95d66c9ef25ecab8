"""The whole corpus from one seed."""

from __future__ import annotations

from datetime import date

from scripts.demo.applications import Application, ApplicationMaker
from scripts.demo.holders import Directory
from scripts.demo.linking import add_citations, allot_numbers
from scripts.demo.parties import Parties
from scripts.demo.planning import Plan, load_shapes
from scripts.demo.reading import load_sentences, load_topics
from scripts.demo.rows import Publication, publications
from scripts.demo.settings import AS_OF, RECORDS, SEED, streams
from scripts.demo.texts import TextWriter


def make_applications(records: int = RECORDS, seed: int = SEED, as_of: date = AS_OF) -> list[Application]:
    """`records` patents with numbers and citations, by application number."""
    topics, shapes, flow = load_topics(), load_shapes(), streams(seed)
    plan = Plan(topics, shapes)
    homes = {name: shape.home for name, shape in shapes.items()}
    expected = {name: share * records for name, share in plan.shares.items()}
    directory = Directory(topics, expected, homes, flow.people)
    parties = Parties(directory, {name: shape.kinds for name, shape in shapes.items()}, homes, flow.people)
    writer = TextWriter(load_sentences())
    applications = ApplicationMaker(plan, shapes, parties, writer, flow, as_of).make(records)
    allot_numbers(applications, flow.links)
    add_citations(applications, flow.links)
    return sorted(applications, key=lambda application: application.number)


def make_export(records: int = RECORDS, seed: int = SEED, as_of: date = AS_OF) -> list[Publication]:
    """The rows of the export, newest publication first."""
    return publications(make_applications(records, seed, as_of), streams(seed + 1).links)
