"""Libraries whose records lie in PostgreSQL."""

import json

import pytest

from library.folder import Library
from patents.errors import StoreError


@pytest.mark.postgres
def test_two_libraries_cannot_share_a_database(postgres_url, tmp_path):
    with Library.create(tmp_path / "one", database_url=postgres_url):
        pass
    with pytest.raises(StoreError, match="already holds a library"):
        Library.create(tmp_path / "two", database_url=postgres_url)
    with Library.create(tmp_path / "three"):
        pass
    about = json.loads((tmp_path / "three" / "library.json").read_text())
    path = tmp_path / "three" / "library.json"
    path.write_text(
        json.dumps(about | {"database_url": postgres_url.replace("postgresql:", "postgresql+psycopg:")})
    )
    with pytest.raises(StoreError, match="belongs to library"):
        Library.open(tmp_path / "three")


@pytest.mark.postgres
def test_a_password_is_not_written_down_and_comes_from_the_environment(postgres_url, tmp_path, monkeypatch):
    secret = postgres_url.replace("pat@", "pat:s3cret@")
    with Library.create(tmp_path / "library", database_url=secret):
        pass
    assert "s3cret" not in (tmp_path / "library" / "library.json").read_text()
    monkeypatch.setenv("PATLAS_DATABASE_URL", secret)
    with Library.open(tmp_path / "library") as library:
        assert library.store.engine.url.password == "s3cret"
        assert "s3cret" not in library.store.name
    monkeypatch.setenv("PATLAS_DATABASE_URL", "postgresql://other:s3cret@127.0.0.1:1/elsewhere")
    with Library.open(tmp_path / "library") as library:
        assert library.store.engine.url.password is None


@pytest.mark.postgres
def test_a_database_that_does_not_answer_gives_a_store_error(postgres_url, tmp_path):
    with pytest.raises(StoreError, match=r"127\.0\.0\.1"):
        Library.create(tmp_path / "library", database_url="postgresql://pat@127.0.0.1:1/nothing")
