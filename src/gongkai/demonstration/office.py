"""The agencies and people of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.agencies.actions.add_agency import add_agency
from gongkai.agencies.actions.appoint import add_person, appoint
from gongkai.agencies.actions.set_route import set_route
from gongkai.agencies.actions.units import add_unit, place_in_unit
from gongkai.agencies.models import Agency, Appointment, Person
from gongkai.demonstration.people import IN_UNIT, PASSWORD, PEOPLE, REVIEWED_FIRST, SINCE, UNITS
from gongkai.law.procedure import Role
from gongkai.law.remedies import AgencyKind

SLUG = "zzjk"


@dataclass(frozen=True)
class Office:
    """The agency and the people who act in the demonstration."""

    agency: Agency
    people: dict[Role, Person]

    def __getitem__(self, role: Role) -> Person:
        return self.people[role]


def found_office() -> Office:
    """Make the agency under its city government, and its people."""
    city = add_agency(
        actor=None, parent=None, name="郑州市人民政府", short_name="郑州市政府", slug="zhengzhou",
        kind=AgencyKind.GOVERNMENT, office_name="郑州市人民政府办公厅", review_organ="河南省人民政府",
        document_prefix="郑公开", accepts_applications=False,
    )  # fmt: skip
    agency = add_agency(
        actor=None, parent=city, name="郑州经济技术开发区管委会", short_name="郑州经开区管委会", slug=SLUG,
        kind=AgencyKind.DISPATCHED_ORGAN, office_name="郑州经开区管委会办公室（演示）", review_organ="郑州市人民政府",
        document_prefix="郑经开公开", address="演示地址一号楼", postcode="450016",
        telephone="0371-00000000", fax="0371-00000001", email="gongkai@example.cn",
        office_hours="工作日 9:00—12:00，13:30—17:30", fonds="X043",
    )  # fmt: skip
    office = Office(agency, {role: _take_on(agency, *who) for who in PEOPLE for role in [who[2]]})
    _arrange(office)
    return office


def _arrange(office: Office) -> None:
    """Units, who belongs to the first, and the one route that is not the usual."""
    first, *_others = [add_unit(actor=None, agency=office.agency, name=name) for name in UNITS]
    for appointment in Appointment.objects.filter(agency=office.agency, role__in=[role.value for role in IN_UNIT]):
        place_in_unit(actor=None, appointment=appointment, unit=first)
    route = (Role.LEGAL_REVIEWER, Role.APPROVER)
    set_route(actor=None, agency=office.agency, outcome=REVIEWED_FIRST, roles=route)


def _take_on(agency: Agency, username: str, name: str, role: Role) -> Person:
    person = add_person(actor=None, username=username, display_name=name, password=PASSWORD)
    appoint(actor=None, person=person, agency=agency, role=role, since=SINCE)
    return person
