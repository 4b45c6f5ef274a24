"""Reads of applications, the reader first. Fetching is the permission check: no view ever asks for a case otherwise."""

from __future__ import annotations

import operator
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from django.db.models import F, Q, QuerySet

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import appointments_of, calendar, roles_of, today
from gongkai.applications.errors import CaseNotFound
from gongkai.applications.history import READING_ROLES, RULES, STEPS_WITH_ACTION, case_of, reckoning_of
from gongkai.applications.models import TO_APPLICANT, Application, ClockState, Letter, LetterKind, Step
from gongkai.applications.query_codes import index_of
from gongkai.law import procedure
from gongkai.law.clock import Reckoning
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Case, Duty, Role, Stage, StepKind
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar

PAGE = 50
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
    held, day, days = _roles_held(person), on or today(), calendar()
    base = cases_for(person)
    still_open = _in_view(base, "open", held, day)
    shown, cursor = _page(_in_view(base, view, held, day), view, after)
    counts = {
        "mine": _capped(_in_view(base, "mine", held, day)),
        "open": _capped(still_open),
        "late": _capped(still_open.filter(_running(day), answered_on__isnull=True, due_on__lt=day)),
    }
    return InboxPage(tuple(_row(application, held, day, days) for application in shown), cursor, counts)


#: The roles a person holds, by agency: who is a clerk here need not be one there.
RolesHeld = Mapping[int, set[Role]]


def _roles_held(person: Person) -> RolesHeld:
    held: dict[int, set[Role]] = defaultdict(set)
    for agency, role in appointments_of(person).values_list("agency", "role"):
        held[agency].add(Role(role))
    return held


def _steps_of(roles: set[Role]) -> list[str]:
    return [kind.value for kind, rule in procedure.STEPS.items() if roles & set(rule.roles)]


def _in_view(base: QuerySet[Application], view: str, held: RolesHeld, on: date) -> QuerySet[Application]:
    if view == "all":
        return base
    still_open = base.filter(archived_on__isnull=True)
    if view == "open":
        return still_open
    return still_open.filter(reduce(operator.or_, (_mine(*roles, on) for roles in held.items()), Q(pk__in=[])))


def _mine(agency: int, roles: set[Role], on: date) -> Q:
    waits = Q(waits_until__isnull=True) | Q(waits_until__gte=on)
    mine = waits & Q(next_step__in=_steps_of(roles))
    if Role.DRAFTER in roles:
        mine |= Q(waits_until__lt=on)
    return Q(agency=agency) & mine


def _running(on: date) -> Q:
    """Cases whose clock runs that day: a consultation that was not answered in time holds it no longer (条例 32, 34)."""
    return ~Q(clock_state=ClockState.PAUSED) | Q(stage=Stage.CONSULT.value, waits_until__lt=on)


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


def _beyond(due: date | None, pk: int) -> Q:
    if due is None:
        return Q(due_on__isnull=False) | Q(due_on__isnull=True, pk__gt=pk)
    return Q(due_on__gt=due) | Q(due_on=due, pk__gt=pk)


_CURSOR = re.compile(r"(\d{4}-\d{2}-\d{2})?\.(\d{1,18})", re.ASCII)


def _write_cursor(application: Application) -> str:
    due = application.due_on.isoformat() if application.due_on else ""
    return f"{due}.{application.pk}"


def _read_cursor(text: str) -> tuple[date | None, int] | None:
    """A cursor that was not written by us is as none: the first page."""
    found = _CURSOR.fullmatch(text)
    try:
        return (date.fromisoformat(found[1]) if found[1] else None, int(found[2])) if found else None
    except ValueError:
        return None


def _row(application: Application, held: RolesHeld, on: date, days: Calendar) -> InboxRow:
    duty = None
    if application.next_step:
        lapsed = application.waits_until is not None and application.waits_until < on
        duty = duty_of(StepKind.OPINION if lapsed else StepKind(application.next_step))
    mine = bool(duty and held[application.agency_id] & set(duty.roles))
    return InboxRow(application, duty, mine, days_left(application, on, days))


