"""A real PostgreSQL server for tests, from the server programs of the system's packages.

`from tests.postgres_fixture import postgres_server, postgres_url` in a conftest gives its tests
`postgres_url`: the URL of a database of their own.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start a server; gives the URL of its maintenance database."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (pip install 'patlas[postgres]')")
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL's server programs are not installed (Debian: apt-get install postgresql)")
    runner = _runner()
    # A socket's path must stay under about 100 characters, so not below pytest's own folder.
    folder = Path(tempfile.mkdtemp(prefix="patlas-pg-", dir="/tmp"))
    try:
        if runner:
            shutil.chown(folder, "postgres")
        data = folder / "data"
        port = _free_port()
        initdb = [programs / "initdb", "-D", data, "-A", "trust", "-U", "pat", "--no-sync"]
        _run(*runner, *initdb, "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        control = [*runner, programs / "pg_ctl", "-D", data, "-w"]
        _run(*control, "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql://pat@127.0.0.1:{port}/postgres"
        finally:
            _run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """URL of a new, empty database, dropped afterwards."""
    import psycopg

    name = f"test_{next(_NUMBERS)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield postgres_server.removesuffix("postgres") + name
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _programs() -> Path | None:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(debian[-1]) if debian else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _runner() -> list[str]:
    """PostgreSQL refuses to run as root; Debian's package makes a user for it."""
    if os.geteuid() != 0:
        return []
    if shutil.which("runuser") is None:
        pytest.skip("running as root and there is no runuser to start PostgreSQL as another user")
    return ["runuser", "-u", "postgres", "--"]


def _run(*command: str | Path) -> None:
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, cwd="/tmp", timeout=60, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command} failed: {done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
