"""Acts that happen at the same moment: real threads, each with its own connection to the database."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection, connections


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Set all acts off together. Returns what each gave back, or the exception it raised, in their order."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        connection.ensure_connection()  # before the start, so that none is late at the line
        barrier.wait(timeout=30)
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
