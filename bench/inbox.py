"""The inbox over many cases, beside a bare SELECT of fifty rows by key in the same minute: `make bench`.

python -m bench.inbox [COUNT]        on SQLite; on PostgreSQL by way of scripts/postgresql.py

The cases are made in bulk, as rows with their derived columns and without their steps (but for the opinions that
await approval): reading a list does not ask how a case came about. One in ten is open.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from statistics import median
from typing import Any

from bench.installation import installation

ROUNDS = 15
OPEN = 0.1
VIEWS: tuple[tuple[str, dict[str, str]], ...] = (
    ("mine", {}),
    ("open", {}),
    ("late", {}),
    ("unclaimed", {}),
    ("waiting", {}),
    ("all", {}),
    ("all", {"outcome": "repeated"}),
    ("open", {"q": "第77"}),
    ("all", {"q": "没有这样的申请"}),
)


def main() -> int:
    """Builds, measures, prints."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with installation() as vendor:
        people = _office()
        began = time.perf_counter()
        _build(count, people)
        _analyze()
        sys.stdout.write(
            f"{count:,} cases on {vendor}, {OPEN:.0%} open, columns only, built in {time.perf_counter() - began:.0f} s\n"
        )
        _measure(people["clerk"], "clerk")
        for role in ("drafter", "approver"):
            _measure(people[role], role, VIEWS[:1])
        _explain(people["drafter"])
    return 0


def _office() -> dict[str, Any]:
    from gongkai.agencies.models import Agency, Appointment, Person, Unit
    from gongkai.law.procedure import Role

    agency = Agency(slug="bench", name="测试机关", short_name="测试", kind="department", document_prefix="测")
    Agency.objects.add_root(instance=agency)
    people: dict[str, Any] = {"agency": agency, "units": []}
    for role in (Role.CLERK, Role.DRAFTER, Role.APPROVER):
        person = Person.objects.create_user(username=role.value, password="not-for-use", display_name=role.label.zh)
        Appointment.objects.create(person=person, agency=agency, role=role.value, since=date(2019, 5, 15))
        people[role.value] = person
    people["units"] = [Unit.objects.create(agency=agency, name=f"科室{number}") for number in range(8)]
    return people


def _build(count: int, people: dict[str, Any]) -> None:
    from django.db import transaction

    from gongkai.applications.models import Application, Step
    from gongkai.law.procedure import Stage, StepKind

    chance, portion = random.Random(711), 5_000
    with transaction.atomic():
        for first in range(0, count, portion):
            cases = [_case(number, chance, people) for number in range(first, min(first + portion, count))]
            made = Application.objects.bulk_create(cases)
            Step.objects.bulk_create(
                Step(application=case, number=1, kind=StepKind.OPINION.value, on=case.received_on or date.today(),
                     actor=chance.choice([people["drafter"], people["approver"]]), role="drafter")
                for case in made if case.stage == Stage.APPROVE.value
            )  # fmt: skip


def _case(number: int, chance: random.Random, people: dict[str, Any]) -> Any:
    from gongkai.applications.models import Application

    received = date.today() - timedelta(days=chance.randrange(1, 2200))
    still_open = chance.random() < OPEN
    if still_open:
        received = date.today() - timedelta(days=chance.randrange(0, 40))
    columns = _open(received, chance, people) if still_open else _closed(received, chance)
    return Application(
        agency=people["agency"], number=f"测申〔{received.year}〕{number}号", channel="web",
        submitted_at=f"{received}T08:00:00+08:00", query_code_index=f"{number:064}", token_index=f"{number:064}",
        form_digest="", applicant_kind=chance.choice(_KINDS), applicant_name=f"申请人{number % 5000}",
        id_type="resident_id", id_number=f"{number:018}", id_index=f"{number:064}", name_index=f"{number % 5000:064}",
        telephone="13800001234", address="演示路1号",
        content=f"第{number}号地块2024年度征收补偿方案、补偿标准及有关会议纪要" + "，以及相关材料" * (number % 12),
        form_wanted="electronic", way_wanted="online", unit=chance.choice([None, *people["units"]]),
        **{"received_on": received, **columns},
    )  # fmt: skip


_KINDS = ("natural_person",) * 8 + ("business", "research", "other")


def _open(received: date, chance: random.Random, people: dict[str, Any]) -> dict[str, Any]:
    stage, step = chance.choice(
        [("register", "register"), ("accept", "accept"), ("opine", "opinion"), ("opine", "opinion"),
         ("consult", "consultation_reply"), ("correct", "corrected"), ("decide", "decision"), ("approve", "sign"),
         ("deliver", "deliver"), ("archive", "archive")]
    )  # fmt: skip
    outside = stage in ("consult", "correct")
    columns: dict[str, Any] = {
        "stage": stage, "next_step": step, "clock_state": "paused" if outside else "running",
        "due_on": received + timedelta(days=28), "holder": chance.choice([None, people["drafter"]]),
        "waits_until": received + timedelta(days=30) if outside else None,
    }  # fmt: skip
    if stage == "archive":
        columns |= {"clock_state": "closed", "answered_on": received, "outcome": "granted"}
    if stage == "register" and chance.random() < 0.2:
        columns |= {"clock_state": "waiting", "due_on": None, "received_on": None}
    return columns


