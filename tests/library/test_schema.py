import pytest
from sqlalchemy import inspect

from library.folder import Library
from library.schema import SCHEMA_VERSION, Migration, created, migrate, pending, schema_version, version_of
from patents.errors import StoreError


def test_a_newer_library_is_refused_with_both_versions(library):
    with library.store.transaction() as connection:
        connection.execute(schema_version.update().values(version=SCHEMA_VERSION + 7))
    with pytest.raises(StoreError, match=rf"version {SCHEMA_VERSION + 7}.*up to {SCHEMA_VERSION}"):
        Library.open(library.path)


def test_an_older_library_goes_forward_step_by_step(library):
    with library.store.transaction() as connection:
        connection.exec_driver_sql("DROP TABLE snapshot_pin")
    steps = (
        Migration(SCHEMA_VERSION + 1, "pins", created("snapshot_pin")),
        Migration(
            SCHEMA_VERSION + 2,
            "colour",
            lambda connection: connection.exec_driver_sql("ALTER TABLE snapshot_pin ADD COLUMN colour TEXT"),
        ),
    )
    with library.store.transaction() as connection:
        migrate(connection, pending(connection, steps, SCHEMA_VERSION + 2))
    with library.store.reading() as connection:
        assert version_of(connection) == SCHEMA_VERSION + 2
        assert pending(connection, steps, SCHEMA_VERSION + 2) == ()
        names = {column["name"] for column in inspect(connection).get_columns("snapshot_pin")}
    assert names == {"snapshot", "reason", "colour"}


def test_a_step_that_fails_changes_nothing(library):
    def fail(connection):
        connection.exec_driver_sql("CREATE TABLE half (x INTEGER)")
        raise ZeroDivisionError

    steps = (Migration(SCHEMA_VERSION + 1, "fails", fail),)
    with pytest.raises(ZeroDivisionError), library.store.transaction() as connection:
        migrate(connection, pending(connection, steps, SCHEMA_VERSION + 1))
    with library.store.reading() as connection:
        assert version_of(connection) == SCHEMA_VERSION
        assert not inspect(connection).has_table("half")
