"""说明理由: number or frequency are clearly beyond reason, so the applicant is asked why (条例 35)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.applications.actions.add_paper import Upload, file_papers
from gongkai.applications.correspondence import request_reasons, tell_delay
from gongkai.applications.history import acting_role, locked, take
from gongkai.applications.models import Application, PaperKind
from gongkai.applications.spoken_identity import without_identity
from gongkai.law.procedure import Role, StepKind
from gongkai.law.texts import Text


@transaction.atomic
def ask_reasons(
    *, case_id: int, actor: Person, on: date, volume: str, until: date, seen: int | None = None
) -> Application:
    """Ask for the reasons, once. `volume` says which number and frequency are beyond reason; `until` is the last day
    to answer. The reply limit runs on [I]."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.REASONS_ASKED)
    if not volume.strip():
        message = Text("请写明数量、频次为何明显超过合理范围。", "Say which number and frequency are beyond reason.")
        raise Invalid("volume", message)
    facts = {"volume": volume.strip(), "until": until.isoformat()}
    step = take(application, StepKind.REASONS_ASKED, on=on, actor=actor, role=role, facts=facts)
    request_reasons(application, step)
    return application


@transaction.atomic
def receive_reasons(
    *, case_id: int, on: date, text: str, papers: Iterable[Upload] = (), actor: Person | None = None,
    seen: int | None = None,
) -> Application:  # fmt: skip
    """The reasons came in, from the applicant on line (`actor` None) or entered by a clerk."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.REASONS_GIVEN) if actor else Role.APPLICANT
    if not text.strip():
        raise Invalid("text", Text("请填写申请的理由。", "Fill in the reasons."))
    told, original = without_identity(text, "说明理由原文.txt")
    step = take(application, StepKind.REASONS_GIVEN, on=on, actor=actor, role=role, facts={"text": told})
    file_papers(application, PaperKind.REASONS, [*original, *papers], actor=actor, step=step)
    return application


@transaction.atomic
def agree_delay(
    *, case_id: int, actor: Person, on: date, until: date, reason: str, seen: int | None = None
) -> Application:
    """延迟答复: the reasons are good, the limit cannot be kept; a reasonable period is set and the applicant is told."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.AGREED_DELAY)
    if not reason.strip():
        message = Text("请写明为何不能按期答复。", "Say why the limit cannot be kept.")
        raise Invalid("reason", message)
    facts = {"until": until.isoformat(), "reason": reason.strip()}
    step = take(application, StepKind.AGREED_DELAY, on=on, actor=actor, role=role, facts=facts)
    tell_delay(application, step)
    return application
