"""A province in one go: 3,000 reports read, audited and added up from files; 3,000 submissions as the desk shows them:
`python -m bench.aggregate [COUNT]`; the desk's part on PostgreSQL by way of scripts/postgresql.py.

Beside it, in the same minute, what costs nothing but the files (reading their bytes) and nothing but the sum (sum() of
the same numbers in SQL would be unfair to cells kept as JSON; so it is Python's own over lists).
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from bench.installation import installation

YEAR = 2022
#: Seconds for the list and its queries; seconds for the sum counted live (frozen it costs nothing).
LIST_SECONDS, LIST_QUERIES, SUM_SECONDS = 1.0, 10, 3.0


def main() -> int:
    """Builds, measures, prints; 1 where a limit is broken."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3_000
    with installation() as vendor:
        if vendor == "sqlite":
            _files(count)
        return int(not _desk(count, vendor))


def _files(count: int) -> None:
    from gongkai.annual_report.aggregate_command import aggregate
    from gongkai.annual_report.checking import files_in
    from tests.annual_report.sample_reports import clean_tables, report_text

    text = report_text()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(count):
            words = text.replace("江湾县水务局", f"江湾县第{number}局", 1)
            (folder / f"{number:05}.txt").write_text(words, encoding="utf-8")
        began = time.perf_counter()
        size = sum(len(path.read_bytes()) for path in files_in([folder]))
        bare = time.perf_counter() - began
        began = time.perf_counter()
        found = aggregate(files_in([folder]), YEAR, os.cpu_count() or 1)
        seconds = time.perf_counter() - began
    assert found.sum["t2.licences.decisions"] == count * (clean_tables()["t2.licences.decisions"] or 0)
    sys.stdout.write(
        f"{count:,} text files ({size // 1024:,} KB): read, audited, added up in {seconds:.1f} s, "
        f"{count / seconds:.0f} a second by {os.cpu_count()} processes, this one at most {_megabytes()} MB "
        f"(their bytes alone {bare:.2f} s)\n"
    )


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _desk(count: int, vendor: str) -> bool:
    agency, person = _province(count)
    from gongkai.annual_report.figures import summed
    from tests.annual_report.sample_reports import clean_tables

    kept = [list(clean_tables().cells.values()) for _ in range(count)]
    began = time.perf_counter()
    [sum(value or 0 for value in column) for column in zip(*kept, strict=True)]
    bare = time.perf_counter() - began
    began = time.perf_counter()
    total = summed(agency, YEAR)
    seconds = time.perf_counter() - began
    assert total["t2.licences.decisions"] == count * (clean_tables()["t2.licences.decisions"] or 0)
    sys.stdout.write(
        f"{count:,} submissions on {vendor}: summed in {seconds:.2f} s (Python's sum of the bare numbers {bare:.2f} s), "
        f"at most {_megabytes()} MB\n"
    )
    pages = ("children/", "children/?only=missing", "whole/", "whole/t2.licences.decisions/")
    good = [_page(person, f"/desk/report/province/{YEAR}/{page}") for page in pages]
    return all(good)


def _province(count: int) -> tuple[Any, Any]:
    """One agency, so many below it, and what each sent, in bulk."""
    from django.db import connection

    from gongkai.agencies.models import Agency, Appointment, Person
    from gongkai.annual_report.content import cells_as_data
    from gongkai.annual_report.models import Submission, SubmissionState
    from gongkai.documents.store import keep
    from gongkai.law.procedure import Role
    from tests.annual_report.sample_reports import clean_tables

    Agency.objects.add_root(
        instance=Agency(
            slug="province", name="甲省人民政府", short_name="甲省", kind="department", document_prefix="甲"
        )
    )
    agency = Agency.objects.get()
    person = Person.objects.create_user(username="clerk", password="not-for-use", display_name="经办人")
    Appointment.objects.create(person=person, agency=agency, role=Role.CLERK.value, since=date(2019, 5, 15))
    steps = [Agency._get_path(agency.path, agency.depth + 1, number + 1) for number in range(count)]
    Agency.objects.bulk_create(
        Agency(
            slug=f"a{number}", name=f"江湾县第{number}局", short_name=f"{number}局", kind="department",
            document_prefix="乙", path=path, depth=agency.depth + 1,
        )
        for number, path in enumerate(steps)
    )  # fmt: skip
    Agency.objects.filter(pk=agency.pk).update(numchild=count)
    agency.refresh_from_db()
    document, cells = keep(b"x", name="x", media_type="text/plain"), cells_as_data(clean_tables())
    children = Agency.objects.filter(depth=agency.depth + 1)
    Submission.objects.bulk_create(
        (
            Submission(
                parent=agency, year=YEAR, child=child, child_name=child.name, document=document, cells=cells,
                by=person, state=SubmissionState.ACCEPTED,
            )
            for child in children
        ),
        batch_size=500,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what the database does by itself, a little later
    return agency, person


def _page(person: Any, address: str) -> bool:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(person)
    client.get(address)
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    seconds = time.perf_counter() - began
    whole = "whole" in address
    good = response.status_code == 200 and seconds <= (SUM_SECONDS if whole else LIST_SECONDS)
    good = good and (whole or len(asked) <= LIST_QUERIES)
    sys.stdout.write(
        f"  {address}: {seconds * 1000:.0f} ms, {len(asked)} queries, {len(response.content) // 1024} KB"
        f"{'' if good else '  ← over the limit'}\n"
    )
    return good


if __name__ == "__main__":
    sys.exit(main())
