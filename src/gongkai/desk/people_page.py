"""The tree of agencies with the people who work there today."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import delegations_in_force, in_office
from gongkai.law.procedure import Role
from gongkai.law.texts import Text


@dataclass(frozen=True)
class HeldRole:
    """A role, the unit it is held in (empty: the whole agency), and the appointment that gives it."""

    appointment: int
    label: Text
    unit: str


@dataclass(frozen=True)
class TakenRole:
    """A role that a person has taken over from somebody who is away, up to a day."""

    label: Text
    giver: str
    until: date


@dataclass
class PersonRow:
    """A person and their roles at one agency."""

    person: Person
    roles: list[HeldRole] = field(default_factory=list)
    taken: list[TakenRole] = field(default_factory=list)


@dataclass
class AgencyNode:
    """One agency, its people, the agencies below it."""

    agency: Agency
    people: list[PersonRow]
    below: list[AgencyNode] = field(default_factory=list)


def agency_tree(on: date) -> list[AgencyNode]:
    """The whole tree, three queries whatever its size."""
    people = _people_by_agency(on)
    roots: list[AgencyNode] = []
    open_path: list[AgencyNode] = []
    for agency in Agency.objects.order_by("path"):
        node = AgencyNode(agency, list(people[agency.pk].values()))
        del open_path[agency.depth - 1 :]
        (open_path[-1].below if open_path else roots).append(node)
        open_path.append(node)
    return roots


def people_of(agency: Agency, on: date) -> list[PersonRow]:
    """The people of one agency."""
    return list(_people_by_agency(on, agency)[agency.pk].values())


def _people_by_agency(on: date, only: Agency | None = None) -> defaultdict[int, dict[int, PersonRow]]:
    there = {"agency": only} if only else {}
    found: defaultdict[int, dict[int, PersonRow]] = defaultdict(dict)
    rows = in_office(on).filter(**there).select_related("person", "unit")
    for row in rows.order_by("person__display_name", "role"):
        person = found[row.agency_id].setdefault(row.person_id, PersonRow(row.person))
        person.roles.append(HeldRole(row.pk, Role(row.role).label, row.unit.name if row.unit else ""))
    for given in delegations_in_force(on).filter(**there).select_related("giver", "taker").order_by("until", "pk"):
        person = found[given.agency_id].setdefault(given.taker_id, PersonRow(given.taker))
        person.taken.append(TakenRole(Role(given.role).label, str(given.giver), given.until))
    return found
