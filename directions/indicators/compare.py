"""Two studies or more side by side: regions, applicants, periods, industries."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from directions.facts import ColumnKind, Coverage, Indicator, Table, TableColumn
from directions.indicators.applicants import cr10, hhi
from directions.indicators.building import (
    ENOUGH,
    YEAR,
    incomplete_note,
    make_table,
    missing_table,
    no_value,
    year_counts,
)
from directions.indicators.categories import tally, unique_patents
from directions.indicators.cooperation import cooperation, cooperation_share
from directions.indicators.filings import filings, lacking_year
from directions.indicators.grants import grant_rate, grants
from directions.indicators.growth import growth_rate, increment
from directions.indicators.high_value import high_value
from directions.indicators.ipc import Level, class_title, classes, ipc_concentration
from directions.indicators.legal import in_force, in_force_share, lapse_share, lapsed
from directions.indicators.maintenance import mean_maintenance
from directions.indicators.operation import operated, operation_share
from directions.indicators.pct import pct_filings
from directions.study import Study

_INDICATORS: tuple[Callable[[Study], Indicator], ...] = (
    filings,
    growth_rate,
    increment,
    grants,
    grant_rate,
    in_force,
    in_force_share,
    lapsed,
    lapse_share,
    mean_maintenance,
    operated,
    operation_share,
    cooperation,
    cooperation_share,
    cr10,
    hhi,
    ipc_concentration,
    pct_filings,
    high_value,
)


def compare(studies: Sequence[Study]) -> Table:
    """The main figures of several studies, one line an indicator.

    Args:
        studies: two or more, counted alike; the first one's 口径 names the definitions.

    Returns:
        Columns `measure`, `unit` and `s0`, `s1` … as text; the same as numbers in `v0`, `v1` …,
        which are not printed. The notes say for whom and why a figure lacks.

    Raises:
        ValueError: no study, or they count differently.
    """
    _expect_alike(studies)
    columns = (
        TableColumn("measure", "指标", "text", label_en="Measure"),
        TableColumn("unit", "单位", "text", label_en="Unit"),
        *_columns(studies),
    )
    made = [[_comparable(indicator(study)) for study in studies] for indicator in _INDICATORS]
    frame = pl.DataFrame(
        {
            "measure": [line[0].definition.name for line in made],
            "measure_en": [line[0].definition.name_en for line in made],
            "unit": [line[0].definition.unit for line in made],
            **{f"s{place}": [_written(line[place]) for line in made] for place in range(len(studies))},
            **{f"v{place}": [line[place].value for line in made] for place in range(len(studies))},
        },
        schema_overrides={f"v{place}": pl.Float64 for place in range(len(studies))},
        strict=False,
    )
    definitions = [line[0].definition for line in made]
    notes = [_note(studies, line) for line in made]
    return make_table(
        studies[0],
        "compare",
        ("主要指标对比", "Main figures side by side"),
        columns,
        frame,
        definitions,
        known=_all(studies),
        notes=notes,
    )


def compare_by_year(studies: Sequence[Study]) -> Table:
    """Yearly counts side by side over the years of all periods: `year`, `s0`, `s1` and so on.

    Raises:
        ValueError: no study, or they count differently.
    """
    _expect_alike(studies)
    first = studies[0]
    columns = (YEAR, *_columns(studies, kind="count", unit="件"))
    title = ("年度专利量对比", "Patents by year side by side")
    names = [f"filings.{first.counting.year_by}"]
    if lacking := lacking_year(first):
        return missing_table(first, "compare_by_year", title, columns, names, lacking)
    years = range(min(s.period.first for s in studies), max(s.period.last for s in studies) + 1)
    counts = [year_counts(study) for study in studies]
    frame = pl.DataFrame(
        {
            "year": list(years),
            **{f"s{place}": [own.get(year) for year in years] for place, own in enumerate(counts)},
            "complete": [year < min(s.incomplete_from for s in studies) for year in years],
        },
        schema_overrides={f"s{place}": pl.Int64 for place in range(len(studies))},
    )
    notes = [incomplete_note(first, years[-1])]
    return make_table(
        first, "compare_by_year", title, columns, frame, names, known=_all(studies), notes=notes
    )


def compare_ipc(studies: Sequence[Study], level: Level = "subclass", count: int = 10) -> Table:
    """Shares of classes side by side, with the specialisation of each study (`q0`, `q1` …).

    The classes are the largest of all studies together; a study's patents count in each study that
    holds them.

    Raises:
        ValueError: no study, or they count differently.
    """
    _expect_alike(studies)
    first = studies[0]
    title = ("技术构成对比", "Classes side by side")
    columns = (
        TableColumn("ipc", "IPC", "text", label_en="IPC"),
        TableColumn("title", "含义", "text", label_en="Title"),
        *_columns(studies, kind="share", unit="%"),
        *(
            TableColumn(f"q{place}", f"{study.title}相对优势", "ratio", "倍", f"{study.title}, quotient")
            for place, study in enumerate(studies)
        ),
    )
    names = [f"ipc.{first.counting.classification}", "ipc_share.known", "class_quotient.ratio"]
    column = "ipc_main" if first.counting.classification == "main" else "ipc"
    if lacking := tuple(dict.fromkeys(name for study in studies for name in study.lacking(column))):
        return missing_table(first, "compare_ipc", title, columns, names, lacking)
    longs = [classes(study, level) for study in studies]
    known = [max(unique_patents(long), 1) for long in longs]
    counts = [dict(tally(long).iter_rows()) for long in longs]
    together = pl.concat([long.select("category") for long in longs])
    listed = tally(together)["category"].head(count).to_list()
    wholes = {symbol: sum(own.get(symbol, 0) for own in counts) / sum(known) for symbol in listed}
    frame = pl.DataFrame(
        {
            "ipc": listed,
            "title": [class_title(symbol) for symbol in listed],
            **{
                f"s{place}": [own.get(symbol, 0) / known[place] for symbol in listed]
                for place, own in enumerate(counts)
            },
            **{
                f"q{place}": [own.get(symbol, 0) / known[place] / wholes[symbol] for symbol in listed]
                for place, own in enumerate(counts)
            },
        }
    )
    return make_table(first, "compare_ipc", title, columns, frame, names, known=_all(studies))


def _expect_alike(studies: Sequence[Study]) -> None:
    if not studies:
        raise ValueError("nothing to compare")
    if any(study.counting != studies[0].counting for study in studies):
        raise ValueError("studies that count differently cannot stand side by side")


def _columns(studies: Sequence[Study], kind: ColumnKind = "text", unit: str = "") -> tuple[TableColumn, ...]:
    return tuple(
        TableColumn(f"s{place}", study.title, kind, unit, study.title) for place, study in enumerate(studies)
    )


def _all(studies: Sequence[Study]) -> Coverage:
    whole = sum(study.count for study in studies)
    return Coverage(whole, whole)


def _comparable(one: Indicator) -> Indicator:
    """Counts that rest on few of the patents say nothing beside those that rest on all."""
    if one.value is None or one.coverage.share >= ENOUGH:
        return one
    return no_value(one.definition, one.coverage, f"仅{one.coverage.share:.0%}的专利可知")


def _written(one: Indicator) -> str:
    if one.value is None:
        return ""
    if one.definition.unit == "%":
        return f"{100 * one.value:.1f}"
    whole = float(one.value).is_integer() or abs(one.value) >= 100
    return f"{one.value:.0f}" if whole else f"{one.value:.3g}"


def _note(studies: Sequence[Study], line: Sequence[Indicator]) -> tuple[str, str]:
    """For whom a figure lacks, and why; empty when it lacks for none."""
    lacking = [(study.title, one.missing) for study, one in zip(studies, line, strict=True) if one.missing]
    if not lacking:
        return "", ""
    why = "；".join(f"{title}{missing}" for title, missing in lacking)
    whom = ", ".join(title for title, _ in lacking)
    made = line[0].definition
    return f"{made.name}：{why}。", f"{made.name_en} cannot be told for {whom}."
