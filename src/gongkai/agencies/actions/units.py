"""内设机构: the units of an agency that hold the information, and who belongs to which."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.errors import Invalid, NotAllowed, checked
from gongkai.agencies.models import Agency, Appointment, Person, Unit
from gongkai.agencies.selectors import is_administrator, today
from gongkai.law.texts import Text
from gongkai.ledger.actions import hold, record


@transaction.atomic
def add_unit(*, actor: Person | None, agency: Agency, name: str) -> Unit:
    """A new unit. One that was retired comes back into use under its name."""
    _check(actor)
    hold(agency.slug)  # of two at once with the same name, the later one is told so
    known = Unit.objects.filter(agency=agency, name=name.strip()).first()
    if known and known.active:
        raise Invalid("name", Text("已有这个科室。", "There is such a unit already."))
    unit = known or checked(Unit(agency=agency, name=name.strip()))
    unit.active = True
    unit.save()
    _write(actor, "agencies.add_unit", unit, {"name": unit.name})
    return unit


@transaction.atomic
def change_unit(*, actor: Person | None, unit: Unit, name: str, active: bool) -> Unit:
    """Another name, or out of use: no new case is given to it, what it has stays. Nothing changed, nothing is
    written."""
    _check(actor)
    hold(unit.agency.slug)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if Unit.objects.filter(agency=unit.agency_id, name=name.strip()).exclude(pk=unit.pk).exists():
        raise Invalid("name", Text("已有这个科室。", "There is such a unit already."))
    before = {"name": unit.name, "active": unit.active}
    unit.name, unit.active = name.strip(), active
    checked(unit)
    if before == {"name": unit.name, "active": unit.active}:
        return unit
    unit.save()
    _write(actor, "agencies.change_unit", unit, {"before": before, "name": unit.name, "active": active})
    return unit


@transaction.atomic
def place_in_unit(*, actor: Person | None, appointment: Appointment, unit: Unit | None) -> Appointment:
    """A role is held in this unit (None: in the agency as a whole). One that has ended stays as it was."""
    _check(actor)
    hold(appointment.agency.slug)  # a unit is not taken out of use meanwhile
    appointment = Appointment.objects.select_for_update(of=("self",)).select_related("unit").get(pk=appointment.pk)
    if appointment.until is not None and appointment.until < today():
        raise Invalid("unit", Text("该岗位已经结束。", "This role has ended."))
    in_use = Unit.objects.filter(agency=appointment.agency_id, active=True)
    if unit is not None and not in_use.filter(pk=unit.pk).exists():
        raise Invalid("unit", Text("请选择本机关在用的科室。", "Choose a unit of this agency that is in use."))
    before, appointment.unit = appointment.unit, unit
    if before == unit:
        return appointment
    appointment.save(update_fields=["unit"])
    facts = {
        "person": appointment.person.username,
        "role": appointment.role,
        "before": before.name if before else None,
        "unit": unit.name if unit else None,
    }
    record(
        chain=appointment.agency.slug,
        act="agencies.place_in_unit",
        subject=f"person:{appointment.person_id}",
        facts=facts,
        actor=actor.username if actor else "",
    )
    return appointment


def _check(actor: Person | None) -> None:
    if actor is not None and not is_administrator(actor):
        raise NotAllowed


def _write(actor: Person | None, act: str, unit: Unit, facts: dict[str, object]) -> None:
    name = actor.username if actor else ""
    record(chain=unit.agency.slug, act=act, subject=f"unit:{unit.pk}", facts=facts, actor=name)
