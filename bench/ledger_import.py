"""How long an office's ledger takes: `python -m bench.ledger_import [ROWS] [BAD]` (10,000 and 200), on a database file of
its own."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


@contextmanager
def timed(what: str) -> Iterator[None]:
    begin, busy = time.perf_counter(), time.process_time()
    yield
    spent = time.process_time() - busy
    say(f"{what:<44}{time.perf_counter() - begin:7.1f} s   ({spent:.1f} s by processor time)")


def measure(rows: int, bad: int) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    django.setup()
    from django.core.management import call_command

    from tests.applications.ledger_import.ledgers import large, xlsx
    from tests.cast import Cast

    call_command("migrate", interactive=False, verbosity=0)
    cast = Cast.assemble()
    with timed(f"make a workbook of {rows} rows, {bad} bad"):
        data = xlsx(large(rows, bad), title="历年台账")
    say(f"{'its size':<44}{len(data) / 1024:7.0f} KB")
    run(data, cast)


def run(data: bytes, cast: Any) -> None:
    from gongkai.applications.ledger_import.error_sheet import error_sheet
    from gongkai.applications.ledger_import.examination import examine
    from gongkai.ledger.models import Chain
    from gongkai.ledger.verification import verify

    with timed("read and check every row (the dry run)"):
        found = examine(data, "台账.xlsx", cast.agency)
    say(f"{'':<44}{len(found.rows)} good, {len(found.bad)} bad")
    with timed("write the sheet of errors"):
        error_sheet(found)
    take_over(found, cast)
    with timed("check the same file again: all are there"):
        again = examine(data, "台账.xlsx", cast.agency)
    say(f"{'':<44}{len(again.rows)} good, {len(again.existing)} there, {len(again.bad)} bad")
    with timed("verify the ledger, entry by entry"):
        problems = list(verify(Chain.objects.get(name=cast.agency.slug)))
    say(f"{'':<44}{len(problems)} problems")


def take_over(found: Any, cast: Any) -> None:
    """All of it, and the part of it that others wait for: what comes after the last row was prepared."""
    from gongkai.applications.actions.import_ledger import import_ledger

    at = (0.0, 0.0)

    def progress(done: int, total: int) -> None:
        nonlocal at
        at = (time.perf_counter(), time.process_time())

    with timed("take the good rows over"):
        import_ledger(agency=cast.agency, actor=cast.clerk, rows=found.rows, source=found.source, progress=progress)
    spent, busy = time.perf_counter() - at[0], time.process_time() - at[1]
    say(f"{'  of this, the transaction':<44}{spent:7.1f} s   ({busy:.1f} s by processor time)")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GONGKAI_DATA"] = folder
        measure(*(numbers + [10_000, 200][len(numbers) :]))
