"""What the frame of the workbench shows of the person who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import appointments_of
from gongkai.law.procedure import Role

register = template.Library()

ATTRIBUTE = "_gongkai_workplace"


@dataclass(frozen=True)
class Workplace:
    """The first agency a person works for, and the roles held there."""

    agency: Agency | None
    roles: tuple[Role, ...]


@register.simple_tag(takes_context=True)
def workplace(context: dict[str, Any]) -> Workplace:
    """Where the person works and as what: one query, once per page."""
    request: HttpRequest = context["request"]
    known: Workplace | None = getattr(request, ATTRIBUTE, None)
    if known is None:
        known = workplace_of(request)
        setattr(request, ATTRIBUTE, known)
    return known


def workplace_of(request: HttpRequest) -> Workplace:
    if not request.user.is_authenticated:
        return Workplace(None, ())
    held = list(appointments_of(request.user).select_related("agency").order_by("agency__path", "role"))
    if not held:
        return Workplace(None, ())
    agency = held[0].agency
    return Workplace(agency, tuple(Role(row.role) for row in held if row.agency_id == agency.pk))