def _closed(received: date, chance: random.Random) -> dict[str, Any]:
    outcome = "repeated" if chance.random() < 0.01 else chance.choice(("granted", "not_held", "partially_granted"))
    return {
        "stage": "closed", "clock_state": "closed", "due_on": received + timedelta(days=28), "outcome": outcome,
        "answered_on": received + timedelta(days=20), "archived_on": received + timedelta(days=22),
    }  # fmt: skip


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE applications_application")


def _measured(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    act()
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        found.append(time.perf_counter() - began)
    return median(found)


def _yardstick() -> float:
    """Fifty rows by key, read and thrown away."""
    from django.db import connection

    from gongkai.applications.models import Application

    keys = list(Application.objects.order_by("-pk").values_list("pk", flat=True)[:50])
    table, places = Application._meta.db_table, ", ".join(["%s"] * len(keys))

    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} WHERE id IN ({places})", keys)
            cursor.fetchall()

    return _measured(act)


def _measure(person: Any, role: str, views: tuple[tuple[str, dict[str, str]], ...] = VIEWS) -> None:
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    client = Client()
    client.force_login(person)
    bare = _yardstick()
    sys.stdout.write(f"{role}: a bare SELECT of 50 rows by key takes {bare * 1000:.2f} ms\n")
    with override_settings(ALLOWED_HOSTS=["*"]):
        for view, filters in views:
            for address in _first_and_second(client, view, filters):
                with CaptureQueriesContext(_connection()) as queries:
                    client.get(*address)
                number, asked = len(queries), sum(float(query["time"]) for query in queries)
                seconds = _measured(lambda where=address: client.get(*where), 5)  # type: ignore[misc]
                rows = _reading(person, view, address[1])
                sys.stdout.write(
                    f"  {view:10} {_told(filters, address[1]):28} page {seconds * 1000:7.1f} ms, {number:2} queries "
                    f"({asked * 1000:6.1f} ms)   list alone {rows * 1000:6.1f} ms, ratio {rows / bare:6.1f}\n"
                )


def _connection() -> Any:
    from django.db import connection

    return connection


def _told(filters: dict[str, str], query: dict[str, str]) -> str:
    where = " ".join(f"{name}={value}" for name, value in filters.items())
    return f"{where} page 2" if "after" in query else where


def _first_and_second(client: Any, view: str, filters: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    from gongkai.applications.inbox_forms import NO_CHOICES, FilterForm, filters_of
    from gongkai.applications.selectors import inbox

    query = {"view": view, **filters}
    yield "/desk/", query
    person = _person_of(client)
    cursor = inbox(person, view=view, filters=filters_of(FilterForm(filters, NO_CHOICES))).next_cursor
    if cursor and not filters:
        yield "/desk/", {**query, "after": cursor}


def _person_of(client: Any) -> Any:
    from gongkai.agencies.models import Person

    return Person.objects.get(pk=client.session["_auth_user_id"])


def _reading(person: Any, view: str, query: dict[str, str]) -> float:
    """The list alone, without the page around it: what the database and the sealed names take."""
    from gongkai.applications.inbox_forms import NO_CHOICES, FilterForm, filters_of
    from gongkai.applications.selectors import inbox, reader_of

    reader, filters = reader_of(person), filters_of(FilterForm(query, NO_CHOICES))
    return _measured(lambda: inbox(reader, view=view, filters=filters, after=query.get("after", "")))


def _explain(person: Any) -> None:
    """How the database finds the keys of a page, and counts."""
    from django.test.utils import CaptureQueriesContext

    from gongkai.applications.selectors import around, inbox, reader_of

    connection, reader = _connection(), reader_of(person)
    before = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    for name, act in (
        ("mine", lambda: inbox(reader, view="mine")),
        ("all", lambda: inbox(reader, view="all")),
        ("counts", lambda: around(reader)),
    ):
        with CaptureQueriesContext(connection) as queries:
            act()
        with connection.cursor() as cursor:
            cursor.execute(before + queries[-1]["sql"].replace("%", "%%"))
            lines = [str(row[-1]) for row in cursor.fetchall()]
        sys.stdout.write(f"plan of {name}:\n")
        sys.stdout.write("".join(f"  {line}\n" for line in lines if "applications_application" in line))


if __name__ == "__main__":
    sys.exit(main())
