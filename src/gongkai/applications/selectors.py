"""Reads of applications, the reader first. Fetching is the permission check: no view ever asks for a case otherwise."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import appointments_of, calendar, roles_of, today
from gongkai.applications.errors import CaseNotFound
from gongkai.applications.history import case_of, law_history, reckoning_of
from gongkai.applications.models import TO_APPLICANT, Application, ClockState, Letter, LetterKind, Step
from gongkai.applications.query_codes import index_of
from gongkai.law import procedure
from gongkai.law.clock import Reckoning
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Case, Duty, Role, StepKind
from gongkai.law.texts import Text

PAGE = 50
#: Roles that work on cases, or supervise those who do. Editors and administrators see none.
READING_ROLES = (Role.CLERK, Role.DRAFTER, Role.APPROVER, Role.SUPERVISOR)
#: Roles that need the applicant's identity whole: whoever checks it and addresses the letters (law.md §8.2 [I]).
IDENTITY_ROLES = frozenset({Role.CLERK})


def cases_for(person: Person) -> QuerySet[Application]:
    """Every application this person may read: those of the agencies where they hold a role that reads cases."""
    agencies = appointments_of(person).filter(role__in=[role.value for role in READING_ROLES]).values("agency")
    return Application.objects.filter(agency__in=agencies)


def case_for_reading(person: Person, case_id: int) -> Application:
    """One application. Raises CaseNotFound for a stranger exactly as for a number that does not exist."""
    found = cases_for(person).select_related("agency").filter(pk=case_id).first()
    if found is None:
        raise CaseNotFound
    return found


def letter_for_reading(person: Person, letter_id: int) -> Letter:
    """One letter of a case this person may read."""
    found = (
        Letter.objects.select_related("document", "application")
        .filter(pk=letter_id, application__in=cases_for(person))
        .first()
    )
    if found is None:
        raise CaseNotFound
    return found


@dataclass(frozen=True)
class InboxRow:
    """One line of the inbox: the case, what is to be done next, by whom, and how many days are left (negative: late)."""

    application: Application
    duty: Duty | None
    mine: bool
    days_left: int | None


@dataclass(frozen=True)
class InboxPage:
    rows: tuple[InboxRow, ...]
    next_cursor: str
    counts: Mapping[str, int]


VIEWS = ("mine", "open", "all")


def inbox(person: Person, *, view: str = "mine", after: str = "", on: date | None = None) -> InboxPage:
    """A page of cases, the most urgent first.

    `view`: mine (the next step is one of my roles'), open (not archived), all (newest first); `after` the cursor of
    the page before. 50 rows a page, found by key and not by counting.
    """
    roles = {Role(role) for role in appointments_of(person).values_list("role", flat=True)}
    base = cases_for(person)
    day = on or today()
    shown, cursor = _page(_in_view(base, view, roles, day), view, after)
    rows = tuple(_row(application, roles, day) for application in shown)
    counts = {
        "mine": _capped(_in_view(base, "mine", roles, day)),
        "open": _capped(_in_view(base, "open", roles, day)),
        "late": _capped(_in_view(base, "open", roles, day).filter(answered_on__isnull=True, due_on__lt=day)),
    }
    return InboxPage(rows, cursor, counts)


def _steps_of(roles: set[Role]) -> list[str]:
    return [kind.value for kind, rule in procedure.STEPS.items() if roles & set(rule.roles)]


def _in_view(base: QuerySet[Application], view: str, roles: set[Role], on: date) -> QuerySet[Application]:
    if view == "all":
        return base
    still_open = base.filter(archived_on__isnull=True)
    if view == "open":
        return still_open
    waits = Q(waits_until__isnull=True) | Q(waits_until__gte=on)
    mine = waits & Q(next_step__in=_steps_of(roles))
    if Role.DRAFTER in roles:
        mine |= Q(waits_until__lt=on)
    return still_open.filter(mine)


def _capped(rows: QuerySet[Application], most: int = 1000) -> int:
    """A count that never walks more than a thousand rows."""
    return rows.order_by()[:most].values("pk").count()


def _page(rows: QuerySet[Application], view: str, after: str) -> tuple[list[Application], str]:
    """One page and the cursor of the next, by (due date, id), or by falling id for everything. Cases whose receipt is
    not yet confirmed have no due date and stand first."""
    position = _read_cursor(after)
    if view == "all":
        ordered = rows.order_by("-id")
        if position:
            ordered = ordered.filter(pk__lt=position[1])
    else:
        ordered = rows.order_by(F("due_on").asc(nulls_first=True), "id")
        if position:
            ordered = ordered.filter(_beyond(*position))
    found = list(ordered.select_related("agency")[: PAGE + 1])
    cursor = _write_cursor(found[PAGE - 1]) if len(found) > PAGE else ""
    return found[:PAGE], cursor


def _beyond(due: str, pk: int) -> Q:
    if not due:
        return Q(due_on__isnull=False) | Q(due_on__isnull=True, pk__gt=pk)
    return Q(due_on__gt=due) | Q(due_on=due, pk__gt=pk)


def _write_cursor(application: Application) -> str:
    due = application.due_on.isoformat() if application.due_on else ""
    return base64.urlsafe_b64encode(json.dumps([due, application.pk]).encode()).decode()


def _read_cursor(text: str) -> tuple[str, int] | None:
    """A cursor that was not written by us is as none: the first page."""
    try:
        due, pk = json.loads(base64.urlsafe_b64decode(text.encode()))
        return (date.fromisoformat(due).isoformat() if due else "", int(pk)) if text else None
    except (ValueError, TypeError):
        return None


def _row(application: Application, roles: set[Role], on: date) -> InboxRow:
    duty = None
    if application.next_step:
        lapsed = application.waits_until is not None and application.waits_until < on
        duty = duty_of(StepKind.OPINION if lapsed else StepKind(application.next_step))
    mine = bool(duty and roles & set(duty.roles))
    return InboxRow(application, duty, mine, days_left(application, on))


def days_left(application: Application, on: date) -> int | None:
    """Working days from `on` to the due date; negative when late; None where nothing is due or the clock stands."""
    if application.due_on is None or application.clock_state in (ClockState.PAUSED, ClockState.CLOSED):
        return None
    if application.due_on < on:
        return -calendar().working_days_between(application.due_on, on)
    return calendar().working_days_between(on, application.due_on)


@dataclass(frozen=True)
class RefusedStep:
    """A step that cannot be taken now, and why."""

    kind: StepKind
    refusal: procedure.Refusal


@dataclass(frozen=True)
class CasePage:
    """Everything the case page shows."""

    application: Application
    case: Case | None
    reckoning: Reckoning | None
    steps: tuple[Step, ...]
    letters: tuple[Letter, ...]
    duty: Duty | None
    allowed: tuple[StepKind, ...]
    refused: tuple[RefusedStep, ...]
    outcomes: tuple[Outcome, ...]
    open_consultations: tuple[Step, ...]
    opinion: Mapping[str, Any]
    roles: frozenset[Role]
    sees_identity: bool


def case_page(person: Person, case_id: int, on: date | None = None) -> CasePage:
    """The case as this person may see it, with the steps they may take today and why not the others."""
    application = case_for_reading(person, case_id)
    day = on or today()
    rows = tuple(application.steps.select_related("actor").order_by("number"))
    case = case_of(rows)
    roles = roles_of(person, application.agency)
    allowed = tuple(kind for kind in StepKind if _may_take(case, kind, roles, str(person.pk), day))
    return CasePage(
        application=application,
        case=case,
        reckoning=reckoning_of(case, day),
        steps=rows,
        letters=tuple(application.letters.select_related("document").order_by("id")),
        duty=duty_now(case, day),
        allowed=allowed,
        outcomes=procedure.allowed_outcomes(case, calendar(), day) if case else (),
        refused=_refused(case, roles, str(person.pk), day, allowed),
        open_consultations=tuple(rows[place] for place in case.open_consultations) if case else (),
        opinion=last_opinion(rows),
        roles=roles,
        sees_identity=bool(roles & IDENTITY_ROLES),
    )


def duty_now(case: Case | None, day: date) -> Duty | None:
    """What has to happen next; before the receipt is confirmed that is to register."""
    return procedure.next_duty(case, calendar(), day) if case else duty_of(StepKind.REGISTER)


def duty_of(kind: StepKind) -> Duty:
    """A step as a duty, in the words of the table."""
    return Duty(kind, procedure.STEPS[kind].roles, kind.label)


def _may_take(case: Case | None, kind: StepKind, roles: frozenset[Role], actor: str, day: date) -> bool:
    """Whether one of these roles may take such a step today, and this very person too (nobody signs his own draft)."""
    if case is None:
        return kind is StepKind.REGISTER and bool(roles & set(procedure.STEPS[kind].roles))
    able = any(kind in procedure.allowed_steps(case, role, calendar(), day) for role in roles)
    return able and not (kind is StepKind.SIGN and _refusal(case, kind, roles, actor, day))


def _refusal(
    case: Case | None, kind: StepKind, roles: frozenset[Role], actor: str, day: date
) -> procedure.Refusal | None:
    acting = next((role for role in procedure.STEPS[kind].roles if role in roles), None)
    if acting is None:
        return None
    return procedure.refusal(case, procedure.Step(kind=kind, on=day, role=acting, actor=actor), calendar(), day)


def _refused(
    case: Case | None, roles: frozenset[Role], actor: str, day: date, allowed: tuple[StepKind, ...]
) -> tuple[RefusedStep, ...]:
    """Why each other step of these roles cannot be taken now."""
    found = ((kind, _refusal(case, kind, roles, actor, day)) for kind in StepKind if kind not in allowed)
    return tuple(RefusedStep(kind, refusal) for kind, refusal in found if refusal)


def last_opinion(rows: tuple[Step, ...]) -> Mapping[str, Any]:
    """The facts of the opinion that stands (after a return: the one that was sent back); empty before any."""
    return next((row.facts for row in reversed(rows) if row.kind == StepKind.OPINION.value), {})


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
    """What the holder of the query code sees."""

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
        steps=law_history(rows),
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
