"""重新办理: an answered case is worked on again, for an own error or because a review organ or a court said so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.applications.actions.add_paper import Upload, file_papers
from gongkai.applications.history import acting_role, locked, take
from gongkai.applications.models import Application, PaperKind
from gongkai.law.procedure import ReopenGround, Role, StepKind
from gongkai.law.texts import Text


@transaction.atomic
def reopen(
    *, case_id: int, actor: Person, on: date, ground: ReopenGround, document: str = "", reason: str = "",
    until: date | None = None, papers: Iterable[Upload] = (), seen: int | None = None,
) -> Application:  # fmt: skip
    """Reopen the case. `document` is the number of the review decision or the judgment, `until` the day it set for
    the new reply, if it did; `reason` says what was wrong. The next reply replaces the one that went out."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.REOPEN, _deciding(ground))
    _check(ground, document, reason)
    facts = {
        "ground": ground.value,
        "document": document.strip(),
        "reason": reason.strip(),
        "until": until.isoformat() if until else None,
    }
    step = take(application, StepKind.REOPEN, on=on, actor=actor, role=role, facts=facts)
    file_papers(application, PaperKind.REVIEW, papers, actor=actor, step=step)
    return application


def _deciding(ground: ReopenGround) -> Role | None:
    """Whether an own error is corrected, the approver decides."""
    return Role.APPROVER if ground is ReopenGround.ERROR else None


def _check(ground: ReopenGround, document: str, reason: str) -> None:
    if ground is ReopenGround.ERROR and not reason.strip():
        raise Invalid("reason", Text("请写明原答复有何错误。", "Say what is wrong with the reply."))
    if ground is not ReopenGround.ERROR and not document.strip():
        message = Text("请写明复议决定书或者判决书的文号。", "Give the number of the decision or the judgment.")
        raise Invalid("document", message)
