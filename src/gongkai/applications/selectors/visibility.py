"""Who reads which cases: the one rule of this room. Page, list, search, feed, export and download all begin here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import QuerySet

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_held
from gongkai.applications.errors import CaseNotFound
from gongkai.applications.history import READING_ROLES
from gongkai.applications.models import Application, CaseFile, Letter, Paper
from gongkai.law.procedure import Role

RolesHeld = Mapping[int, frozenset[Role]]


def cases_for(person: Person, held: RolesHeld | None = None) -> QuerySet[Application]:
    """Every application this person may read: those of the agencies where they have a role that reads cases. The one
    rule for page, list, search, feed, export and download. `held`: what `roles_held` gave, where it was asked."""
    return Application.objects.filter(agency__in=reading_agencies(person, held))


def reading_agencies(person: Person, held: RolesHeld | None = None) -> list[int]:
    """The agencies (keys) whose cases this person reads."""
    roles_at = roles_held(person) if held is None else held
    return sorted(agency for agency, roles in roles_at.items() if not roles.isdisjoint(READING_ROLES))


def case_for_reading(person: Person, case_id: int) -> Application:
    """One application. Raises CaseNotFound for a stranger exactly as for a number that does not exist."""
    found = cases_for(person).select_related("agency", "rating").filter(pk=case_id).first()
    if found is None:
        raise CaseNotFound
    return found


def letter_for_reading(person: Person, letter_id: int) -> Letter:
    """One letter of a case this person may read."""
    return _in_a_case(Letter, person, letter_id)


def paper_for_reading(person: Person, paper_id: int) -> Paper:
    """One paper of a case this person may read."""
    return _in_a_case(Paper, person, paper_id)


def case_file_for_reading(person: Person, case_file_id: int) -> CaseFile:
    """One volume of a closed case this person may read."""
    return _in_a_case(CaseFile, person, case_file_id)


Lies = TypeVar("Lies", Letter, Paper, CaseFile)


def _in_a_case(kind: type[Lies], person: Person, pk: int) -> Lies:
    """What lies in a case is read by whoever reads the case."""
    rows = kind._default_manager.select_related("document", "application")
    found = rows.filter(pk=pk, application__in=cases_for(person)).first()
    if found is None:
        raise CaseNotFound
    return found
