"""A large ledger with many faulty rows: all of them found, nothing half-imported, repeatable, and quick.

`bench/ledger_import.py` measures how long it takes.
"""

from __future__ import annotations

from gongkai.applications.actions.import_ledger import import_ledger
from gongkai.applications.ledger_import.error_sheet import error_sheet
from gongkai.applications.ledger_import.examination import examine
from gongkai.applications.models import Application, Step
from gongkai.ledger.models import Entry
from tests.applications.ledger_import.ledgers import FAULTS, large, xlsx
from tests.applications.scenes import Scene, check_derived

#: `bench/ledger_import.py` takes over 10,000 rows of which 200 are bad; here are as many as a check has time for.
ROWS, BAD = 1_500, 30


def test_a_large_ledger_of_which_some_rows_are_wrong(scene: Scene) -> None:
    seen: list[tuple[int, int]] = []
    agency, clerk = scene.cast.agency, scene.cast.clerk
    data = xlsx(large(ROWS, BAD), title="历年依申请公开台账")
    found = examine(data, "台账.xlsx", agency, progress=lambda done, total: seen.append((done, total)))
    assert (found.total, len(found.rows), len(found.bad)) == (ROWS, ROWS - BAD, BAD)
    assert seen[-1] == (ROWS, ROWS)
    told = " ".join(problem.message.zh for problem in found.problems)
    assert all(word in told for _changes, word in FAULTS)
    assert len(error_sheet(found)) > 1000
    result = import_ledger(agency=agency, actor=clerk, rows=found.rows, source=found.source)
    assert (result.created, result.skipped) == (ROWS - BAD, 0)
    assert Application.objects.count() == ROWS - BAD
    assert Step.objects.count() == 2 * (ROWS - BAD)
    assert Entry.objects.filter(chain=agency.slug).count() == 3 * (ROWS - BAD) + 1
    for application in Application.objects.order_by("?")[:10]:
        check_derived(application)
    again = examine(data, "台账.xlsx", agency)
    assert (len(again.rows), len(again.existing), len(again.bad)) == (0, ROWS - BAD, BAD)
