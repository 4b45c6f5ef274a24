"""A real installation for tests: a data folder and database of its own, and `gongkai` as a real process."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

#: The database that the test run itself was given; none: SQLite.
GIVEN = os.environ.get("GONGKAI_DATABASE_URL", "")


@dataclass(frozen=True)
class Installation:
    """`gongkai` with this environment; `sql` reaches the database past it."""

    folder: Path
    environment: Mapping[str, str]
    #: Of the database: on the server, else of its file.
    name: str

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.python("-m", "gongkai.cli", *arguments, **environment)

    def python(self, *arguments: str, patience: float = 120, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], env={**self.environment, **environment}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, encoding="utf-8", check=False, timeout=patience,
        )  # fmt: skip

    def sql(self, *statements: str) -> None:
        """Run statements on a connection that is nobody's, and commit."""
        with closing(self.connect()) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    def connect(self) -> Any:
        if url := self.environment.get("GONGKAI_DATABASE_URL"):
            import psycopg

            return psycopg.connect(url)
        import sqlite3

        return sqlite3.connect(self.name)


@contextmanager
def installation(folder: Path, like: Installation | None = None) -> Iterator[Installation]:
    """An installation that goes away, with nothing in it yet: not even its tables. Or with the database of another."""
    made = _at(folder, f"gongkai_tests_{uuid.uuid4().hex}")
    if GIVEN:
        _on_server(f"CREATE DATABASE {made.name}" + (f" TEMPLATE {like.name}" if like else ""))
    elif like:
        shutil.copy(like.name, made.name)
    try:
        yield made
    finally:
        if GIVEN:
            _on_server(f"DROP DATABASE {made.name} WITH (FORCE)")


@contextmanager
def migrated(run: Path) -> Iterator[Installation]:
    """An installation with all tables and nothing in them, to be copied: `gongkai migrate` takes eight seconds of a
    processor. The workers of this run share it: the first in its folder makes it, the last takes it away."""
    place, me = run / "migrated", f"used-by-{os.getpid()}"
    place.mkdir(exist_ok=True)
    ready, name = place / "name", f"gongkai_tests_{uuid.uuid4().hex}"
    with _alone(place):
        if not ready.exists():
            if GIVEN:
                _on_server(f"CREATE DATABASE {name}")
            # On a machine that is busy with other things, too.
            done = _at(place, name).python("-m", "gongkai.cli", "migrate", patience=900)
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
            ready.write_text(name)
        (place / me).touch()
    try:
        yield _at(place, ready.read_text())
    finally:
        with _alone(place):
            (place / me).unlink()
            if GIVEN and not list(place.glob("used-by-*")):
                _on_server(f"DROP DATABASE {ready.read_text()} WITH (FORCE)")
                ready.unlink()


def _at(folder: Path, name: str) -> Installation:
    passed = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DJANGO_"))}
    environment = {**passed, "GONGKAI_DATA": str(folder)}
    if not GIVEN:
        return Installation(folder, environment, str(folder / "gongkai.sqlite3"))
    return Installation(
        folder, {**environment, "GONGKAI_DATABASE_URL": urlsplit(GIVEN)._replace(path=f"/{name}").geturl()}, name
    )


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(GIVEN, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
