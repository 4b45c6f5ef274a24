"""导入台账，在后台: asked for once by a clerk, done by the worker, looked at meanwhile.

How far the preparing has come is told by commits of its own, before the transaction that writes: on SQLite nobody
else can write during that one, this row included. While all rows are prepared and the state is still „running“, it writes.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import QueryDict
from django.utils import timezone

from gongkai.agencies.errors import NotAllowed
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_of
from gongkai.applications.actions.import_ledger import ImportResult, Progress, import_ledger
from gongkai.applications.ledger_import.examination import Examination, examine
from gongkai.applications.ledger_import.forms import options_of
from gongkai.applications.models import UNFINISHED, ImportRun, ImportState
from gongkai.documents.models import Document
from gongkai.documents.store import read
from gongkai.jobs import Pace, enqueue
from gongkai.law.errors import LawError
from gongkai.law.procedure import Role
from gongkai.law.texts import Text
from gongkai.ledger.digests import canonical

#: A run that was cut off so often is not begun again: the file is too large for this machine.
MOST_ATTEMPTS = 3
log = logging.getLogger(__name__)
_FAULTY = Text("台账中还有需要更正的地方，没有导入任何一行。", "Rows have to be mended first; nothing was imported.")
_BROKEN = Text(
    "系统出错，没有导入任何一行。请稍后再导入一次；仍然不行的，请告知管理员。",
    "Something went wrong and nothing was imported. Try again later; if it fails again, tell the administrator.",
)
_TOO_LARGE = Text(
    "多次超过后台任务的时限，没有导入任何一行。请把台账按年度分成几个文件，分别导入。",
    "It took longer than a background job may, several times; nothing was imported. Divide the ledger by years.",
)


def ask_for_import(
    *, agency: Agency, actor: Person, document: Document, name: str, options: Mapping[str, Any], token: str
) -> ImportRun:
    """Have this file taken over. The same form again, or the same file while it is being taken over, gives the same run.

    `options` the address's words (`ledger_import.forms.options_of` reads them) and „skip_bad“; `token` of the upload.
    """
    if Role.CLERK not in roles_of(actor, agency):
        raise NotAllowed(Text("历史台账由本机关经办人导入。", "A ledger is imported by a clerk of the agency."))
    key = hashlib.sha256(canonical({"token": token, "options": options})).hexdigest()
    if earlier := _earlier(agency, document, key):
        return earlier
    try:
        with transaction.atomic():
            run = ImportRun.objects.create(
                agency=agency, by=actor, document=document, name=name, options=dict(options), key=key
            )
            enqueue("gongkai.applications.jobs.import_ledger", run.pk)
            return run
    except IntegrityError:
        # At the same moment in another process: that one won.
        if earlier := _earlier(agency, document, key):
            return earlier
        raise


def _earlier(agency: Agency, document: Document, key: str) -> ImportRun | None:
    runs = ImportRun.objects.filter(agency=agency)
    same_form = runs.filter(key=key).exclude(state=ImportState.FAILED).first()
    return same_form or runs.filter(document=document, state__in=UNFINISHED).first()


def carry_out(run_id: int) -> None:
    """Do it. Done or failed already, it is left alone; cut off before, it is done from the beginning."""
    run = _begun(run_id)
    if run is None:
        return
    try:
        _take_over(run)
    except LawError as error:
        _fail(run, error.message)
    except Exception:
        log.exception("import run %s", run.pk)
        _fail(run, _BROKEN)


def _begun(run_id: int) -> ImportRun | None:
    begun = ImportRun.objects.filter(pk=run_id, state__in=UNFINISHED).update(
        state=ImportState.RUNNING, attempts=F("attempts") + 1, done=0, total=0
    )
    run = ImportRun.objects.select_related("agency", "by", "document").get(pk=run_id) if begun else None
    if run is not None and run.attempts > MOST_ATTEMPTS:
        _fail(run, _TOO_LARGE)
        return None
    return run


def _take_over(run: ImportRun) -> None:
    tell = _Telling(run)
    found = examined(run, tell.part(0))
    if found.missing or (found.bad and not run.options.get("skip_bad")):
        _fail(run, _FAULTY, left=len(found.bad))
        return
    import_ledger(
        agency=run.agency,
        actor=run.by,
        rows=found.rows,
        source=found.source,
        progress=tell.part(1),
        finish=lambda result: _finish(run, found, result),
    )


def examined(run: ImportRun, progress: Progress = lambda done, total: None) -> Examination:
    """The run's file, read as was decided when it was asked for."""
    asked = QueryDict(run.options.get("query", ""))
    return examine(read(run.document), run.name, run.agency, options_of(asked), progress)


class _Telling:
    """Writes how far the two passes over the rows have come, checking and preparing."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._pace = Pace()

    def part(self, number: int) -> Callable[[int, int], None]:
        """Of the first pass (0) or the second (1). The end of the second is always told: then it is written."""

        def tell(done: int, total: int) -> None:
            last = number == 1 and done == total
            if last or self._pace.due():
                ImportRun.objects.filter(pk=self._run.pk, state=ImportState.RUNNING).update(
                    done=number * total + done, total=2 * total
                )

        return tell


def _finish(run: ImportRun, found: Examination, result: ImportResult) -> None:
    """In the import's own transaction, so that a run is done exactly when its rows are there."""
    counts = {
        "created": result.created,
        "skipped": result.skipped + len(found.existing),
        "left": len(found.bad),
    }
    _end(run, ImportState.DONE, counts)


def _fail(run: ImportRun, why: Text, left: int = 0) -> None:
    _end(run, ImportState.FAILED, {"why": {"zh": why.zh, "en": why.en}, "left": left})


def _end(run: ImportRun, state: ImportState, result: Mapping[str, Any]) -> None:
    ImportRun.objects.filter(pk=run.pk, state=ImportState.RUNNING).update(
        state=state, result=dict(result), finished_at=timezone.now()
    )
