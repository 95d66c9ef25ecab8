"""高价值发明专利: inventions in force by the official five criteria, as far as the columns tell.

Source: CNIPA's explanation of 每万人口高价值发明专利拥有量, an indicator of the 14th five-year plan.
"""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from directions.definitions import definition
from directions.facts import Coverage, Indicator, Table, TableColumn, missing_indicator, needs_text
from directions.indicators.building import SHARE, known_count, make_table, missing_table, share_of
from directions.indicators.marks import INVENTION, in_force
from directions.study import Study

_YEARS = 10
_NEEDS = ("patent_type", "legal_state")
_NUMBERS = ("application_number", "publication_number", "grant_number", "key")


def high_value(study: Study, awarded: Collection[str] = (), pledged: Collection[str] = ()) -> Indicator:
    """高价值发明专利量 by the criteria that can be told; a lower bound.

    Args:
        study: what is counted.
        awarded: numbers (application, publication, grant or key) with 国家科学技术奖 or 中国专利奖.
        pledged: numbers whose pledge brought a high loan.
    """
    made = definition("high_value.known")
    if lacking := study.lacking(*_NEEDS):
        return missing_indicator(made, lacking, study.count)
    inventions = study.patents.filter(pl.col("patent_type") == INVENTION)
    known = known_count(inventions, pl.col("legal_state").is_not_null())
    value = known_count(study.patents, high_value_rows(study, awarded, pledged))
    return Indicator(value=value, definition=made, coverage=Coverage(known, inventions.height))


def high_value_share(study: Study, awarded: Collection[str] = (), pledged: Collection[str] = ()) -> Indicator:
    """高价值发明专利 of the inventions in force; arguments as `high_value`'s."""
    made = definition("high_value_share.in_force")
    counted = high_value(study, awarded, pledged)
    if counted.value is None:
        return missing_indicator(made, study.lacking(*_NEEDS), study.count)
    whole = known_count(study.patents, _inventions())
    return share_of(made, int(counted.value), whole, counted.coverage)


def high_value_criteria(study: Study, awarded: Collection[str] = (), pledged: Collection[str] = ()) -> Table:
    """Inventions in force that meet each criterion; what cannot be told says what it needs."""
    title = ("高价值发明专利", "High-value inventions")
    columns = (
        TableColumn("criterion", "情形", "text", label_en="Criterion"),
        TableColumn("count", "有效发明专利", "count", "件", "Inventions in force"),
        SHARE,
        TableColumn("missing", "说明", "text", label_en="Note"),
    )
    names = ["high_value.known", "high_value_share.in_force"]
    if lacking := study.lacking(*_NEEDS):
        return missing_table(study, "high_value", title, columns, names, lacking)
    whole = known_count(study.patents, _inventions())
    lines: list[tuple[str, int | None, float | None, str]] = []
    for label, rows, missing in _criteria(study, awarded, pledged):
        count = None if rows is None else known_count(study.patents, _inventions() & rows)
        lines.append((label, count, count / whole if count is not None and whole else None, missing))
    every = known_count(study.patents, high_value_rows(study, awarded, pledged))
    lines.append(("合计（去重，可判定的情形）", every, every / whole if whole else None, ""))
    frame = pl.DataFrame(
        lines,
        schema={"criterion": pl.String, "count": pl.Int64, "share": pl.Float64, "missing": pl.String},
        orient="row",
    )
    inventions = study.patents.filter(pl.col("patent_type") == INVENTION)
    coverage = Coverage(known_count(inventions, pl.col("legal_state").is_not_null()), inventions.height)
    return make_table(study, "high_value", title, columns, frame, names, known=coverage)


def high_value_rows(study: Study, awarded: Collection[str] = (), pledged: Collection[str] = ()) -> pl.Expr:
    """Whether a patent is an invention in force that meets a criterion that can be told."""
    met = [rows for _, rows, _ in _criteria(study, awarded, pledged) if rows is not None]
    return _inventions() & (pl.any_horizontal(*met) if met else pl.lit(False))


def _criteria(
    study: Study, awarded: Collection[str], pledged: Collection[str]
) -> tuple[tuple[str, pl.Expr | None, str], ...]:
    """Criterion, its patents (None where it cannot be told), and what it needs."""
    emerging = pl.col("industries").list.eval(pl.element().str.starts_with("sei:")).list.any()
    abroad = pl.col("family").list.eval(~pl.element().str.starts_with("CN")).list.any()
    kept = pl.col("filing_date").dt.offset_by(f"{_YEARS}y") < pl.lit(study.as_of)
    return (
        _told(study, "战略性新兴产业的发明专利", emerging, "industries"),
        _told(study, "在海外有同族专利权的发明专利", abroad, "family"),
        _told(study, "维持年限超过10年的发明专利", kept, "filing_date"),
        _listed("实现较高质押融资金额的发明专利", pledged, "需要质押融资金额达标的专利名单"),
        _listed("获国家科学技术奖或中国专利奖的发明专利", awarded, "需要获奖专利名单"),
    )


def _told(study: Study, label: str, rows: pl.Expr, needed: str) -> tuple[str, pl.Expr | None, str]:
    if study.lacking(needed):
        return label, None, needs_text((needed,))
    return label, rows.fill_null(False), ""


def _listed(label: str, numbers: Collection[str], missing: str) -> tuple[str, pl.Expr | None, str]:
    if not numbers:
        return label, None, missing
    return (
        label,
        pl.any_horizontal(pl.col(name).is_in(list(numbers)).fill_null(False) for name in _NUMBERS),
        "",
    )


def _inventions() -> pl.Expr:
    return in_force() & (pl.col("patent_type") == INVENTION).fill_null(False)
