"""A role is taken by a colleague for some days: whose it is to give, who may take it, what it lets them do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongkai.agencies.actions.appoint import dismiss
from gongkai.agencies.actions.delegate import AHEAD, LONGEST, delegate, end_delegation
from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Appointment, Delegation, Person
from gongkai.agencies.selectors import people_with, roles_held, roles_of, today
from gongkai.applications.actions.decide import sign
from gongkai.law.errors import LawError
from gongkai.law.procedure import Role, Stage, StepKind
from gongkai.ledger.models import Entry
from tests.applications.scenes import Scene
from tests.at_once import at_once
from tests.cast import Cast, make_agency, make_person


def given(cast: Cast, **changes: Any) -> Delegation:
    """The approver is away for a week; the legal reviewer signs meanwhile."""
    usual = {
        "actor": cast.approver,
        "agency": cast.agency,
        "role": Role.APPROVER,
        "giver": cast.approver,
        "taker": cast.legal_reviewer,
        "since": today(),
        "until": today() + timedelta(days=6),
    }
    return delegate(**{**usual, **changes})


def later(days: int) -> date:
    return today() + timedelta(days=days)


def entries(act: str) -> list[Entry]:
    return list(Entry.objects.filter(act=f"agencies.{act}").order_by("number"))


# --- delegate -----------------------------------------------------------------------------------------------


def test_the_taker_has_the_role_from_the_first_to_the_last_day(cast: Cast) -> None:
    given(cast, since=later(1), until=later(3))
    held = [Role.APPROVER in roles_held(cast.legal_reviewer, later(day))[cast.agency.pk] for day in range(5)]
    assert held == [False, True, True, True, False]
    assert Role.APPROVER in roles_held(cast.approver, later(2))[cast.agency.pk], "the giver keeps it"
    assert people_with(cast.agency, [Role.APPROVER], later(2)) == sorted(
        [cast.approver, cast.legal_reviewer], key=lambda person: person.pk
    )
    assert people_with(cast.agency, [Role.APPROVER]) == [cast.approver]


def test_the_entry_says_who_what_and_until_when(cast: Cast) -> None:
    row = given(cast)
    [entry] = entries("delegate")
    assert (entry.chain_id, entry.actor, entry.subject) == ("ours", "approver", f"delegation:{row.pk}")
    assert entry.facts == {
        "role": "approver",
        "giver": "approver",
        "taker": "legal_reviewer",
        "since": today().isoformat(),
        "until": later(6).isoformat(),
    }


def test_an_administrator_does_it_for_somebody_who_is_ill(cast: Cast) -> None:
    given(cast, actor=cast.administrator)
    assert Role.APPROVER in roles_of(cast.legal_reviewer, cast.agency)
    assert entries("delegate")[0].actor == "administrator"


@pytest.mark.parametrize("who", ["clerk", "legal_reviewer", "supervisor", "other_clerk", "stranger"])
def test_nobody_gives_another_s_role(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        given(cast, actor=getattr(cast, who))
    assert not Delegation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"since": -1}, "since"),
        ({"since": AHEAD + 1, "until": AHEAD + 1}, "since"),
        ({"since": 3, "until": 2}, "until"),
        ({"until": LONGEST}, "until"),
        ({"taker": "approver"}, "taker"),
        ({"taker": "other_clerk"}, "taker"),
        ({"taker": "stranger"}, "taker"),
        ({"role": Role.CLERK}, "role"),
        ({"role": Role.SYSTEM}, "role"),
        ({"role": Role.ADMINISTRATOR, "giver": "administrator", "actor": "administrator"}, "role"),
    ],
)
def test_bad_input_is_refused_at_its_field(cast: Cast, changes: dict[str, Any], field: str) -> None:
    def meant(value: Any) -> Any:
        if isinstance(value, int):
            return later(value)
        return value if isinstance(value, Role) else getattr(cast, value)

    with pytest.raises(Invalid) as caught:
        given(cast, **{name: meant(value) for name, value in changes.items()})
    assert caught.value.field == field
    assert not Delegation.objects.exists()


def test_who_has_the_role_already_takes_it_from_nobody(cast: Cast) -> None:
    second = make_person("second", cast.agency, Role.APPROVER)
    with pytest.raises(Invalid) as caught:
        given(cast, taker=second)
    assert caught.value.field == "taker"


def test_one_role_is_given_once_at_a_time(cast: Cast) -> None:
    given(cast, since=later(5), until=later(9))
    for since, until in ((0, 5), (9, 12), (6, 7), (0, 20)):
        with pytest.raises(Invalid) as caught:
            given(cast, taker=cast.clerk, since=later(since), until=later(until))
        assert caught.value.field == "since"
    given(cast, taker=cast.clerk, since=later(10), until=later(10))
    assert Delegation.objects.count() == 2


def test_what_was_taken_over_is_not_passed_on(cast: Cast) -> None:
    given(cast)
    for actor in (cast.legal_reviewer, cast.administrator):
        with pytest.raises(Invalid) as caught:
            given(cast, actor=actor, giver=cast.legal_reviewer, taker=cast.clerk)
        assert caught.value.field == "role"
    assert Role.APPROVER not in roles_of(cast.clerk, cast.agency)


def test_whoever_is_dismissed_gives_nothing_any_more(cast: Cast) -> None:
    given(cast)
    dismiss(actor=None, appointment=Appointment.objects.get(person=cast.approver), until=today() - timedelta(days=1))
    assert roles_of(cast.legal_reviewer, cast.agency) == {Role.LEGAL_REVIEWER}
    assert people_with(cast.agency, [Role.APPROVER]) == []
    with pytest.raises(Invalid):
        given(cast, taker=cast.clerk)


def test_whoever_left_the_agency_takes_nothing_any_more(cast: Cast) -> None:
    given(cast)
    Appointment.objects.filter(person=cast.legal_reviewer).update(until=today() - timedelta(days=1))
    assert roles_held(cast.legal_reviewer) == {}
    assert people_with(cast.agency, [Role.APPROVER]) == [cast.approver]


@pytest.mark.parametrize("who", ["approver", "legal_reviewer"])
def test_whose_account_is_closed_neither_gives_nor_takes(cast: Cast, who: str) -> None:
    given(cast)
    Person.objects.filter(pk=getattr(cast, who).pk).update(is_active=False)
    taker = Person.objects.get(pk=cast.legal_reviewer.pk)
    assert Role.APPROVER not in roles_of(taker, cast.agency)
    assert cast.legal_reviewer not in people_with(cast.agency, [Role.APPROVER])


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_given_to_two_at_once_one_takes_it() -> None:
    agency = make_agency("ours", "演示市城市管理局", "演城公开")
    giver = make_person("giver", agency, Role.APPROVER)
    takers = [make_person(name, agency, Role.CLERK) for name in ("first", "second")]
    common = {"actor": giver, "agency": agency, "role": Role.APPROVER, "giver": giver}
    days = {"since": today(), "until": later(3)}
    found = at_once(*[lambda taker=taker: delegate(**common, **days, taker=taker) for taker in takers])
    assert sorted(type(result).__name__ for result in found) == ["Delegation", "Invalid"], found
    assert len(entries("delegate")) == Delegation.objects.count() == 1


# --- end_delegation -----------------------------------------------------------------------------------------


def begun(cast: Cast, days: int = 3) -> Delegation:
    """One that has run for some days."""
    row = given(cast)
    Delegation.objects.filter(pk=row.pk).update(since=later(-days))
    return Delegation.objects.get(pk=row.pk)


@pytest.mark.parametrize("who", ["approver", "legal_reviewer", "administrator"])
def test_it_ends_at_once(cast: Cast, who: str) -> None:
    row = end_delegation(actor=getattr(cast, who), delegation=begun(cast))
    assert Role.APPROVER not in roles_of(cast.legal_reviewer, cast.agency)
    assert row.until == later(-1)
    assert Role.APPROVER in roles_held(cast.legal_reviewer, later(-1))[cast.agency.pk], "what was, was"
    [entry] = entries("end_delegation")
    assert (entry.actor, entry.facts["until"]) == (who, later(6).isoformat())


def test_one_of_today_is_taken_away_and_the_ledger_keeps_it(cast: Cast) -> None:
    row = given(cast)
    end_delegation(actor=cast.approver, delegation=row)
    assert not Delegation.objects.exists()
    assert entries("end_delegation")[0].facts == entries("delegate")[0].facts
    with pytest.raises(Invalid) as caught:
        end_delegation(actor=cast.approver, delegation=row)
    assert caught.value.field == "until"


def test_what_is_over_does_not_end_again(cast: Cast) -> None:
    row = end_delegation(actor=cast.approver, delegation=begun(cast))
    with pytest.raises(Invalid):
        end_delegation(actor=cast.approver, delegation=row)
    assert len(entries("end_delegation")) == 1


@pytest.mark.parametrize("who", ["clerk", "supervisor", "other_clerk", "stranger"])
def test_nobody_else_ends_it(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        end_delegation(actor=getattr(cast, who), delegation=begun(cast))
    assert Role.APPROVER in roles_of(cast.legal_reviewer, cast.agency)


# --- what it lets the taker do ------------------------------------------------------------------------------


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return Scene(cast)


def test_the_taker_signs_in_the_own_name(scene: Scene) -> None:
    application = scene.at(Stage.APPROVE)
    with pytest.raises(NotAllowed):
        scene.take(StepKind.SIGN, application, actor=scene.cast.legal_reviewer)
    given(scene.cast)
    application = scene.take(StepKind.SIGN, application, actor=scene.cast.legal_reviewer)
    step = application.steps.latest("number")
    assert (step.kind, step.actor, step.role) == ("sign", scene.cast.legal_reviewer, "approver")


def test_nobody_signs_the_own_draft_by_a_delegation(scene: Scene) -> None:
    """办理意见 and 签发 stay in two hands."""
    application = scene.at(Stage.APPROVE)
    given(scene.cast, taker=scene.cast.drafter)
    assert Role.APPROVER in roles_of(scene.cast.drafter, scene.cast.agency)
    with pytest.raises(LawError) as caught:
        scene.take(StepKind.SIGN, application, actor=scene.cast.drafter)
    assert not isinstance(caught.value, NotAllowed)
    application.refresh_from_db()
    assert application.stage == Stage.APPROVE


def test_the_day_after_it_signs_no_more(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    application = scene.at(Stage.APPROVE)
    row = given(scene.cast)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=7))
    assert today() == row.until + timedelta(days=1)
    with pytest.raises(NotAllowed):
        sign(case_id=application.pk, actor=scene.cast.legal_reviewer, on=date(2025, 3, 18))
