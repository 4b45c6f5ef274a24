"""Approval routes: which roles look at a decision, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from gongkai.agencies.actions.set_route import set_route
from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Agency, Appointment, ApprovalRoute
from gongkai.agencies.selectors import route_of, today
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role
from gongkai.ledger.models import Entry
from tests.at_once import at_once
from tests.cast import Cast, make_agency, make_person

HEAD, LEGAL, APPROVER = Role.UNIT_HEAD, Role.LEGAL_REVIEWER, Role.APPROVER


def routed(cast: Cast, *roles: Role, outcome: Outcome | None = None) -> ApprovalRoute:
    return set_route(actor=cast.administrator, agency=cast.agency, outcome=outcome, roles=roles)


def entries() -> list[Entry]:
    return list(Entry.objects.filter(act="agencies.set_route").order_by("number"))


def test_without_a_route_the_approver_signs_alone(cast: Cast) -> None:
    assert route_of(cast.agency, "granted") == (APPROVER,)


def test_a_route_of_its_own_and_the_usual_one(cast: Cast) -> None:
    routed(cast, HEAD, APPROVER)
    routed(cast, HEAD, LEGAL, APPROVER, outcome=Outcome.STATE_SECRET)
    assert route_of(cast.agency, "granted") == (HEAD, APPROVER)
    assert route_of(cast.agency, "state_secret") == (HEAD, LEGAL, APPROVER)
    assert route_of(cast.other_agency, "state_secret") == (APPROVER,)


def test_without_roles_an_outcome_goes_the_usual_way_again(cast: Cast) -> None:
    routed(cast, LEGAL, APPROVER, outcome=Outcome.STATE_SECRET)
    routed(cast, outcome=Outcome.STATE_SECRET)
    assert route_of(cast.agency, "state_secret") == (APPROVER,)
    assert not ApprovalRoute.objects.exists()
    first, second = entries()
    assert (first.chain_id, first.actor, first.subject) == ("ours", "administrator", f"agency:{cast.agency.pk}")
    assert first.facts == {"outcome": "state_secret", "before": [], "roles": ["legal_reviewer", "approver"]}
    assert second.facts == {"outcome": "state_secret", "before": ["legal_reviewer", "approver"], "roles": []}


def test_unchanged_nothing_is_written(cast: Cast) -> None:
    routed(cast, HEAD, APPROVER)
    routed(cast, HEAD, APPROVER)
    routed(cast, outcome=Outcome.GRANTED)
    assert len(entries()) == ApprovalRoute.objects.count() == 1


@pytest.mark.parametrize(
    "roles",
    [(), (HEAD,), (APPROVER, LEGAL), (HEAD, HEAD, APPROVER), (Role.CLERK, APPROVER), (Role.DRAFTER, APPROVER)],
)
def test_bad_routes_are_refused(cast: Cast, roles: Sequence[Role]) -> None:
    with pytest.raises(Invalid) as caught:
        routed(cast, *roles)
    assert caught.value.field == "roles"
    assert not ApprovalRoute.objects.exists()


def test_a_role_that_nobody_holds_would_stop_every_case(cast: Cast) -> None:
    Appointment.objects.filter(role=LEGAL.value).update(until=today() - timedelta(days=1))
    with pytest.raises(Invalid) as caught:
        routed(cast, LEGAL, APPROVER)
    assert LEGAL.label.zh in caught.value.message.zh
    assert entries() == []


@pytest.mark.parametrize("who", ["clerk", "unit_head", "legal_reviewer", "approver", "supervisor", "stranger"])
def test_nobody_else_sets_routes(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        set_route(actor=getattr(cast, who), agency=cast.agency, outcome=None, roles=[APPROVER])
    assert not ApprovalRoute.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_two_routes_at_once_leave_one() -> None:
    agency = make_agency("ours", "演示市城市管理局", "演城公开")
    make_person("all", agency, HEAD, LEGAL, APPROVER)
    ways = [(HEAD, APPROVER), (LEGAL, APPROVER)]
    found = at_once(
        *[lambda way=way: set_route(actor=None, agency=agency, outcome=None, roles=way).roles for way in ways]
    )
    assert all(isinstance(result, list) for result in found), found
    [row] = ApprovalRoute.objects.all()
    first, second = entries()
    assert second.facts["before"] == first.facts["roles"]
    assert row.roles == second.facts["roles"]
    assert Agency.objects.get().approval_routes.count() == 1
