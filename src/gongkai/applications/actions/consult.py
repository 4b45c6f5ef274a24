"""征求意见: of a third party (条例 32), a co-producer (34) or another organ (33); its time is not counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.applications.actions.add_paper import Upload, file_papers
from gongkai.applications.correspondence import ask_opinion
from gongkai.applications.history import acting_role, locked, take
from gongkai.applications.models import Application, PaperKind
from gongkai.law.clock import Consulted
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text


@transaction.atomic
def consult(
    *, case_id: int, actor: Person, on: date, consulted: Consulted, addressee: str, text: str,
    received: date | None = None, seen: int | None = None,
) -> Application:  # fmt: skip
    """Ask someone's opinion. `text` says which information is meant (without telling who applied); `received` is the
    day they got the letter, where already known."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.CONSULTATION)
    if not addressee.strip():
        raise Invalid("addressee", Text("请写明向谁征求意见。", "Say whose opinion is asked."))
    if not text.strip():
        raise Invalid("text", Text("请写明所涉及的政府信息。", "Say which information is meant."))
    facts = {
        "consulted": consulted.value,
        "addressee": addressee.strip(),
        "text": text.strip(),
        "received": received.isoformat() if received else None,
    }
    step = take(application, StepKind.CONSULTATION, on=on, actor=actor, role=role, facts=facts)
    ask_opinion(application, step)
    return application


@transaction.atomic
def receive_opinion(
    *,
    case_id: int,
    actor: Person,
    on: date,
    consultation: int,
    objected: bool,
    text: str,
    papers: Iterable[Upload] = (),
    seen: int | None = None,
) -> Application:
    """The answer to consultation no. `consultation` (its step's number) came in."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.CONSULTATION_REPLY)
    if not application.steps.filter(number=consultation, kind=StepKind.CONSULTATION.value).exists():
        raise Invalid("consultation", Text("请选择所答复的征求意见。", "Choose the consultation that was answered."))
    facts = {"consultation": consultation, "objected": objected, "text": text.strip()}
    step = take(application, StepKind.CONSULTATION_REPLY, on=on, actor=actor, role=role, facts=facts)
    file_papers(application, PaperKind.OPINION, papers, actor=actor, step=step)
    return application
