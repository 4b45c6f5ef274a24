"""分办: a case is given to a unit or a person; whoever is free takes unclaimed work (认领). The office's order of work,
no law: the next duty stays with its role, and every change is a row of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Agency, Appointment, Person, Unit
from gongkai.agencies.selectors import appointments_of, calendar, roles_held, roles_of, today
from gongkai.applications.errors import CaseNotFound
from gongkai.applications.history import READING_ROLES
from gongkai.applications.models import Application, Assignment
from gongkai.applications.notices import tell_assigned
from gongkai.law.procedure import Role, Stage
from gongkai.law.texts import Text
from gongkai.ledger.actions import record

#: Who gives work out: the clerk of the office and the head. A unit's head shares out what the unit was given.
ASSIGNING_ROLES = frozenset({Role.CLERK, Role.APPROVER})
#: Who can have a case.
HOLDING_ROLES = frozenset({Role.CLERK, Role.DRAFTER, Role.UNIT_HEAD})
#: So many cases at once: enough for a page, and short enough not to hold the others up.
AT_ONCE = 200


@dataclass(frozen=True)
class _Gift:
    """What is given to whom, checked against one agency."""

    unit: Unit | None
    holder: Person | None
    internal_due_on: date | None
    remark: str


@transaction.atomic
def assign(
    *,
    case_ids: Iterable[int],
    actor: Person,
    unit: Unit | None = None,
    holder: Person | None = None,
    internal_due_on: date | None = None,
    remark: str = "",
) -> list[Application]:
    """Give cases to a unit, a person, or both: all of them, or none where one cannot be given.

    Without `internal_due_on` the agency's own number of working days counts from today, never beyond the due date.
    What a case has already is not written again. Raises CaseNotFound, NotAllowed, Invalid.
    """
    if unit is None and holder is None:
        raise Invalid("unit", Text("请选择承办科室或者承办人员。", "Choose a unit or a person."))
    if internal_due_on and internal_due_on < today():
        raise Invalid("internal_due_on", Text("内部办理期限不能早于今天。", "It cannot be before today."))
    cases = _held(case_ids, actor)
    held = roles_held(actor)
    for agency in {case.agency_id: case.agency for case in cases}.values():
        _check_takers(agency, unit, holder)
    gift = _Gift(unit or _unit_of(holder, cases), holder, internal_due_on, remark.strip()[:500])
    # Agency by agency, so that of two at once neither holds the ledger that the other waits for.
    for case in sorted(cases, key=lambda case: case.agency.path):
        _may_assign(case, held[case.agency_id], actor, gift)
        _give(case, gift, actor)
    return cases


@transaction.atomic
def claim(*, case_id: int, actor: Person) -> Application:
    """认领: take work that nobody has yet. The unit and the day it was given stay as they are."""
    (case,) = _held([case_id], actor)
    if case.holder_id == actor.pk:
        return case
    if roles_of(actor, case.agency).isdisjoint(HOLDING_ROLES):
        raise NotAllowed(Text("只有承办岗位可以认领。", "Only those who draft or handle cases may claim one."))
    if case.holder is not None:
        name = case.holder.display_name
        raise Invalid("holder", Text(f"本件已由{name}承办。", f"{name} has this case already."))
    own = set(appointments_of(actor).filter(agency=case.agency, unit__isnull=False).values_list("unit", flat=True))
    if case.unit_id and own and case.unit_id not in own:
        raise NotAllowed(Text(f"本件已分给{case.unit}。", f"This case was given to another unit: {case.unit}."))
    _give(case, _Gift(case.unit or _unit_of(actor, [case]), actor, case.internal_due_on, ""), actor)
    return case


def _held(case_ids: Iterable[int], actor: Person) -> list[Application]:
    """The cases, locked, one after the other in the order of their keys, so that two at once do not wait for each
    other in a ring. A case that the person may not read does not exist."""
    wanted = sorted(set(case_ids))
    if not wanted:
        raise Invalid("case_ids", Text("请先选择办件。", "Choose the cases first."))
    if len(wanted) > AT_ONCE:
        message = Text(f"一次最多分办{AT_ONCE}件。", f"At most {AT_ONCE} cases can be assigned at once.")
        raise Invalid("case_ids", message)
    # Unit and holder are not joined: whoever waited for the lock would get those of before (PostgreSQL).
    rows = Application.objects.select_for_update(of=("self",)).select_related("agency")
    cases = list(rows.filter(pk__in=wanted).order_by("pk"))
    held = roles_held(actor)
    read = [case for case in cases if not held.get(case.agency_id, frozenset()).isdisjoint(READING_ROLES)]
    if len(read) < len(wanted):
        raise CaseNotFound
    closed = next((case for case in cases if case.stage == Stage.CLOSED), None)
    if closed:
        number = closed.number
        raise Invalid(
            "case_ids", Text(f"{number}已归档，不能再分办。", f"{number} is archived and cannot be assigned.")
        )
    return cases


def _check_takers(agency: Agency, unit: Unit | None, holder: Person | None) -> None:
    if unit is not None and (unit.agency_id != agency.pk or not unit.active):
        raise Invalid("unit", Text("请选择本机关在用的科室。", "Choose a unit of the agency that is in use."))
    if holder is not None and roles_of(holder, agency).isdisjoint(HOLDING_ROLES):
        message = Text("请选择本机关在岗的经办或承办人员。", "Choose somebody who handles cases at the agency today.")
        raise Invalid("holder", message)


def _unit_of(holder: Person | None, cases: list[Application]) -> Unit | None:
    """The unit of the person, where there is no doubt which."""
    if holder is None:
        return None
    agencies = {case.agency_id for case in cases}
    found = appointments_of(holder).filter(agency__in=agencies, unit__active=True).select_related("unit")
    units = {appointment.unit_id: appointment.unit for appointment in found}
    return next(iter(units.values())) if len(units) == 1 and len(agencies) == 1 else None


def _may_assign(case: Application, roles: frozenset[Role], actor: Person, gift: _Gift) -> None:
    if roles & ASSIGNING_ROLES:
        return
    if Role.UNIT_HEAD in roles and case.unit_id and gift.unit in (None, case.unit) and _heads(actor, case.unit_id):
        return
    raise NotAllowed(
        Text(
            "分办由经办人员、审批人，或者本科室负责人办理。", "Assigning is for clerks, approvers and the unit's head."
        )
    )


def _heads(actor: Person, unit: int) -> bool:
    appointments: Iterable[Appointment] = appointments_of(actor).filter(role=Role.UNIT_HEAD.value, unit=unit)
    return any(True for _ in appointments)


def _give(case: Application, gift: _Gift, actor: Person) -> None:
    due = _internal_due(case, gift.internal_due_on)
    unchanged = (case.unit_id, case.holder_id) == (_key(gift.unit), _key(gift.holder))
    if unchanged and not gift.remark and gift.internal_due_on in (None, case.internal_due_on):
        return
    case.unit, case.holder, case.internal_due_on = gift.unit, gift.holder, due
    case.save(update_fields=["unit", "holder", "internal_due_on"])
    row = Assignment.objects.create(
        application=case, unit=gift.unit, holder=gift.holder, internal_due_on=due, by=actor, remark=gift.remark
    )
    tell_assigned(row)
    record(
        chain=case.agency.slug,
        act="applications.assign",
        subject=f"application:{case.pk}",
        facts={"number": case.number, "assignment": row.pk, **told_of(row)},
        actor=actor.username,
    )


def _key(taker: Unit | Person | None) -> int | None:
    return taker.pk if taker else None


def told_of(row: Assignment) -> Mapping[str, str | int | None]:
    """What the ledger's entry says of it."""
    return {
        "unit": row.unit_id,
        "holder": row.holder.username if row.holder else None,
        "internal_due_on": row.internal_due_on.isoformat() if row.internal_due_on else None,
    }


def _internal_due(case: Application, wanted: date | None) -> date:
    """The day wanted, or the agency's usual one; never beyond the day by which the reply is due."""
    if wanted is None:
        usual = calendar().add_working_days(today(), case.agency.drafting_days).day
        return min(usual, case.due_on) if case.due_on else usual
    if case.due_on and max(case.due_on, today()) < wanted:
        day = case.due_on.isoformat()
        message = Text(
            f"{case.number}的答复期限为{day}，内部办理期限不能晚于这一天。",
            f"The reply to {case.number} is due on {day}: the office's own day cannot be later.",
        )
        raise Invalid("internal_due_on", message)
    return wanted
