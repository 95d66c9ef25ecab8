from pathlib import Path

import pytest

from patents.readers import open_export
from scripts.demo.corpus import make_corpus
from scripts.demo.export import export, write_table

RECORDS = 900


@pytest.fixture(scope="session")
def made():
    return make_corpus(RECORDS, seed=1)


@pytest.fixture(scope="session")
def corpus(made):
    return made[0]


@pytest.fixture(scope="session")
def patents(corpus):
    return corpus.to_dicts()


@pytest.fixture(scope="session")
def rows(made):
    return export(*made, seed=1)


@pytest.fixture(scope="session")
def read(rows, tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.xlsx"
    write_table(path, rows)
    return open_export(path)


@pytest.fixture(scope="session")
def results(read):
    return list(read)


@pytest.fixture(scope="session")
def records(results):
    return [row.record for row in results]


@pytest.fixture(scope="session")
def folder():
    return Path(__file__).parents[2] / "demo"


@pytest.fixture(scope="session")
def whole():
    """The demonstration itself."""
    return make_corpus()
