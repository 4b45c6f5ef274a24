"""Children's reports that came as files: a clerk of the parent sends many in at once, a job for each reads it.

A file that cannot be read stops none of the others. Whose report it is stands in its title; where that is not certain, a
person says so (`settle_file`), and the job goes on.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_held
from gongkai.annual_report.child_names import Match, Named, match, normal
from gongkai.annual_report.duties import level_of
from gongkai.annual_report.incoming import audited, read_incoming, require_of
from gongkai.annual_report.models import IncomingFile, IncomingState, Submission
from gongkai.annual_report.reading import Report
from gongkai.annual_report.submissions import (
    Coming,
    SubmissionNotFound,
    held,
    newest_of,
    refused,
    require_handler,
    take_in,
)
from gongkai.annual_report.tree import children_of, everybody_below
from gongkai.annual_report.year_before import received_before
from gongkai.documents.errors import DocumentError
from gongkai.documents.models import Document
from gongkai.documents.store import read
from gongkai.jobs import enqueue
from gongkai.law.errors import LawError
from gongkai.law.texts import Text

JOB = "gongkai.annual_report.aggregate_jobs.read_file"
#: What a person said of a file whose title was not certain: keep the name as it is.
AS_NAMED = 0
log = logging.getLogger(__name__)
_BROKEN = Text(
    "系统出错，没有接收。请重新上传；仍然不行的，请告知管理员。",
    "Something went wrong. Send it again; if it fails again, tell the administrator.",
)


@transaction.atomic
def receive_files(*, actor: Person, parent: Agency, year: int, files: Sequence[tuple[Document, str]]) -> uuid.UUID:
    """Have these files (with the names they came under) read. Returns the batch. Raises SubmissionNotFound, NotAllowed,
    Invalid where there is no file."""
    require_handler(actor, parent)
    if not files:
        raise Invalid("files", Text("请选择文件。", "Choose files."))
    batch = uuid.uuid4()
    for document, name in {document.pk: (document, name) for document, name in files}.values():
        row = IncomingFile.objects.create(
            parent=parent, year=year, batch=batch, document=document, name=name[:200], by=actor
        )
        enqueue(JOB, row.pk, None)
    return batch


@transaction.atomic
def settle_file(*, actor: Person, file_id: int, child_id: int | None) -> IncomingFile:
    """Say whose report a file is: a child's key, or AS_NAMED to keep the name of its title; None: not taken at all.
    Raises SubmissionNotFound, NotAllowed, SubmissionRefused where nobody asks any more, Invalid for no child."""
    files = IncomingFile.objects.filter(parent__in=roles_held(actor)).select_related("parent")
    row = files.select_for_update(of=("self",)).filter(pk=file_id).first()
    if row is None:
        raise SubmissionNotFound
    require_handler(actor, row.parent)
    if row.state != IncomingState.ASK:
        raise refused("settled", "这个文件已经处理。", "This file was dealt with already.")
    if child_id is None:
        return _refuse(row, Text("经核对，不接收这个文件。", "Looked over and not taken."))
    if child_id == AS_NAMED and not row.agency_name:
        raise Invalid("child", Text("标题中没有机关名称，请选择机关。", "Its title names no agency: choose one."))
    if child_id != AS_NAMED and not children_of(row.parent).filter(pk=child_id).exists():
        raise Invalid("child", Text("请选择下级机关。", "Choose an agency below this one."))
    row.state = IncomingState.WAITING
    row.save(update_fields=["state"])
    enqueue(JOB, row.pk, child_id)
    return row


def read_file(file_id: int, said: int | None = None) -> None:
    """The job: read, find whose it is, audit, take in; or ask; or refuse. Done before, it is left alone."""
    row = IncomingFile.objects.select_related("parent", "document", "by").get(pk=file_id)
    if row.state != IncomingState.WAITING:
        return
    try:
        report = read_incoming(read(row.document), row.name)
        require_of(report, row.year)
        row.agency_name = (report.agency or "")[:120]
        found = Match(said) if said is not None else whose(row.parent, row.agency_name)
        if found.certain is None and (found.candidates or not row.agency_name):
            _ask(row, found)
        else:
            _take(row, report, found.certain or AS_NAMED)
    except (DocumentError, LawError) as error:
        _refuse(row, error.message)
    except Exception:
        log.exception("incoming file %s", row.pk)
        _refuse(row, _BROKEN)


def whose(parent: Agency, name: str) -> Match:
    """The child that a title names. Raises SubmissionRefused for the parent itself and for who stands further below:
    their numbers are in other reports already."""
    if normal(name) == normal(parent.name):
        raise refused("own_report", "这是本机关的报告，不是下级机关的。", "This is the agency's own report.")
    below = [*everybody_below(parent).values_list("pk", "name", "short_name", "depth")]
    children = [Named(*one) for *one, depth in below if depth == parent.depth + 1]
    found = match(name, children)
    deeper = [each for _, each, _, depth in below if depth > parent.depth + 1]
    if found.certain is None and normal(name) in map(normal, deeper):
        raise refused(
            "further_below",
            f"{name}的数据由其上级机关汇总报送，这里不再单独接收，以免重复计算。",
            f"{name} is counted in the aggregate report of the agency above it; taken here it would count twice.",
        )
    return found


def _take(row: IncomingFile, report: Report, child_id: int) -> Submission:
    child = Agency.objects.filter(pk=child_id).first() if child_id != AS_NAMED else None
    name = child.name if child else row.agency_name
    before = received_before(row.parent, row.year, child, name)
    findings = audited(report, level_of(child) if child else None, before)
    with transaction.atomic():
        parent = held(row.parent_id)
        _require_waiting(row)
        _require_another_file(parent, row, child, name)
        coming = Coming(row.year, child, name, report.tables, findings, document=row.document)
        taken = take_in(parent, coming, actor=row.by, act="receive_file", chain=parent.slug)
        row.state, row.submission = IncomingState.TAKEN, taken
        row.save()
    return taken


def _require_waiting(row: IncomingFile) -> None:
    """The job may run twice at once."""
    if not IncomingFile.objects.filter(pk=row.pk, state=IncomingState.WAITING).exists():
        raise refused("settled", "这个文件已经处理。", "This file was dealt with already.")


def _require_another_file(parent: Agency, row: IncomingFile, child: Agency | None, name: str) -> None:
    newest = newest_of(parent, row.year, child, name)
    if newest is not None and newest.document_id == row.document_id:
        raise refused(
            "same_file",
            f"与{name}最近一次报送的是同一个文件（{newest.get_state_display()}）。",
            f"The very file that {name} sent last ({newest.state}).",
        )


def _ask(row: IncomingFile, found: Match) -> None:
    _set(row, state=IncomingState.ASK, agency_name=row.agency_name, candidates=list(found.candidates))


def _refuse(row: IncomingFile, why: Text) -> IncomingFile:
    return _set(row, state=IncomingState.REFUSED, agency_name=row.agency_name, why_zh=why.zh[:500], why_en=why.en[:500])


def _set(row: IncomingFile, **columns: object) -> IncomingFile:
    """Never over what another run of the job has taken in meanwhile."""
    open_ones = (IncomingState.WAITING, IncomingState.ASK)
    IncomingFile.objects.filter(pk=row.pk, state__in=open_ones).update(**columns)
    row.refresh_from_db()
    return row
