"""Tables 2 to 4 of an agency with very many applications, beside DuckDB over the same rows in the same minute.

python -m bench.annual_report [COUNT]   on SQLite; on PostgreSQL by way of scripts/postgresql.py

Twice: the applications spread over six years, and (the worst there is) all in one. DuckDB, an engine made for such
questions, holds the five columns in memory and answers one plain query; both must count the same.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bench.inbox import _office as an_office
from bench.installation import installation
from bench.many_cases import FIRST, fill

ROUNDS = 5
SPREADS = (6, 1)
LIMIT = 1.0

_DUCK = """
SELECT applicant_kind, outcome,
  count(*) FILTER (received_on BETWEEN $first AND $last),
  count(*) FILTER (received_on < $first AND (answered_on IS NULL OR answered_on >= $first)),
  count(*) FILTER (answered_on BETWEEN $first AND $last),
  count(*) FILTER (received_on <= $last AND (answered_on IS NULL OR answered_on > $last))
FROM cases GROUP BY ALL
"""
_COLUMNS = "applicant_kind, outcome, received_on, answered_on"


def main() -> int:
    """Builds, measures, prints; 1 where a limit is missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    slowest = 0.0
    with installation() as vendor:
        people = an_office()
        agency = people["agency"]
        _other_records(agency)
        for years in SPREADS:
            began = time.perf_counter()
            fill(count, years=years, people=people)
            built = time.perf_counter() - began
            sys.stdout.write(f"{count:,} applications over {years} years on {vendor}, built in {built:.0f} s\n")
            duck = _duck()
            for year in sorted({FIRST.year, FIRST.year + years - 1}):
                slowest = max(slowest, _measure(agency, year, duck))
    return int(slowest > LIMIT)


def _other_records(agency: Any) -> None:
    """Twenty thousand documents, disputes and monthly figures beside them, for tables 2 and 4."""
    from gongkai.disclosure.models import DecisionCount, DecisionKind, DocumentClass, NormativeDocument
    from gongkai.disputes.models import Dispute, DisputeKind

    day, last = timedelta(days=1), 6 * 365
    NormativeDocument.objects.bulk_create(
        NormativeDocument(
            agency=agency, document_class=list(DocumentClass)[i % 2], title="文件", document_number=f"测〔{i}〕",
            made_on=FIRST + day * (i * 13 % last),
        )
        for i in range(5_000)
    )  # fmt: skip
    DecisionCount.objects.bulk_create(
        DecisionCount(agency=agency, department=f"科{i}", kind=kind, year=year, month=month, decisions=i)
        for i in range(40)
        for kind in (DecisionKind.LICENCES, DecisionKind.PENALTIES, DecisionKind.COERCION)
        for year in range(2019, 2025)
        for month in range(1, 13)
    )
    Dispute.objects.bulk_create(
        Dispute(
            agency=agency, kind=list(DisputeKind)[i % 2], body="机关", case_number=f"案{i}", matter="x",
            filed_on=FIRST + day * (i * 7 % last),
        )
        for i in range(7_000)
    )  # fmt: skip


def _measure(agency: Any, year: int, duck: Any) -> float:
    """Seconds of all three tables of a year."""
    from gongkai.annual_report.compiling import Period, compile_tables, table_3

    period, found = Period(year), compile_tables(agency, year)
    whole = _median(lambda: compile_tables(agency, year))
    third = _median(lambda: table_3(agency, period))
    yardstick = _median(lambda: _asked(duck, year))
    same = _totals(_asked(duck, year)) == tuple(found[f"t3.{key}.total"] for key in _KEYS)
    sys.stdout.write(
        f"  {year}: tables 2–4 {whole * 1000:7.1f} ms, of that table 3 {third * 1000:7.1f} ms; "
        f"DuckDB table 3 {yardstick * 1000:6.1f} ms, ratio {third / yardstick:5.1f}; "
        f"{'the same numbers' if same else 'DIFFERENT NUMBERS'}\n"
    )
    return whole if same else LIMIT * 1000


_KEYS = ("received", "carried_in", "total", "carried_out")


def _totals(rows: list[tuple[Any, ...]]) -> tuple[int, ...]:
    return tuple(sum(row[place] for row in rows) for place in range(2, 6))


def _duck() -> Any:
    """The same rows in DuckDB's memory."""
    import duckdb
    from django.db import connection

    duck = duckdb.connect()
    with tempfile.TemporaryDirectory() as folder, connection.cursor() as cursor:
        path = Path(folder) / "cases.csv"
        cursor.execute(f"SELECT {_COLUMNS} FROM applications_application")
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            while rows := cursor.fetchmany(50_000):
                writer.writerows(rows)
        types = "{'kind': 'VARCHAR', 'outcome': 'VARCHAR', 'received': 'DATE', 'answered': 'DATE'}"
        duck.execute(
            f"CREATE TABLE cases AS SELECT kind AS applicant_kind, outcome, received AS received_on, "
            f"answered AS answered_on FROM read_csv('{path}', header = false, columns = {types})"
        )
    return duck


def _asked(duck: Any, year: int) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = duck.execute(
        _DUCK, {"first": date(year, 1, 1), "last": date(year, 12, 31)}
    ).fetchall()
    return rows


def _median(act: Callable[[], object]) -> float:
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        found.append(time.perf_counter() - began)
    return median(found)


if __name__ == "__main__":
    sys.exit(main())
