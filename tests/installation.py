"""A real installation for tests: a data folder and database of its own, and `gongkai` as a real process."""

from __future__ import annotations

import os
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

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.python("-m", "gongkai.cli", *arguments, **environment)

    def python(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], env={**self.environment, **environment}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
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

        return sqlite3.connect(self.folder / "gongkai.sqlite3")


@contextmanager
def installation(folder: Path) -> Iterator[Installation]:
    """An installation that goes away, with nothing in it yet: not even its tables."""
    passed = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DJANGO_"))}
    environment = {**passed, "GONGKAI_DATA": str(folder)}
    if not GIVEN:
        yield Installation(folder, environment)
        return
    name = f"gongkai_cli_{uuid.uuid4().hex}"
    _on_server(f"CREATE DATABASE {name}")
    try:
        yield Installation(
            folder, {**environment, "GONGKAI_DATABASE_URL": urlsplit(GIVEN)._replace(path=f"/{name}").geturl()}
        )
    finally:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(GIVEN, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
