"""What the holder of a query code sees of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.applications.history import case_of, reckoning_of
from gongkai.applications.models import TO_APPLICANT, Application, Letter, LetterKind
from gongkai.applications.query_codes import index_of
from gongkai.law import procedure
from gongkai.law.clock import Reckoning
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role, StepKind
from gongkai.law.texts import Text


def application_by_query_code(code: str) -> Application | None:
    """The application behind a query code, or None: nothing more is told to anyone."""
    return Application.objects.select_related("agency").filter(query_code_index=index_of(code)).first()


NOT_CONFIRMED = Text(
    "您的申请已经提交，工作人员将与您确认收到；答复期限自双方确认之日的次日起计算（《政府信息公开条例》第三十一条）。",
    "Your application was sent. Staff will confirm its receipt with you; the reply limit runs from the day after "
    "both sides have confirmed it (Regulation, art. 31).",
)


@dataclass(frozen=True)
class PublicCase:
    """What the holder of the query code sees. `steps` tell what happened and when, not who did it or what was proposed."""

    application: Application
    progress: Text
    reckoning: Reckoning | None
    letters: tuple[Letter, ...]
    steps: tuple[procedure.Step, ...]
    correction_open: bool
    correction_points: tuple[str, ...]
    correct_by: date | None
    outcome: Outcome | None


def public_case(application: Application, on: date | None = None) -> PublicCase:
    """The progress of one case in public words, its clock, and the letters addressed to the applicant."""
    rows = tuple(application.steps.order_by("number"))
    case = case_of(rows)
    notice: Mapping[str, Any] = next((row.facts for row in rows if row.kind == StepKind.CORRECTION_NOTICE.value), {})
    awaited = bool(case and case.correction_awaited)
    answered = bool(case and case.delivered)
    return PublicCase(
        application=application,
        progress=procedure.public_progress(case) if case else NOT_CONFIRMED,
        reckoning=reckoning_of(case, on),
        letters=_letters_out(application, answered=answered),
        steps=tuple(procedure.Step(StepKind(row.kind), row.on, Role(row.role)) for row in rows),
        correction_open=awaited,
        correction_points=tuple(notice.get("points", ())) if awaited else (),
        correct_by=case.correct_by if case and awaited else None,
        outcome=case.outcome if case and answered else None,
    )


def _letters_out(application: Application, *, answered: bool) -> tuple[Letter, ...]:
    """Letters to the applicant that have gone out: a reply is one only when it was sent, not when it was signed."""
    out = application.letters.filter(kind__in=TO_APPLICANT).select_related("document").order_by("id")
    return tuple(letter for letter in out if answered or letter.kind != LetterKind.REPLY)


def public_letter(application: Application, letter_id: int) -> Letter | None:
    """A letter of this very application that is addressed to the applicant and has gone out."""
    return next((letter for letter in public_case(application).letters if letter.pk == letter_id), None)
