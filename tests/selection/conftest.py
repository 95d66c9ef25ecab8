"""Libraries on both databases for what a user keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from library.folder import Library
from tests.postgres_fixture import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str | None:
    """None for SQLite in the folder, else the URL of an empty PostgreSQL database."""
    return None if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture
def library(tmp_path: Path, database_url: str | None) -> Iterator[Library]:
    """A new, empty library, once on each database."""
    with Library.create(tmp_path / "library", database_url=database_url) as library:
        yield library
