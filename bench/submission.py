"""Taking an application in, beside the bare insert of the same rows in one durable transaction: `make bench`.

python -m bench.submission [COUNT]   on SQLite; on PostgreSQL by way of scripts/postgresql.py

Both commit to the disk (SQLite: synchronous=FULL). The bare insert writes copies of the very rows that `receive` wrote
for one application, all of them, in one transaction, with everything that triggers and indexes do. What `receive` does
besides: the law, sealing, the chain of hashes, and the receipt, a letter that is typeset and kept as a file.
"""

from __future__ import annotations

import sys
import time
from statistics import median
from typing import Any

from bench.installation import installation


def main() -> int:
    """Measures, prints."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with installation() as vendor:
        agency = _agency()
        _submit(agency, 0)  # the first one loads the fonts
        whole, letters = _measured_submissions(agency, count)
        bare, rows = _measured_inserts(count)
        sys.stdout.write(
            f"submission on {vendor}, median of {count}, each one durable transaction:\n"
            f"  receive(), all of it          {whole * 1000:7.1f} ms\n"
            f"  … of that the receipt letter  {letters * 1000:7.1f} ms   (typeset as PDF and kept)\n"
            f"  bare insert of its {rows:2} rows    {bare * 1000:7.1f} ms\n"
            f"  ratio {whole / bare:.1f}; without the letter {max(whole - letters, 0) / bare:.1f}\n"
        )
    return 0


def _agency() -> Any:
    from gongkai.agencies.models import Agency

    agency = Agency(
        slug="bench", name="测试机关", short_name="测试", kind="department", document_prefix="测",
        office_name="测试机关办公室", review_organ="测试市人民政府", telephone="0000-1234567", address="测试路1号",
    )  # fmt: skip
    Agency.objects.add_root(instance=agency)
    return agency


def _submit(agency: Any, number: int) -> Any:
    from gongkai.applications.actions.receive import receive
    from gongkai.applications.models import Channel
    from gongkai.demonstration.applicants import applicant
    from gongkai.law.applicants import ApplicantKind

    data = {
        **applicant(ApplicantKind.NATURAL_PERSON, number),
        "content": f"第{number}号地块2024年度征收补偿方案、补偿标准及有关会议纪要", "document_number": "", "features": "",
    }  # fmt: skip
    return receive(agency=agency, channel=Channel.WEB, data=data, token=f"a-token-of-the-measurement-{number:08}")


def _measured_submissions(agency: Any, count: int) -> tuple[float, float]:
    """Seconds of a submission, and how many of them its letter took."""
    from unittest.mock import patch

    from gongkai.applications.actions import receive as module

    usual, spent = module.acknowledge, 0.0

    def acknowledge(*args: Any, **more: Any) -> Any:
        nonlocal spent
        began = time.perf_counter()
        try:
            return usual(*args, **more)
        finally:
            spent = time.perf_counter() - began

    whole, letters = [], []
    with patch.object(module, "acknowledge", acknowledge):
        for number in range(1, count + 1):
            began = time.perf_counter()
            _submit(agency, number)
            whole.append(time.perf_counter() - began)
            letters.append(spent)
    return median(whole), median(letters)


def _measured_inserts(count: int) -> tuple[float, int]:
    """Seconds of inserting the rows of one application again, under new keys; and how many rows they are."""
    from django.db import connection, transaction

    found, rows = [], 0
    for number in range(count):
        statements = _copies(number)
        rows = len(statements)
        began = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
        found.append(time.perf_counter() - began)
    return median(found), rows


def _copies(number: int) -> list[tuple[str, list[Any]]]:
    """INSERT statements for every row that the last submission wrote, with keys that are free."""
    from gongkai.applications.models import Application, Letter, Mark, Step
    from gongkai.documents.models import Document
    from gongkai.ledger.models import Chain, Entry

    case = Application.objects.latest("pk")
    own = 1_000_000 + number
    subject = f"application:{case.pk}"
    document = case.letters.get().document
    chain = Chain.objects.get(name="bench")
    length = chain.length
    statements = [
        _insert(case, id=own, number=f"副本{number}", query_code_index=f"q{own:063}", token_index=f"t{own:063}"),
        _insert(document, id=own, digest=f"{own:064}"),
    ]
    statements += [
        _insert(mark, id=own * 100 + place, application_id=own) for place, mark in enumerate(case.marks.all())
    ]
    statements += [_insert(step, id=own, application_id=own) for step in Step.objects.filter(application=case)]
    statements += [
        _insert(letter, id=own, application_id=own, step_id=own, document_id=own)
        for letter in Letter.objects.filter(application=case)
    ]
    assert Mark.objects.filter(application=case).exists()
    assert Document.objects.exists()
    entries = Entry.objects.filter(subject=subject)
    statements += [
        _insert(entry, id=own * 10 + place, number=length + own * 10 + place) for place, entry in enumerate(entries)
    ]
    return statements


def _insert(row: Any, **changed: Any) -> tuple[str, list[Any]]:
    """The row as it lies in the database, with these columns changed."""
    from django.db import connection

    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE id = %s", [row.pk])
        columns, values = [column[0] for column in cursor.description], list(cursor.fetchone())
    found = {**dict(zip(columns, values, strict=True)), **changed}
    names, places = ", ".join(map(connection.ops.quote_name, found)), ", ".join(["%s"] * len(found))
    return f"INSERT INTO {table} ({names}) VALUES ({places})", [_plain(value) for value in found.values()]


def _plain(value: Any) -> Any:
    """JSON goes in as it came out."""
    import json

    return json.dumps(value) if isinstance(value, (dict, list)) else value


if __name__ == "__main__":
    sys.exit(main())
