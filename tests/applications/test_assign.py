"""分办 and 认领: given out by those who may, to those who can have it, all or none, each time written down."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Appointment, Person, Unit
from gongkai.agencies.selectors import calendar, today
from gongkai.applications.actions.assign import AT_ONCE, assign, claim
from gongkai.applications.errors import CaseNotFound
from gongkai.applications.models import Application, Assignment
from gongkai.law.procedure import Role, Stage
from gongkai.ledger.models import Entry
from tests.applications.scenes import Scene, nothing_written, outsiders
from tests.at_once import at_once
from tests.cast import SINCE, make_person


@pytest.fixture
def unit(scene: Scene) -> Unit:
    return Unit.objects.create(agency=scene.cast.agency, name="环卫科")


def give(scene: Scene, *cases: Application, **changes: Any) -> list[Application]:
    usual = {"actor": scene.cast.clerk, "holder": scene.cast.drafter}
    return assign(case_ids=[case.pk for case in cases], **{**usual, **changes})


def stored(application: Application) -> Application:
    return Application.objects.select_related("holder", "unit").get(pk=application.pk)


def fresh(scene: Scene) -> Application:
    """A case whose limit still runs."""
    return scene.apply(on=today())


# --- it works ---


@pytest.mark.parametrize("who", ["clerk", "approver"])
def test_several_at_once(scene: Scene, unit: Unit, who: str) -> None:
    cases = [fresh(scene), fresh(scene)]
    give(scene, *cases, actor=getattr(scene.cast, who), unit=unit, remark="请会同财务科")
    for case in cases:
        row = stored(case).assignments.get()
        assert (stored(case).unit, stored(case).holder) == (unit, scene.cast.drafter)
        assert (row.unit, row.holder, row.by) == (unit, scene.cast.drafter, getattr(scene.cast, who))
        assert (row.remark, row.internal_due_on) == ("请会同财务科", stored(case).internal_due_on)
        entry = Entry.objects.get(act="applications.assign", subject=f"application:{case.pk}")
        assert entry.facts["assignment"] == row.pk
        assert (entry.facts["unit"], entry.facts["holder"]) == (unit.pk, scene.cast.drafter.username)


def test_the_usual_internal_day_counts_working_days(scene: Scene) -> None:
    case = fresh(scene)
    give(scene, case)
    assert stored(case).internal_due_on == calendar().add_working_days(today(), 10).day


def test_it_is_never_beyond_the_day_the_reply_is_due(scene: Scene) -> None:
    late = scene.apply()
    give(scene, late)
    assert stored(late).internal_due_on == late.due_on < today()
    case = fresh(scene)
    assert case.due_on
    with nothing_written(), pytest.raises(Invalid) as refused:
        give(scene, case, internal_due_on=case.due_on + timedelta(days=1))
    assert refused.value.field == "internal_due_on"
    assert case.number in refused.value.message.zh
    give(scene, case, internal_due_on=case.due_on)
    assert stored(case).internal_due_on == case.due_on


def test_the_unit_of_a_person_is_known(scene: Scene, unit: Unit) -> None:
    case = fresh(scene)
    Appointment.objects.filter(person=scene.cast.drafter).update(unit=unit)
    give(scene, case)
    assert stored(case).unit == unit


def test_given_on(scene: Scene) -> None:
    case = fresh(scene)
    second = scene.colleague(Role.DRAFTER)
    give(scene, case)
    give(scene, case, holder=second)
    assert stored(case).holder == second
    assert [row.holder for row in case.assignments.order_by("pk")] == [scene.cast.drafter, second]


def test_the_head_of_a_unit_shares_out_what_the_unit_was_given(scene: Scene, unit: Unit) -> None:
    head = make_person("head", scene.cast.agency)
    Appointment.objects.create(person=head, agency=scene.cast.agency, role=Role.UNIT_HEAD.value, unit=unit, since=SINCE)
    case, others = fresh(scene), fresh(scene)
    give(scene, case, holder=None, unit=unit)
    give(scene, case, actor=head, unit=unit)
    assert stored(case).holder == scene.cast.drafter
    with pytest.raises(NotAllowed):
        give(scene, others, actor=head)


# --- 认领 ---


def test_unclaimed_work_is_claimed(scene: Scene, unit: Unit) -> None:
    case = fresh(scene)
    give(scene, case, holder=None, unit=unit, internal_due_on=today())
    claim(case_id=case.pk, actor=scene.cast.drafter)
    assert (stored(case).holder, stored(case).unit) == (scene.cast.drafter, unit)
    assert stored(case).internal_due_on == today(), "the day that was given stays"


def test_claimed_is_claimed(scene: Scene) -> None:
    case = fresh(scene)
    claim(case_id=case.pk, actor=scene.cast.drafter)
    claim(case_id=case.pk, actor=scene.cast.drafter)
    assert case.assignments.count() == 1
    with nothing_written(), pytest.raises(Invalid) as refused:
        claim(case_id=case.pk, actor=scene.cast.clerk)
    assert scene.cast.drafter.display_name in refused.value.message.zh


def test_work_of_another_unit_is_not_claimed(scene: Scene, unit: Unit) -> None:
    other = Unit.objects.create(agency=scene.cast.agency, name="财务科")
    Appointment.objects.filter(person=scene.cast.drafter).update(unit=other)
    case = fresh(scene)
    give(scene, case, holder=None, unit=unit)
    with nothing_written(), pytest.raises(NotAllowed) as refused:
        claim(case_id=case.pk, actor=scene.cast.drafter)
    assert "环卫科" in refused.value.message.zh


# --- who may not, and what cannot be ---


@pytest.mark.parametrize("who", ["drafter", "supervisor"])
def test_others_do_not_give_out_work(scene: Scene, who: str) -> None:
    case = fresh(scene)
    with nothing_written(), pytest.raises(NotAllowed):
        give(scene, case, actor=getattr(scene.cast, who))


@pytest.mark.parametrize("who", ["approver", "supervisor"])
def test_only_who_handles_cases_claims_one(scene: Scene, who: str) -> None:
    case = fresh(scene)
    with nothing_written(), pytest.raises(NotAllowed):
        claim(case_id=case.pk, actor=getattr(scene.cast, who))


def test_for_outsiders_there_is_no_case(scene: Scene) -> None:
    case = fresh(scene)
    for outsider in outsiders(scene):
        with nothing_written(), pytest.raises(CaseNotFound):
            give(scene, case, actor=outsider)
        with nothing_written(), pytest.raises(CaseNotFound):
            claim(case_id=case.pk, actor=outsider)


def test_one_foreign_case_stops_them_all(scene: Scene) -> None:
    case = fresh(scene)
    with nothing_written(), pytest.raises(CaseNotFound):
        assign(case_ids=[case.pk, 987_654_321], actor=scene.cast.clerk, holder=scene.cast.drafter)
    assert not Assignment.objects.exists()


def test_foreign_or_unfit_takers(scene: Scene, unit: Unit) -> None:
    case = fresh(scene)
    theirs = Unit.objects.create(agency=scene.cast.other_agency, name="综合科")
    closed = Unit.objects.create(agency=scene.cast.agency, name="已撤科", active=False)
    for changes, field in (
        ({"unit": theirs}, "unit"),
        ({"unit": closed}, "unit"),
        ({"holder": scene.cast.other_clerk}, "holder"),
        ({"holder": scene.cast.supervisor}, "holder"),
        ({"holder": scene.cast.stranger}, "holder"),
        ({"holder": None}, "unit"),
        ({"internal_due_on": today() - timedelta(days=1)}, "internal_due_on"),
    ):
        with nothing_written(), pytest.raises(Invalid) as refused:
            give(scene, case, **changes)
        assert refused.value.field == field, changes


def test_a_closed_case_is_not_given_out(scene: Scene) -> None:
    closed, open_still = scene.at(Stage.CLOSED), fresh(scene)
    with nothing_written(), pytest.raises(Invalid) as refused:
        give(scene, open_still, closed)
    assert closed.number in refused.value.message.zh
    with nothing_written(), pytest.raises(Invalid):
        claim(case_id=closed.pk, actor=scene.cast.drafter)


def test_none_or_too_many(scene: Scene) -> None:
    for ids in ([], range(1, AT_ONCE + 2)):
        with nothing_written(), pytest.raises(Invalid):
            assign(case_ids=ids, actor=scene.cast.clerk, holder=scene.cast.drafter)


# --- twice ---


def test_the_same_again_writes_nothing(scene: Scene, unit: Unit) -> None:
    case = fresh(scene)
    give(scene, case, unit=unit)
    with nothing_written():
        give(scene, case, unit=unit)
    assert case.assignments.count() == 1
    give(scene, case, unit=unit, remark="再次提醒")
    assert case.assignments.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_claim_at_once(scene: Scene) -> None:
    case, second = fresh(scene), scene.colleague(Role.DRAFTER)
    results = at_once(*(lambda who=who: claim(case_id=case.pk, actor=who) for who in (scene.cast.drafter, second)))
    (refusal,) = [result for result in results if isinstance(result, Invalid)]
    winner = stored(case).holder
    assert isinstance(winner, Person)
    assert winner.display_name in refusal.message.zh
    assert case.assignments.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_give_out_the_same_cases_at_once(scene: Scene) -> None:
    """In opposite orders: both end, nobody waits for ever, the rows tell who was last."""
    cases, second = [fresh(scene), fresh(scene)], scene.colleague(Role.DRAFTER)
    results = at_once(
        lambda: give(scene, *cases),
        lambda: give(scene, *reversed(cases), holder=second, actor=scene.cast.approver),
    )
    assert all(isinstance(result, list) for result in results), results
    for case in cases:
        last = case.assignments.order_by("pk").last()
        assert last is not None
        assert (case.assignments.count(), stored(case).holder) == (2, last.holder)


def test_the_columns_of_the_steps_are_untouched(scene: Scene) -> None:
    case = fresh(scene)
    before = stored(case)
    give(scene, case)
    after = stored(case)
    for name in ("stage", "steps_taken", "due_on", "next_step", "received_on"):
        assert getattr(after, name) == getattr(before, name)
    assert isinstance(after.internal_due_on, date)
