"""One agency as an office: its units, its routes, who is there and who stands in for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.agencies.actions.set_route import ROUTE_ROLES
from gongkai.agencies.archive_numbers import formatted
from gongkai.agencies.models import Agency, Delegation, Unit
from gongkai.agencies.selectors import delegations_in_force, in_office, people_with, today
from gongkai.desk.people_page import PersonRow, people_of
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role
from gongkai.law.texts import Text


@dataclass(frozen=True)
class RouteRow:
    """The route of one outcome; without an outcome that of all others."""

    outcome: Outcome | None
    roles: tuple[Role, ...]

    @property
    def labels(self) -> list[Text]:
        return [role.label for role in self.roles]


@dataclass(frozen=True)
class DelegationRow:
    """A delegation that runs or is to come. `void`: its giver no longer holds the role, or its taker
    no role at all, so that nothing is given."""

    delegation: Delegation
    label: Text
    to_come: bool
    void: bool


@dataclass(frozen=True)
class OfficePage:
    """What the page of an agency shows."""

    agency: Agency
    units: list[Unit]
    routes: list[RouteRow]
    #: Roles of a route that nobody holds today: cases stop there.
    missing: list[Text]
    delegations: list[DelegationRow]
    people: list[PersonRow]

    @property
    def archive_example(self) -> str:
        """What the numbers of the archive look like; empty where there are none."""
        return formatted(self.agency, today().year, 1) if self.agency.fonds else ""


def office_page(agency: Agency, on: date) -> OfficePage:
    routes = _routes(agency)
    used = {role for row in routes for role in row.roles}
    missing = [role.label for role in ROUTE_ROLES if role in used and not people_with(agency, [role], on)]
    delegations = delegation_rows(agency.delegations.all(), on)
    return OfficePage(agency, _units(agency, on), routes, missing, delegations, people_of(agency, on))


def _units(agency: Agency, on: date) -> list[Unit]:
    """Units in use first, each with how many people hold a role there (`people`)."""
    there = Q(appointments__in=in_office(on))
    counted = agency.units.annotate(people=Count("appointments__person", filter=there, distinct=True))
    return list(counted.order_by("-active", "id"))


def _routes(agency: Agency) -> list[RouteRow]:
    """Those of their own in the order of the report form, then the usual one, which every agency has."""
    kept = {row.outcome: tuple(Role(role) for role in row.roles) for row in agency.approval_routes.all()}
    own = [RouteRow(outcome, kept[outcome.value]) for outcome in Outcome if outcome.value in kept]
    return [*own, RouteRow(None, kept.get("", (Role.APPROVER,)))]


def delegation_rows(found: QuerySet[Delegation], on: date) -> list[DelegationRow]:
    """Those of `found` that are not over, the soonest first."""
    in_force = set(delegations_in_force(on).filter(pk__in=found).values_list("pk", flat=True))
    rows = found.filter(until__gte=on).select_related("giver", "taker", "agency").order_by("since", "pk")
    return [
        DelegationRow(row, Role(row.role).label, row.since > on, row.since <= on and row.pk not in in_force)
        for row in rows
    ]
