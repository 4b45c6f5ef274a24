"""报批路线: which roles look at a decision, in which order, before it is signed."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Agency, ApprovalRoute, Person
from gongkai.agencies.selectors import is_administrator, people_with
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role
from gongkai.law.texts import Text
from gongkai.ledger.actions import hold, record

#: Who may stand in a route; the last one signs.
ROUTE_ROLES = (Role.UNIT_HEAD, Role.LEGAL_REVIEWER, Role.APPROVER)


@transaction.atomic
def set_route(*, actor: Person | None, agency: Agency, outcome: Outcome | None, roles: Sequence[Role]) -> ApprovalRoute:
    """The route of one outcome, or (`outcome` None) of all that have none of their own. No roles: the outcome goes the
    usual way again. Nothing changed, nothing is written. Cases that are being approved keep the route they set out on."""
    if actor is not None and not is_administrator(actor):
        raise NotAllowed
    _check_roles(agency, roles, usual=outcome is None)
    hold(agency.slug)
    kind = outcome.value if outcome else ""
    row = ApprovalRoute.objects.filter(agency=agency, outcome=kind).first() or ApprovalRoute(
        agency=agency, outcome=kind
    )
    before, row.roles = row.roles, [role.value for role in roles]
    if before == row.roles:
        return row
    if roles:
        row.save()
    else:
        row.delete()
    facts = {"outcome": kind, "before": before, "roles": row.roles}
    record(
        chain=agency.slug,
        act="agencies.set_route",
        subject=f"agency:{agency.pk}",
        facts=facts,
        actor=actor.username if actor else "",
    )
    return row


def _check_roles(agency: Agency, roles: Sequence[Role], *, usual: bool) -> None:
    if not roles and not usual:
        return
    if not roles or roles[-1] is not Role.APPROVER:
        raise Invalid("roles", Text("最后一个岗位须是审批人，由其签发。", "The approver comes last, and signs."))
    if len(set(roles)) != len(roles):
        raise Invalid("roles", Text("同一岗位只能出现一次。", "Each role stands in it once."))
    if not set(roles) <= set(ROUTE_ROLES):
        raise Invalid("roles", Text("路线中有不能审核的岗位。", "A role in it cannot review."))
    for role in roles:
        if not people_with(agency, [role]):
            message = Text(
                f"本机关今天没有人担任{role.label.zh}，案件会停在那里：请先任命。",
                f"Nobody at the agency is {role.label.en} today, and cases would stop there: appoint someone first.",
            )
            raise Invalid("roles", message)
