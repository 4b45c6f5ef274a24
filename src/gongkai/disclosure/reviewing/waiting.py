"""What waits for a person, and what of theirs is under way: due first, then the oldest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import calendar, roles_held
from gongkai.disclosure.models import Revision, RevisionStep
from gongkai.disclosure.reviewing.telling import TURNS
from gongkai.disclosure.visibility import revisions_for
from gongkai.law.article20 import publish_by
from gongkai.law.errors import CalendarError
from gongkai.law.procedure import Role
from gongkai.law.publication import ROUNDS, UNDER_REVIEW, PublicationAct, RevisionState
from gongkai.law.working_days import Calendar

#: More than this nobody has before them; what is beyond it comes up when these are done.
MOST = 500
#: Working days (条例 26), where the column sets no other limit.
LIMIT = 20


@dataclass(frozen=True)
class Waiting:
    """A revision under way, with the last day to publish it (条例 26), where that can be reckoned."""

    revision: Revision
    due_on: date | None
    late: bool

    @property
    def state(self) -> RevisionState:
        return RevisionState(self.revision.state)


def waiting_for(person: Person, day: date) -> list[Waiting]:
    """Whose turn is this person's: a round that they may pass, neither having written it nor passed one before; or what is
    approved and has no hour, for whoever publishes."""
    rows = _light(revisions_for(person).filter(_turns(roles_held(person))))[:MOST]
    return _sorted(_not_own(person, list(rows)), day)


def under_way(person: Person, day: date) -> list[Waiting]:
    """Everything else of their agencies that is with others, or waits for its hour."""
    states = [*UNDER_REVIEW, RevisionState.APPROVED]
    rows = list(_light(revisions_for(person).filter(state__in=states))[:MOST])
    mine = {one.revision.pk for one in waiting_for(person, day)}
    return _sorted([row for row in rows if row.pk not in mine], day)


def _light(rows: QuerySet[Revision]) -> QuerySet[Revision]:
    return rows.defer("body", "title_note").select_related("made_by").order_by("pk")


def _turns(held: Mapping[int, frozenset[Role]]) -> Q:
    """The states in which it is this person's turn, agency by agency."""
    turns = Q(pk__in=[])
    for agency, roles in held.items():
        states = [state for state, wanted in TURNS.items() if wanted & roles]
        turns |= Q(item__agency=agency, state__in=states) & (
            ~Q(state=RevisionState.APPROVED) | Q(publish_from__isnull=True)
        )
    return turns


def _not_own(person: Person, rows: list[Revision]) -> list[Revision]:
    """Without the rounds that the person may not pass: their own work, or another round of theirs."""
    rounds = [row.pk for row in rows if row.state != RevisionState.APPROVED]
    written = set(
        Revision.objects.filter(Q(made_by=person) | Q(writers=person), pk__in=rounds).values_list("pk", flat=True)
    )
    acts = [PublicationAct.BEGIN, PublicationAct.SUBMIT, *ROUNDS.values()]
    steps = list(
        RevisionStep.objects.filter(revision__in=rounds, act__in=acts).values_list("revision", "number", "act", "actor")
    )
    submitted: dict[int, int] = {}
    for revision, number, act, _actor in steps:
        if act == PublicationAct.SUBMIT:
            submitted[revision] = max(number, submitted.get(revision, 0))
    for revision, number, act, actor in steps:
        begun = act in (PublicationAct.BEGIN, PublicationAct.SUBMIT)
        if actor == person.pk and (begun or number > submitted.get(revision, 0)):
            written.add(revision)
    return [row for row in rows if row.pk not in written]


def _sorted(rows: Iterable[Revision], day: date) -> list[Waiting]:
    days = calendar()
    found = [_judged(row, day, days) for row in rows]
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on or date.max, one.revision.pk))


def _judged(row: Revision, day: date, days: Calendar) -> Waiting:
    due = due_day(row, days)
    return Waiting(row, due, due is not None and due < day)


def due_day(revision: Revision, calendar: Calendar) -> date | None:
    """20 working days from the day it was formed or changed (条例 26); None without that day, or outside the calendar, and
    for a withdrawal, which no article gives a date."""
    formed = revision.formed_on or revision.made_on
    if formed is None or revision.purpose == "withdraw":
        return None
    return due_after(formed, revision.column.due_days if revision.column else LIMIT, calendar)


def due_after(formed: date, limit: int, calendar: Calendar) -> date | None:
    """The same of a day and a limit in working days."""
    try:
        return (publish_by(formed, calendar) if limit == LIMIT else calendar.add_working_days(formed, limit)).day
    except CalendarError:
        return None
