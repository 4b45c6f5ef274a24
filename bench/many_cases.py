"""Very many applications, made by the database itself out of one: rows with their columns, without their steps."""

from __future__ import annotations

from datetime import date
from typing import Any

from bench.inbox import _case as a_case

FIRST = date(2019, 1, 1)
#: One in so many is never answered.
OPEN = 200

_SERIES = {
    "sqlite": "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n)",
    "postgresql": "(SELECT i FROM generate_series(1, {count}) AS g(i))",
}
_DAY = {"sqlite": "date('{first}', '+' || ({days}) || ' days')", "postgresql": "(date '{first}' + ({days}))"}


def fill(count: int, *, years: int, people: dict[str, Any]) -> None:
    """So many applications and no others, received over so many years from 2019 on, of every kind and outcome."""
    import random

    from django.db import connection

    template = a_case(0, random.Random(711), people)
    template.stage = "closed"
    template.save()
    made = _columns(connection.vendor, years)
    names = [field.column for field in template._meta.concrete_fields if not field.primary_key]
    select = ", ".join(made.get(name, f't."{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    series = _SERIES[connection.vendor].format(count=count)
    table = template._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table}" WHERE id <> {template.pk}')
        cursor.execute(
            f'INSERT INTO "{table}" ({columns}) SELECT {select} FROM {series} AS n, "{table}" AS t WHERE t.id = {template.pk}'
        )
        cursor.execute(f'DELETE FROM "{table}" WHERE id = {template.pk}')
        if connection.vendor == "postgresql":  # which it would soon do by itself
            cursor.execute(f"VACUUM ANALYZE {table}")


def _columns(vendor: str, years: int) -> dict[str, str]:
    """What differs from row to row, in SQL. The multipliers are primes, so that everything mixes with everything."""
    from gongkai.law.applicants import ApplicantKind
    from gongkai.law.outcomes import Outcome

    received = f"(n.i * 1009 + n.i / 911) % {years * 365}"
    answered = f"{received} + 3 + (n.i * 101) % 45"
    is_open = f"n.i % {OPEN} = 0"
    return {
        "number": "'申' || n.i",
        "query_code_index": "'q' || n.i",
        "token_index": "'t' || n.i",
        "applicant_kind": _one_of([kind.value for kind in ApplicantKind], "(n.i * 31) % 6"),
        "received_on": _DAY[vendor].format(first=FIRST, days=received),
        "answered_on": f"CASE WHEN {is_open} THEN NULL ELSE {_DAY[vendor].format(first=FIRST, days=answered)} END",
        "outcome": f"CASE WHEN {is_open} THEN '' ELSE {_one_of([one.value for one in Outcome], '(n.i * 17) % 21')} END",
    }


def _one_of(values: list[str], number: str) -> str:
    cases = " ".join(f"WHEN {place} THEN '{value}'" for place, value in enumerate(values))
    return f"(CASE {number} {cases} END)"
