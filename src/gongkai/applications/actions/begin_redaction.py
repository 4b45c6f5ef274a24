"""开始遮盖, 放弃遮盖: the work of covering parts of an original begins, or is given up (条例 37)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.applications.actions.add_paper import file_document
from gongkai.applications.actions.change_boxes import copied
from gongkai.applications.errors import CaseNotFound
from gongkai.applications.history import READING_ROLES, locked
from gongkai.applications.models import Application, Paper, PaperKind, Redaction, RedactionBox
from gongkai.applications.redaction_access import locked_draft, require_redactor
from gongkai.applications.redaction_engine import count_pages
from gongkai.jobs import enqueue
from gongkai.law.texts import Text
from gongkai.ledger.actions import record

#: What a redaction can be made of: the original; a file that was to go out whole, until somebody saw what is in it.
REDACTABLE = (PaperKind.ORIGINAL, PaperKind.ENCLOSURE)


def begin_redaction(*, paper_id: int, actor: Person) -> Redaction:
    """Begin, or go on where one is under way. Begun again after a copy was made, it starts with the boxes of that one.

    The file is opened before the transaction, which must not wait for it. Raises CannotRedact where it has no pages.
    """
    paper = Paper.objects.select_related("application__agency", "document").filter(pk=paper_id).first()
    if paper is None or roles_of(actor, paper.application.agency).isdisjoint(READING_ROLES):
        raise CaseNotFound
    require_redactor(paper.application, actor)
    _require_redactable(paper)
    pages = count_pages(paper.document)
    return _begin(paper.pk, actor, pages)


def _require_redactable(paper: Paper) -> None:
    if paper.kind not in REDACTABLE or paper.redacted_from_id is not None:
        message = Text(
            "只能遮盖“拟提供信息的原件”。请先把文件添加为原件。",
            "Only originals are redacted. Add the file as one first.",
        )
        raise Invalid("paper", message)


@transaction.atomic
def _begin(paper_id: int, actor: Person, pages: int) -> Redaction:
    paper = Paper.objects.select_related("document").get(pk=paper_id)
    application = locked(paper.application_id, actor)
    require_redactor(application, actor)
    original = _as_original(paper, application, actor)
    if standing := original.redactions.filter(copy=None).first():
        return standing
    before = original.redactions.order_by("id").last()
    redaction = Redaction.objects.create(
        paper=original, pages=pages, begun_by=actor, proposed_at=timezone.now() if before else None
    )
    if before:
        RedactionBox.objects.bulk_create(copied(box, redaction) for box in before.boxes.all())
    else:
        enqueue("gongkai.applications.jobs.propose_boxes", redaction.pk)
    tell(application, "applications.redaction_begun", redaction, actor)
    return redaction


def _as_original(paper: Paper, application: Application, actor: Person) -> Paper:
    """A file that was to go out whole becomes an original: by its own bytes it can go out no more."""
    if paper.kind == PaperKind.ORIGINAL:
        return paper
    return file_document(application, PaperKind.ORIGINAL, paper.document, name=paper.name, actor=actor)


@transaction.atomic
def drop_redaction(*, redaction_id: int, actor: Person, seen: int | None = None) -> Paper:
    """Give up a draft: its boxes go, the original stays. What was finished is never given up."""
    redaction = locked_draft(redaction_id, actor, seen)
    paper = redaction.paper
    tell(paper.application, "applications.redaction_dropped", redaction, actor)
    redaction.delete()
    return paper


def tell(application: Application, act: str, redaction: Redaction, actor: Person) -> None:
    """Into the ledger: which redaction of which original."""
    record(
        chain=application.agency.slug,
        act=act,
        subject=f"application:{application.pk}",
        facts={"redaction": redaction.pk, "paper": redaction.paper_id},
        actor=actor.username,
    )
