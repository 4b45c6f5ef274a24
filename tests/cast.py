"""The cast that every test of a room shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from gongkai.agencies.models import STAFF_ROLES, Agency, Appointment, Person
from gongkai.applications.actions.receive import Received, receive
from gongkai.applications.models import Channel
from gongkai.demonstration.applicants import applicant
from gongkai.law.applicants import ApplicantKind
from gongkai.law.procedure import Role
from gongkai.law.remedies import AgencyKind

SINCE = date(2019, 5, 15)


def make_agency(slug: str, name: str, prefix: str) -> Agency:
    agency = Agency(
        slug=slug,
        name=name,
        short_name=name,
        kind=AgencyKind.DEPARTMENT,
        office_name=f"{name}办公室",
        review_organ="演示市人民政府",
        document_prefix=prefix,
        telephone="0000-1234567",
        address="演示路1号",
    )
    Agency.objects.add_root(instance=agency)
    return agency


def make_person(username: str, agency: Agency | None, *roles: Role) -> Person:
    person = Person.objects.create_user(username=username, password="correct-horse", display_name=username.title())
    for role in roles:
        Appointment.objects.create(person=person, agency=agency, role=role.value, since=SINCE)
    return person


def application_data(**changes: Any) -> dict[str, Any]:
    """What a natural person fills in; `changes` replace fields."""
    data = applicant(ApplicantKind.NATURAL_PERSON, 7)
    return {**data, "content": "2020年度城市管理专项资金使用情况", "document_number": "", "features": "", **changes}


@dataclass
class Cast:
    """One agency with one person a role, another agency with a clerk, and a person without any role."""

    agency: Agency
    clerk: Person
    drafter: Person
    unit_head: Person
    legal_reviewer: Person
    approver: Person
    editor: Person
    supervisor: Person
    administrator: Person
    other_agency: Agency
    other_clerk: Person
    stranger: Person
    sent: int = 0

    @classmethod
    def assemble(cls) -> Cast:
        agency = make_agency("ours", "演示市城市管理局", "演城公开")
        other = make_agency("theirs", "演示市财政局", "演财公开")
        password = make_password("correct-horse")
        *ours, other_clerk, stranger = Person.objects.bulk_create(
            Person(username=name, password=password, display_name=name.title())
            for name in (*(role.value for role in STAFF_ROLES), "other", "stranger")
        )
        held = [(person, agency, role) for person, role in zip(ours, STAFF_ROLES, strict=True)]
        held += [(other_clerk, other, role) for role in (Role.CLERK, Role.DRAFTER, Role.APPROVER)]
        Appointment.objects.bulk_create(
            Appointment(person=person, agency=where, role=role.value, since=SINCE) for person, where, role in held
        )
        by_role = {person.username: person for person in ours}
        return cls(agency=agency, other_agency=other, other_clerk=other_clerk, stranger=stranger, **by_role)

    @property
    def staff(self) -> dict[Role, Person]:
        return {Role.CLERK: self.clerk, Role.DRAFTER: self.drafter, Role.APPROVER: self.approver}

    def apply(self, on: date = date(2025, 3, 3), **changes: Any) -> Received:
        """An application that came through the web on that day."""
        self.sent += 1
        token = f"token-of-the-cast-{self.sent:06}"
        return receive(agency=self.agency, channel=Channel.WEB, data=application_data(**changes), token=token, on=on)
