"""What the holder of a query code sees of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, Q, QuerySet, Value

from gongkai.agencies.selectors import calendar, today
from gongkai.applications.enclosures import sent_enclosures
from gongkai.applications.history import RULES, STEPS_WITH_ACTION, case_of
from gongkai.applications.models import TO_APPLICANT, Application, Letter, LetterKind, Paper, Step
from gongkai.law import procedure
from gongkai.law.clock import Reckoning
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Case, Role, StepKind
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar

NOT_CONFIRMED = Text(
    "您的申请已经提交，工作人员将与您确认收到；答复期限自双方确认之日的次日起计算（《政府信息公开条例》第三十一条）。",
    "Your application was sent. Staff will confirm its receipt with you; the reply limit runs from the day after "
    "both sides have confirmed it (Regulation, art. 31).",
)


@dataclass(frozen=True)
class Asked:
    """What the agency awaits from the applicant: what it asked, and the last day."""

    facts: Mapping[str, Any]
    by: date | None


@dataclass(frozen=True)
class Outgoing:
    """What went out to the applicant, oldest first. `replaced_by` tells of a reply which later one holds."""

    letters: tuple[Letter, ...]
    enclosures: tuple[Paper, ...]
    replaced_by: Mapping[int, Letter]


@dataclass(frozen=True)
class PublicCase:
    """What the holder of the query code sees. `steps` tell what happened and when, not who did it or what was proposed.

    `answered_on` is the day of the reply of this round: None again after 重新办理.
    """

    application: Application
    progress: Text
    reckoning: Reckoning | None
    letters: tuple[Letter, ...]
    enclosures: tuple[Paper, ...]
    replaced_by: Mapping[int, Letter]
    steps: tuple[procedure.Step, ...]
    correction: Asked | None
    reasons: Asked | None
    fee: Asked | None
    may_withdraw: bool
    may_rate: bool
    outcome: Outcome | None
    answered_on: date | None
    split: bool
    said: Mapping[StepKind, str]


def public_case(application: Application, on: date | None = None) -> PublicCase:
    """The progress of one case in public words, its clock, what is asked of the applicant, and what went out to them."""
    rows = tuple(application.steps.order_by("number"))
    case, day, days = case_of(rows), on or today(), calendar()
    out = _outgoing(application, rows)
    return PublicCase(
        application=application,
        progress=procedure.public_progress(case) if case else NOT_CONFIRMED,
        reckoning=procedure.reckoning(case, days, day) if case else None,
        letters=out.letters,
        enclosures=out.enclosures,
        replaced_by=out.replaced_by,
        steps=tuple(map(_public_step, rows)),
        correction=_asked(rows, StepKind.CORRECTION_NOTICE, case.correct_by)
        if case and case.correction_awaited and case.delivered is None
        else None,
        reasons=_reasons(case, rows, days, day),
        fee=_fee(case, rows, days),
        may_withdraw=_may(case, StepKind.WITHDRAWAL, days, day),
        may_rate=bool(case and case.replies) and not hasattr(application, "rating"),
        outcome=case.outcome if case and case.delivered else None,
        answered_on=case.delivered if case else None,
        split=application.split_from_id is not None or any("matter" in row.facts for row in rows),
        said=_said(rows),
    )


def _public_step(row: Step) -> procedure.Step:
    """The kind and the day of a step alone. A proof of service counts on the day that the reply arrived."""
    received = row.facts.get("received") if row.kind == StepKind.SERVED.value else None
    return procedure.Step(StepKind(row.kind), date.fromisoformat(received) if received else row.on, Role(row.role))


def _asked(rows: Sequence[Step], kind: StepKind, by: date | None) -> Asked:
    """What was asked last in a step of this kind."""
    return Asked(next((row.facts for row in reversed(rows) if row.kind == kind.value), {}), by)


def _reasons(case: Case | None, rows: Sequence[Step], days: Calendar, day: date) -> Asked | None:
    """Reasons are given while they are awaited, late or not."""
    if case is None or not case.reasons_awaited or not _may(case, StepKind.REASONS_GIVEN, days, day):
        return None
    return _asked(rows, StepKind.REASONS_ASKED, case.reasons_by)


def _fee(case: Case | None, rows: Sequence[Step], days: Calendar) -> Asked | None:
    """A fee is paid while it is awaited, late or not, until the case was closed for it."""
    limit = procedure.payment_limit(case, days) if case and case.delivered is None else None
    return _asked(rows, StepKind.FEE_NOTICE, limit.day) if limit else None


def _may(case: Case | None, kind: StepKind, days: Calendar, day: date) -> bool:
    """Whether the applicant may take this step today."""
    if case is None or kind not in STEPS_WITH_ACTION:
        return False
    step = procedure.Step(kind, max(day, case.last_day), Role.APPLICANT)
    return procedure.refusal(case, step, days, max(day, case.last_day), RULES) is None


def _said(rows: Sequence[Step]) -> Mapping[StepKind, str]:
    """What the applicant answered last, so that an answer sent twice is known again."""
    kinds = {StepKind.CORRECTED: "text", StepKind.REASONS_GIVEN: "text", StepKind.WITHDRAWAL: "reason"}
    return {StepKind(row.kind): str(row.facts.get(kinds[StepKind(row.kind)], "")) for row in rows if row.kind in kinds}


def _outgoing(application: Application, rows: Sequence[Step]) -> Outgoing:
    """Letters to the applicant, and what went out with the reply: a reply has gone out only when it was delivered, not
    when it was signed. One query for both."""
    number_of = {row.pk: row.number for row in rows}
    delivered = max((row.number for row in rows if row.kind == StepKind.DELIVER.value), default=0)
    letters, papers = [], []
    for source, key, kind, name, day, replaces, content, step in _listed(application, rows):
        if source == "paper":
            papers.append(Paper(pk=key, application=application, kind=kind, name=name))
        elif kind != LetterKind.REPLY or number_of[step] < delivered:
            made = {"number": name, "on": day, "replaces_id": replaces, "content_id": content, "step_id": step}
            letters.append(Letter(pk=key, application=application, kind=kind, **made))
    replaced_by = {letter.replaces_id: letter for letter in letters if letter.replaces_id}
    return Outgoing(tuple(letters), tuple(papers), replaced_by)


def _listed(application: Application, rows: Sequence[Step]) -> list[tuple[Any, ...]]:
    """Source, key, kind, name or number, day, what it replaces, its content as data, step; in the order in which they were
    made."""
    letters: QuerySet[Any, Any] = application.letters.filter(kind__in=TO_APPLICANT).order_by()
    papers: QuerySet[Any, Any] = sent_enclosures(application, rows).order_by()
    source = {name: Value(name, output_field=CharField()) for name in ("letter", "paper")}
    day, nothing = Value(None, output_field=DateField()), Value(None, output_field=BigIntegerField())
    columns = (source["letter"], "pk", "kind", "number", "on", "replaces_id", "content_id", "step_id")
    both = letters.values_list(*columns).union(
        papers.values_list(source["paper"], "pk", "kind", "name", day, nothing, nothing, "step_id"), all=True
    )
    return sorted(both, key=lambda row: (row[0], row[1]))


def public_letter(application: Application, letter_id: int) -> Letter | None:
    """A letter of this very application that is addressed to the applicant and has gone out."""
    known = {letter.pk for letter in _outgoing(application, tuple(application.steps.order_by("number"))).letters}
    found = application.letters.select_related("document").filter(pk=letter_id).first()
    return found if found is not None and found.pk in known else None


def public_enclosure(application: Application, paper_id: int) -> Paper | None:
    """A paper that was sent along with the reply to this very application."""
    known = {paper.pk for paper in _outgoing(application, tuple(application.steps.order_by("number"))).enclosures}
    found = application.papers.select_related("document").filter(pk=paper_id).first()
    return found if found is not None and found.pk in known else None


def family_of(application: Application) -> list[Application]:
    """The other cases that were made of the same form (一事一申请), the first one first. They have one applicant, so
    whoever proved the code of one sees all."""
    root = application.split_from_id or application.pk
    return list(Application.objects.filter(Q(pk=root) | Q(split_from=root)).exclude(pk=application.pk).order_by("pk"))