def days_left(application: Application, on: date, days: Calendar | None = None) -> int | None:
    """Working days from `on` to the due date; negative when late; None where nothing is due or the clock stands."""
    if application.due_on is None or _stands(application, on):
        return None
    days = days or calendar()
    if application.due_on < on:
        # Late on the weekend after the due date is late, though no working day has gone by.
        return -max(days.working_days_between(application.due_on, on), 1)
    return days.working_days_between(on, application.due_on)


def _stands(application: Application, on: date) -> bool:
    """Whether nothing runs that day; the twin of `_running`."""
    if application.clock_state == ClockState.CLOSED:
        return True
    silent = application.stage == Stage.CONSULT and application.waits_until and application.waits_until < on
    return application.clock_state == ClockState.PAUSED and not silent


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
    asking = _Asking(case, roles_of(person, application.agency), str(person.pk), day, calendar())
    allowed = _allowed(asking)
    return CasePage(
        application=application,
        case=case,
        reckoning=reckoning_of(case, day),
        steps=rows,
        letters=tuple(application.letters.select_related("document").order_by("id")),
        duty=duty_now(case, day),
        allowed=allowed,
        outcomes=procedure.allowed_outcomes(case, asking.days, day, RULES) if case else (),
        refused=_refused(asking, allowed),
        open_consultations=tuple(rows[place] for place in case.open_consultations) if case else (),
        opinion=last_opinion(rows),
        roles=asking.roles,
        sees_identity=bool(asking.roles & IDENTITY_ROLES),
    )


def duty_now(case: Case | None, day: date) -> Duty | None:
    """What has to happen next; before the receipt is confirmed that is to register."""
    return procedure.next_duty(case, calendar(), day) if case else duty_of(StepKind.REGISTER)


def duty_of(kind: StepKind) -> Duty:
    """A step as a duty, in the words of the table."""
    return Duty(kind, procedure.STEPS[kind].roles, kind.label)


@dataclass(frozen=True)
class _Asking:
    """Who asks, on which day, what may be done in which case."""

    case: Case | None
    roles: frozenset[Role]
    actor: str
    day: date
    days: Calendar


def _allowed(asking: _Asking) -> tuple[StepKind, ...]:
    """The steps that one of these roles may take today, and this very person too (nobody signs his own draft)."""
    case = asking.case
    if case is None:
        return (StepKind.REGISTER,) if asking.roles & set(procedure.STEPS[StepKind.REGISTER].roles) else ()
    able = {
        kind
        for role in asking.roles
        for kind in procedure.allowed_steps(case, role, asking.days, asking.day, RULES)
        if kind in STEPS_WITH_ACTION
    }
    if StepKind.SIGN in able and _refusal(asking, StepKind.SIGN):
        able.discard(StepKind.SIGN)
    return tuple(kind for kind in StepKind if kind in able)


def _refusal(asking: _Asking, kind: StepKind) -> procedure.Refusal | None:
    """Why the step cannot be taken by these roles; None where it can, or is none of theirs."""
    acting = next((role for role in procedure.STEPS[kind].roles if role in asking.roles), None)
    if acting is None:
        return None
    # An opinion that names no outcome would be refused for just that, and not for what stands in its way.
    outcome = Outcome.GRANTED if kind is StepKind.OPINION else None
    step = procedure.Step(kind=kind, on=asking.day, role=acting, actor=asking.actor, outcome=outcome)
    return procedure.refusal(asking.case, step, asking.days, asking.day, RULES)


def _refused(asking: _Asking, allowed: tuple[StepKind, ...]) -> tuple[RefusedStep, ...]:
    """Why each other step of these roles cannot be taken now."""
    found = ((kind, _refusal(asking, kind)) for kind in StepKind if kind in STEPS_WITH_ACTION and kind not in allowed)
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
