from pathlib import Path

import pytest

from patents.readers import open_export
from scripts.demo.corpus import make_applications
from scripts.demo.files import write_export
from scripts.demo.rows import cells, publications
from scripts.demo.settings import streams

RECORDS = 700


@pytest.fixture(scope="session")
def applications():
    return make_applications(RECORDS, seed=1)


@pytest.fixture(scope="session")
def rows(applications):
    return publications(applications, streams(2).links)


@pytest.fixture(scope="session")
def export(rows, tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.xlsx"
    write_export(path, cells(rows))
    return path


@pytest.fixture(scope="session")
def read(export):
    return list(open_export(export))


@pytest.fixture(scope="session")
def records(read):
    return [row.record for row in read]


@pytest.fixture(scope="session")
def committed():
    return Path(__file__).parents[2] / "demo" / "demo-export.xlsx"
