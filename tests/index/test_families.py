"""Families: by their id, by the numbers they name, and twins."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from index.families import families
from library.columns import table_of
from patents.record import PatentRecord


def grouped(*records):
    table = table_of(records)
    keys = table.column("key").to_pylist()
    groups = families(table, np.arange(len(records)))
    return {frozenset(key for key, group in zip(keys, groups, strict=True) if group == one) for one in groups}


def patent(number, **values):
    return PatentRecord(publication_number=number, title="泵", **values)


def test_patents_of_one_id_or_that_name_each_other_are_one_family():
    found = grouped(
        patent("CN100000001A", family_id="7"),
        patent("CN100000002A", family_id="7", family=("CN100000003A", "US1")),
        patent("CN100000003A"),
        patent("CN100000004A"),
    )
    assert sorted(map(len, found)) == [1, 3]


def test_without_ids_and_members_every_patent_is_its_own_family():
    records = [patent(f"CN10000000{number}A") for number in range(4)]
    assert sorted(map(len, grouped(*records))) == [1, 1, 1, 1]
    assert sorted(map(len, grouped(records[0], replace(records[1], family=("US1",))))) == [1, 1]


def test_twins_are_one_family():
    table = table_of([patent(f"CN10000000{number}A") for number in range(3)])
    groups = families(table, np.array([0, 0, 2]))
    assert groups[0] == groups[1] != groups[2]
