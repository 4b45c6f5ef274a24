"""The tree of agencies with the people who work there today."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from gongkai.agencies.models import Agency, Appointment, Person
from gongkai.law.procedure import Role
from gongkai.law.texts import Text


@dataclass(frozen=True)
class HeldRole:
    """A role, and the appointment that gives it."""

    appointment: int
    label: Text


@dataclass
class PersonRow:
    """A person and their roles at one agency."""

    person: Person
    roles: list[HeldRole] = field(default_factory=list)


@dataclass
class AgencyNode:
    """One agency, its people, the agencies below it."""

    agency: Agency
    people: list[PersonRow]
    below: list[AgencyNode] = field(default_factory=list)


def agency_tree(on: date) -> list[AgencyNode]:
    """The whole tree, two queries whatever its size."""
    people = _people_by_agency(on)
    roots: list[AgencyNode] = []
    open_path: list[AgencyNode] = []
    for agency in Agency.objects.order_by("path"):
        node = AgencyNode(agency, list(people[agency.pk].values()))
        del open_path[agency.depth - 1 :]
        (open_path[-1].below if open_path else roots).append(node)
        open_path.append(node)
    return roots


def _people_by_agency(on: date) -> defaultdict[int, dict[int, PersonRow]]:
    held = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))
    found: defaultdict[int, dict[int, PersonRow]] = defaultdict(dict)
    rows = Appointment.objects.filter(held, person__is_active=True).select_related("person")
    for row in rows.order_by("person__display_name", "role"):
        there = found[row.agency_id].setdefault(row.person_id, PersonRow(row.person))
        there.roles.append(HeldRole(row.pk, Role(row.role).label))
    return found
