"""A paper comes into a case: sent along by the applicant, or added by the office (办理材料, 送达回证, 复议诉讼材料)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.applications.enclosures import Upload, original_stays, redacted_original
from gongkai.applications.history import locked
from gongkai.applications.models import AFTER_CLOSING, PAPERS_OUT, Application, Paper, PaperKind, Step
from gongkai.documents.models import Document
from gongkai.documents.store import keep
from gongkai.jobs import enqueue
from gongkai.law.procedure import Role, Stage
from gongkai.law.texts import Text
from gongkai.ledger.actions import record

#: Who works on a case and so may add to it. A supervisor only reads.
ADDING_ROLES = (Role.CLERK, Role.DRAFTER, Role.UNIT_HEAD, Role.LEGAL_REVIEWER, Role.APPROVER)
#: What may go out, and what is covered before it does.
SCANNED = (*PAPERS_OUT, PaperKind.ORIGINAL)
__all__ = ["ADDING_ROLES", "Upload", "add_paper", "file_document", "file_papers"]


@transaction.atomic
def add_paper(
    *, case_id: int, actor: Person, kind: PaperKind, uploads: Iterable[Upload], seen: int | None = None
) -> list[Paper]:
    """Add papers to a case. Into a closed one come only those of review and court, and proofs of service."""
    application = locked(case_id, actor, seen)
    if roles_of(actor, application.agency).isdisjoint(ADDING_ROLES):
        raise NotAllowed(Text("只有办理本件的岗位可以添加材料。", "Only those who work on the case may add papers."))
    if application.stage == Stage.CLOSED and kind not in AFTER_CLOSING:
        message = Text(
            "本件已归档，只能添加复议、诉讼材料和送达回证。",
            "The case is archived: only papers of review and court, and proofs of service, may be added.",
        )
        raise Invalid("kind", message)
    return file_papers(application, kind, uploads, actor=actor)


def file_papers(
    application: Application,
    kind: PaperKind,
    uploads: Iterable[Upload],
    *,
    actor: Person | None,
    step: Step | None = None,
) -> list[Paper]:
    """Put papers into a locked case, in the transaction of the act they belong to. The same file twice is one paper."""
    return [_file(application, kind, upload, actor, step) for upload in uploads]


def _file(application: Application, kind: PaperKind, upload: Upload, actor: Person | None, step: Step | None) -> Paper:
    document = keep(upload.data, name=upload.name, media_type=upload.media_type)
    if kind == PaperKind.ENCLOSURE and redacted_original(application, document.digest):
        raise Invalid("enclosures", original_stays(upload.name))
    return file_document(application, kind, document, name=upload.name, actor=actor, step=step)


def file_document(
    application: Application,
    kind: PaperKind,
    document: Document,
    *,
    name: str,
    actor: Person | None,
    step: Step | None = None,
    redacted_from: Paper | None = None,
) -> Paper:
    """Put a file that is kept already into a locked case. What may go out, or be covered first, is scanned later."""
    paper, new = Paper.objects.get_or_create(
        application=application,
        kind=kind,
        document=document,
        defaults={"name": name, "step": step, "added_by": actor, "redacted_from": redacted_from},
    )
    if new:
        record(
            chain=application.agency.slug,
            act="applications.paper",
            subject=f"application:{application.pk}",
            facts={"paper": paper.pk, "kind": kind.value, "sha256": document.digest},
            actor=actor.username if actor else "",
        )
        if kind in SCANNED:
            enqueue("gongkai.applications.jobs.scan_document", document.pk)
    return paper
