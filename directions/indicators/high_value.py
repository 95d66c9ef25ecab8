"""高价值发明专利: inventions in force by the official five criteria, as far as the data cover them.

Source: CNIPA's explanation of 每万人口高价值发明专利拥有量, an indicator of the 14th five-year plan.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from directions.facts import Coverage, TableColumn, needs_text
from directions.indicators.counts import SHARE, known_count
from directions.indicators.declaration import Rows, Value, indicator, table
from directions.indicators.marks import INVENTION, in_force, of_type
from directions.indicators.shares import counted, share
from directions.study import Study
from patents.bilingual import NO_TEXT, Text

_YEARS = 10
_NUMBERS = ("application_number", "publication_number", "grant_number", "key")
_KNOWN = pl.col("legal_state").is_not_null()
_INVENTIONS = of_type(INVENTION)
_IN_FORCE = in_force() & _INVENTIONS


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the five.

    Attributes:
        label: as printed.
        rows: patents that meet it; None where the data do not cover it.
        missing: what would be needed to assess it.
    """

    label: Text
    rows: pl.Expr | None
    missing: Text = NO_TEXT


@indicator("high_value.known")
def high_value(study: Study, awarded: Collection[str] = (), pledged: Collection[str] = ()) -> Value:
    """高价值发明专利量 by the criteria that the data cover; a lower bound.

    Args:
        study: what is counted.
        awarded: numbers (application, publication, grant or key) with 国家科学技术奖 or 中国专利奖.
        pledged: numbers whose pledge brought a high loan.
    """
    return counted(study, high_value_rows(study, awarded, pledged), _KNOWN, _INVENTIONS)


@indicator("high_value_share.in_force")
def high_value_share(study: Study, awarded: Collection[str] = (), pledged: Collection[str] = ()) -> Value:
    """高价值发明专利 of the inventions in force; arguments as `high_value`'s."""
    part = counted(study, high_value_rows(study, awarded, pledged), _KNOWN, _INVENTIONS)
    return share(int(part.value), known_count(study.patents, _IN_FORCE), part.coverage)


@table(
    id="high_value",
    title=Text("高价值发明专利", "High-value inventions"),
    columns=(
        TableColumn("criterion", Text("情形", "Criterion")),
        TableColumn("count", Text("有效发明专利", "Inventions in force"), "count", "件"),
        SHARE,
        TableColumn("missing", Text("说明", "Note")),
    ),
    definitions=("high_value.known", "high_value_share.in_force"),
    needs=("patent_type", "legal_state"),
)
def high_value_criteria(study: Study, awarded: Collection[str] = (), pledged: Collection[str] = ()) -> Rows:
    """Inventions in force that meet each criterion; others say what they need."""
    whole = known_count(study.patents, _IN_FORCE)
    criteria = (
        *_criteria(study, awarded, pledged),
        Criterion(
            Text("合计（去重，可判定的情形）", "Together (unique, criteria that the data cover)"),
            high_value_rows(study, awarded, pledged),
        ),
    )
    counts = [
        None if criterion.rows is None else known_count(study.patents, _IN_FORCE & criterion.rows)
        for criterion in criteria
    ]
    frame = pl.DataFrame(
        {
            "criterion": [criterion.label.zh for criterion in criteria],
            "criterion_en": [criterion.label.en for criterion in criteria],
            "count": counts,
            "share": [count / whole if count is not None and whole else None for count in counts],
            "missing": [criterion.missing.zh for criterion in criteria],
            "missing_en": [criterion.missing.en for criterion in criteria],
        },
        schema_overrides={"count": pl.Int64, "share": pl.Float64},
    )
    inventions = study.patents.filter(_INVENTIONS)
    return Rows(frame, Coverage(known_count(inventions, _KNOWN), inventions.height))


def high_value_rows(study: Study, awarded: Collection[str] = (), pledged: Collection[str] = ()) -> pl.Expr:
    """Whether a patent is an invention in force that meets a criterion that the data cover."""
    met = [criterion.rows for criterion in _criteria(study, awarded, pledged) if criterion.rows is not None]
    return _IN_FORCE & (pl.any_horizontal(*met) if met else pl.lit(False))


def _criteria(study: Study, awarded: Collection[str], pledged: Collection[str]) -> tuple[Criterion, ...]:
    emerging = pl.col("industries").list.eval(pl.element().str.starts_with("sei:")).list.any()
    abroad = pl.col("family").list.eval(~pl.element().str.starts_with("CN")).list.any()
    maintained = pl.col("filing_date").dt.offset_by(f"{_YEARS}y") < pl.lit(study.as_of)
    return (
        _by_column(
            study,
            Text("战略性新兴产业的发明专利", "In a strategic emerging industry"),
            emerging,
            "industries",
        ),
        _by_column(
            study, Text("在海外有同族专利权的发明专利", "With a family member abroad"), abroad, "family"
        ),
        _by_column(
            study,
            Text("维持年限超过10年的发明专利", "Maintained for more than 10 years"),
            maintained,
            "filing_date",
        ),
        _by_list(
            Text("实现较高质押融资金额的发明专利", "Pledged for a high loan"),
            pledged,
            Text("需要质押融资金额达标的专利名单", "needs a list of patents pledged for a high loan"),
        ),
        _by_list(
            Text("获国家科学技术奖或中国专利奖的发明专利", "With a national science or China patent award"),
            awarded,
            Text("需要获奖专利名单", "needs a list of awarded patents"),
        ),
    )


def _by_column(study: Study, label: Text, rows: pl.Expr, needed: str) -> Criterion:
    if study.lacking(needed):
        return Criterion(label, None, needs_text((needed,)))
    return Criterion(label, rows.fill_null(False))


def _by_list(label: Text, numbers: Collection[str], missing: Text) -> Criterion:
    if not numbers:
        return Criterion(label, None, missing)
    named = (pl.col(name).is_in(list(numbers)).fill_null(False) for name in _NUMBERS)
    return Criterion(label, pl.any_horizontal(named))
