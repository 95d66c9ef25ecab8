"""Two studies or more side by side: regions, applicants, periods, industries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import polars as pl

from directions.facts import ColumnKind, Coverage, Indicator, Table, TableColumn
from directions.indicators.applicants import cr10, hhi
from directions.indicators.categories import tally, unique_patents
from directions.indicators.cooperation import cooperation, cooperation_share
from directions.indicators.counts import YEAR, incomplete_note, year_counts
from directions.indicators.declaration import Rows, table
from directions.indicators.filings import filings, lacking_year
from directions.indicators.grants import grant_rate, grants
from directions.indicators.growth import growth_rate, increment
from directions.indicators.high_value import high_value
from directions.indicators.ipc import Level, class_title, classes, ipc_concentration, lacking_class
from directions.indicators.legal import in_force, in_force_share, lapse_share, lapsed
from directions.indicators.maintenance import mean_maintenance
from directions.indicators.operation import operated, operation_share
from directions.indicators.pct import pct_filings
from directions.indicators.shares import ENOUGH
from directions.notation import unit_text
from directions.study import Study
from patents.bilingual import NO_TEXT, Text

#: What is compared, in order of print.
MEASURES: tuple[Callable[[Study], Indicator], ...] = (
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
    """The main figures of several studies, one line for each of `MEASURES`.

    Args:
        studies: two or more, counted alike; the first one's 口径 names the definitions.

    Returns:
        Columns `measure`, `unit` and `s0`, `s1` … as text; the same as numbers in `v0`, `v1` …,
        which are not printed. The notes say for whom and why a figure lacks.

    Raises:
        ValueError: no study, or they count differently.
    """
    _expect_alike(studies)
    made = [[_comparable(measure(study)) for study in studies] for measure in MEASURES]
    defined = [line[0].definition for line in made]
    frame = pl.DataFrame(
        {
            "measure": [measure.name.zh for measure in defined],
            "measure_en": [measure.name.en for measure in defined],
            "unit": [measure.unit for measure in defined],
            "unit_en": [unit_text(measure.unit, "en") for measure in defined],
            **{f"s{place}": [_written(line[place]) for line in made] for place in range(len(studies))},
            **{f"v{place}": [line[place].value for line in made] for place in range(len(studies))},
        },
        schema_overrides={f"v{place}": pl.Float64 for place in range(len(studies))},
        strict=False,
    )
    return Table(
        id="compare",
        title=Text("主要指标对比", "Main figures side by side"),
        columns=(
            TableColumn("measure", Text("指标", "Measure")),
            TableColumn("unit", Text("单位", "Unit")),
            *_columns(studies),
        ),
        rows=frame,
        definitions=tuple(defined),
        coverage=_all(studies),
        notes=tuple(note for line in made if (note := _note(studies, line))),
    )


@table(
    id="compare_by_year",
    title=Text("年度专利量对比", "Patents by year side by side"),
    columns=lambda studies: (YEAR, *_columns(studies, kind="count", unit="件")),
    definitions=("filings.{year_by}",),
    needs=lacking_year,
)
def compare_by_year(studies: Sequence[Study]) -> Rows:
    """Yearly counts side by side over the years of all periods: `year`, `s0`, `s1` and so on.

    Raises:
        ValueError: no study, or they count differently.
    """
    _expect_alike(studies)
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
    return Rows(frame, _all(studies), (incomplete_note(studies[0], years[-1]),))


@table(
    id="compare_ipc",
    title=Text("技术构成对比", "Classes side by side"),
    columns=lambda studies: (
        TableColumn("ipc", Text("IPC", "IPC")),
        TableColumn("title", Text("含义", "Title")),
        *_columns(studies, kind="share", unit="%"),
        *(
            TableColumn(
                f"q{place}", Text(f"{study.title}相对优势", f"{study.title}, quotient"), "ratio", "倍"
            )
            for place, study in enumerate(studies)
        ),
    ),
    definitions=("ipc.{classification}", "ipc_share.known", "class_quotient.ratio"),
    needs=lambda studies: list(dict.fromkeys(name for study in studies for name in lacking_class(study))),
)
def compare_ipc(studies: Sequence[Study], level: Level = "subclass", count: int = 10) -> Rows:
    """Shares of classes side by side, with the specialisation of each study (`q0`, `q1` …).

    The classes are the largest of all studies together; a study's patents count in each study that
    holds them.

    Raises:
        ValueError: no study, or they count differently.
    """
    _expect_alike(studies)
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
    return Rows(frame, _all(studies))


def _expect_alike(studies: Sequence[Study]) -> None:
    if not studies:
        raise ValueError("nothing to compare")
    if any(study.counting != studies[0].counting for study in studies):
        raise ValueError("studies that count differently cannot stand side by side")


def _columns(studies: Sequence[Study], kind: ColumnKind = "text", unit: str = "") -> tuple[TableColumn, ...]:
    return tuple(
        TableColumn(f"s{place}", Text.same(study.title), kind, unit) for place, study in enumerate(studies)
    )


def _all(studies: Sequence[Study]) -> Coverage:
    whole = sum(study.count for study in studies)
    return Coverage(whole, whole)


def _comparable(measure: Indicator) -> Indicator:
    """Counts that rest on few of the patents say nothing beside those that rest on all."""
    known = measure.coverage.share
    if measure.value is None or known >= ENOUGH:
        return measure
    reason = Text(f"仅{known:.0%}的专利可知", f"known of {known:.0%} of the patents only")
    return replace(measure, value=None, low=None, high=None, missing=reason)


def _written(measure: Indicator) -> str:
    if measure.value is None:
        return ""
    if measure.definition.unit == "%":
        return f"{100 * measure.value:.1f}"
    whole = float(measure.value).is_integer() or abs(measure.value) >= 100
    return f"{measure.value:.0f}" if whole else f"{measure.value:.3g}"


def _note(studies: Sequence[Study], line: Sequence[Indicator]) -> Text:
    """For whom a figure lacks, and why; empty when it lacks for none."""
    lacking = [
        (study.title, measure.missing)
        for study, measure in zip(studies, line, strict=True)
        if measure.missing
    ]
    if not lacking:
        return NO_TEXT
    name = line[0].definition.name
    why = "；".join(f"{title}{missing.zh}" for title, missing in lacking)
    why_en = "; ".join(f"{title} ({missing.en})" for title, missing in lacking)
    return Text(f"{name.zh}：{why}。", f"{name.en} is not given for {why_en}.")
