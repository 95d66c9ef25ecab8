"""Twins are found, series under one title are not taken for twins."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from index.twins import technologies

DAY, LATER = date(2018, 5, 2), date(2019, 1, 3)


def table_of(*rows):
    names = ("title", "applicants", "filing_date", "patent_type")
    schema = pa.schema(
        [
            ("title", pa.string()),
            ("applicants", pa.list_(pa.string())),
            ("filing_date", pa.date32()),
            ("patent_type", pa.string()),
        ]
    )
    return pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows], schema)


def test_invention_and_utility_model_of_one_day_are_one_technology():
    table = table_of(
        ("一种阴极结构", ["甲厂"], DAY, "实用新型"),
        ("一种阳极", ["甲厂"], DAY, "发明"),
        ("一种 阴极结构", ["甲厂", "乙校"], DAY, "发明"),
    )
    assert technologies(table).tolist() == [0, 1, 0]


def test_another_day_another_applicant_or_the_same_type_is_another_technology():
    table = table_of(
        ("一种显示装置", ["甲厂"], DAY, "发明"),
        ("一种显示装置", ["甲厂"], LATER, "实用新型"),
        ("一种显示装置", ["乙厂"], DAY, "实用新型"),
        ("一种显示装置", ["丙厂"], DAY, "发明"),
        ("一种显示装置", ["丙厂"], DAY, "发明"),
    )
    assert technologies(table).tolist() == [0, 1, 2, 3, 4]


def test_a_series_under_one_title_on_one_day_stays_apart():
    table = table_of(
        ("一种显示装置", ["甲厂"], DAY, "发明"),
        ("一种显示装置", ["甲厂"], DAY, "发明"),
        ("一种显示装置", ["甲厂"], DAY, "实用新型"),
    )
    assert technologies(table).tolist() == [0, 1, 2]


def test_without_filing_dates_only_a_lone_pair_counts():
    table = table_of(
        ("一种阴极", ["甲厂"], None, "发明"),
        ("一种阴极", ["甲厂"], None, "实用新型"),
        ("", ["甲厂"], None, "发明"),
        ("", ["甲厂"], None, "实用新型"),
    )
    assert technologies(table).tolist() == [0, 0, 2, 3]
