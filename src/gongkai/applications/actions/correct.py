"""补正: the agency asks once what to correct, and the applicant answers (条例 30)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.applications.actions.add_paper import Upload, file_papers
from gongkai.applications.correspondence import ask_correction
from gongkai.applications.history import acting_role, locked, take
from gongkai.applications.models import Application, PaperKind
from gongkai.applications.spoken_identity import without_identity
from gongkai.law.procedure import Role, StepKind
from gongkai.law.texts import Text


@transaction.atomic
def notify_correction(
    *, case_id: int, actor: Person, on: date, points: Sequence[str], correct_by: date, seen: int | None = None
) -> Application:
    """Tell the applicant, once, everything that must be corrected and by when; the letter goes with the step."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.CORRECTION_NOTICE)
    kept = [point.strip() for point in points if point.strip()]
    if not kept:
        raise Invalid("points", Text("请写明需要补正的事项。", "Say what must be corrected."))
    facts = {"points": kept, "correct_by": correct_by.isoformat()}
    step = take(application, StepKind.CORRECTION_NOTICE, on=on, actor=actor, role=role, facts=facts)
    ask_correction(application, step)
    return application


@transaction.atomic
def receive_correction(
    *, case_id: int, on: date, text: str, papers: Iterable[Upload] = (), actor: Person | None = None,
    seen: int | None = None,
) -> Application:  # fmt: skip
    """The correction came in, from the applicant on line (`actor` None) or entered by a clerk: the limit runs anew."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.CORRECTED) if actor else Role.APPLICANT
    if not text.strip():
        raise Invalid("text", Text("请填写补正内容。", "Fill in the correction."))
    told, original = without_identity(text, "补正原文.txt")
    step = take(application, StepKind.CORRECTED, on=on, actor=actor, role=role, facts={"text": told})
    file_papers(application, PaperKind.CORRECTION, [*original, *papers], actor=actor, step=step)
    return application
