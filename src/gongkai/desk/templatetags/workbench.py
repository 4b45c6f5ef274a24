"""What the frame of the workbench shows of the person who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import Value
from django.http import HttpRequest

from gongkai.agencies.actions.delegate import NOT_DELEGATED
from gongkai.agencies.selectors import appointments_of, delegations_to, today
from gongkai.law.procedure import Role

register = template.Library()

ATTRIBUTE = "_gongkai_workplace"


@dataclass(frozen=True)
class Workplace:
    """The name of the first agency a person works for, the roles held there and those taken over from others."""

    agency: str = ""
    own: tuple[Role, ...] = ()
    taken: tuple[Role, ...] = ()
    slug: str = ""

    @property
    def roles(self) -> tuple[Role, ...]:
        return self.own + self.taken

    @property
    def year(self) -> int:
        """The year whose figures are being gathered: the last one until its reports are due, then this one."""
        day = today()
        return day.year - 1 if day.month <= 3 else day.year

    @property
    def may_delegate(self) -> bool:
        return not NOT_DELEGATED.issuperset(self.own)


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
        return Workplace()
    wanted = ("agency__path", "agency__name", "agency__slug", "role")
    own = appointments_of(request.user).values_list(*wanted, Value(0))
    taken = delegations_to(request.user).values_list(*wanted, Value(1))
    held = sorted(own.union(taken))
    if not held:
        return Workplace()
    first, name, slug, *_rest = held[0]
    here = [(Role(role), bool(delegated)) for path, _name, _slug, role, delegated in held if path == first]
    mine = tuple(role for role, delegated in here if not delegated)
    return Workplace(name, mine, tuple(role for role, delegated in here if delegated and role not in mine), slug)
