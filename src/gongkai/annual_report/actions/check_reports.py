"""Anybody's reports are checked in the background: a person gives files, a job reads and audits them one by one.

Nothing of a report of ours changes by it; a file that cannot be read stops none of the others.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency, Person
from gongkai.annual_report.child_names import Named, match
from gongkai.annual_report.duties import level_of
from gongkai.annual_report.incoming import audited, read_incoming
from gongkai.annual_report.models import CheckRun
from gongkai.annual_report.reading import Report
from gongkai.annual_report.selectors import agency_for_report
from gongkai.annual_report.year_before import year_before
from gongkai.documents.errors import DocumentError
from gongkai.documents.models import Document
from gongkai.documents.store import read
from gongkai.jobs import enqueue
from gongkai.law.agency_levels import AgencyLevel
from gongkai.law.texts import Text
from gongkai.ledger.actions import record

JOB = "gongkai.annual_report.check_jobs.check_reports"
log = logging.getLogger(__name__)
_BROKEN = Text("系统出错，没有检查这个文件。", "Something went wrong; this file was not checked.")
#: As long as `CheckRun.name`.
_LONGEST_NAME = 200


@transaction.atomic
def check_reports(
    *, actor: Person, agency: Agency, files: Sequence[tuple[Document, str]], level: AgencyLevel | None = None
) -> CheckRun:
    """Have these files (with the names they came under) checked. Raises Http404 for whoever has no role here, Invalid
    where there is no file."""
    agency_for_report(actor, agency.slug)
    named = {document.pk: (document, name) for document, name in files}
    if not named:
        raise Invalid("files", Text("请选择文件。", "Choose files."))
    names = [name for _, name in named.values()]
    run = CheckRun.objects.create(
        agency=agency,
        by=actor,
        name="、".join(names)[:_LONGEST_NAME],
        options={"level": level.value if level else "", "files": [[pk, name] for pk, (_, name) in named.items()]},
        total=len(named),
        result=[],
    )
    run.documents.set([document for document, _ in named.values()])
    facts = {"files": len(named)}
    record(chain=agency.slug, act="annual_report.check", subject=f"check:{run.pk}", facts=facts, actor=actor.username)
    enqueue(JOB, run.pk)
    return run


def work_off(run_id: int) -> None:
    """The job: file after file, each kept as it is done, so that a second start goes on where the first broke off."""
    run = CheckRun.objects.select_related("agency").filter(pk=run_id).first()
    while run is not None and run.done < run.total:
        place = run.done
        pk, name = run.options["files"][place]
        run = _keep(run, place, _checked(run, Document.objects.get(pk=pk), name))


@transaction.atomic
def _keep(run: CheckRun, place: int, found: dict[str, Any]) -> CheckRun:
    """Write what was found of one file, unless somebody else did in the meantime."""
    run = CheckRun.objects.select_for_update(of=("self",)).select_related("agency").get(pk=run.pk)
    if run.done == place:
        run.result = [*(run.result or []), found]
        run.done += 1
        run.finished_at = timezone.now() if run.done == run.total else None
        run.save(update_fields=["result", "done", "finished_at"])
    return run


def _checked(run: CheckRun, document: Document, name: str) -> dict[str, Any]:
    """What is kept of one file: who and when, whether whole, the findings; or why it could not be read."""
    try:
        report = read_incoming(read(document), name)
        level = AgencyLevel(run.options["level"]) if run.options["level"] else None
        own = _is_own(run.agency, report)
        if level is None and own:
            level = level_of(run.agency)
        before = year_before(run.agency, report.year) if own and report.year else None
        return {
            "file": name,
            "agency": report.agency,
            "year": report.year,
            "form": report.format.value,
            "complete": report.complete,
            "compared": before is not None,
            "findings": audited(report, level, before),
        }
    except DocumentError as error:
        return {"file": name, "error": [error.code, error.message.zh, error.message.en]}
    except Exception:
        log.exception("check %s of %s", run.pk, name)
        return {"file": name, "error": ["broken", _BROKEN.zh, _BROKEN.en]}


def _is_own(agency: Agency, report: Report) -> bool:
    return match(report.agency or "", [Named(agency.pk, agency.name, agency.short_name)]).certain is not None
