"""登记, and with it the receipt where both sides confirm it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.selectors import today
from gongkai.applications.errors import Conflict
from gongkai.applications.models import Application, ClockState
from gongkai.law.errors import ProcedureError
from gongkai.law.procedure import Role, Stage, StepKind
from gongkai.ledger.models import Entry
from tests.applications.scenes import (
    ACTS,
    RECEIVED,
    Scene,
    at_once,
    check_hidden,
    check_recorded,
    nothing_written,
    outsiders,
    said,
)
from tests.applications.standard import AFTER_OPINION, ActionStandard, each

KIND = StepKind.REGISTER
CONFIRMED = date(2025, 3, 5)


class TestRegisterStandard(ActionStandard):
    kind = KIND
    elsewhere = {
        Stage.CORRECT: "correction_awaited",
        **each((Stage.ACCEPT, Stage.CONSULT, Stage.OPINE, *AFTER_OPINION), "too_late"),
    }

    def test_only_at_its_stage(self, scene: Scene) -> None:
        """As for all, but an application whose receipt is not confirmed can be registered, and only that."""
        from tests.applications import scenes

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(scenes, "check_unconfirmed", lambda *_, **__: None)
            super().test_only_at_its_stage(scene)


@pytest.mark.article("条例", 45)
def test_the_clerk_registers(scene: Scene) -> None:
    application = scene.take(KIND, scene.home(KIND))
    check_recorded(application, KIND, actor=scene.cast.clerk, role=Role.CLERK, on=ACTS[KIND].on)
    assert (application.stage, application.next_step) == (Stage.ACCEPT, StepKind.ACCEPT)
    assert application.received_on == RECEIVED
    assert application.letters.count() == 1, "the receipt was issued when it came in"


@pytest.mark.article("条例", 31)
def test_confirming_the_receipt_starts_the_clock(scene: Scene) -> None:
    """Sent on 3 March, confirmed on 5 March: 20 working days from the 5th, and the receipt says so."""
    application = scene.unconfirmed()
    assert (application.clock_state, application.due_on, application.letters.count()) == (ClockState.WAITING, None, 0)
    application = scene.take(KIND, application, on=CONFIRMED)
    check_recorded(application, KIND, actor=scene.cast.clerk, role=Role.CLERK, on=CONFIRMED)
    kinds = list(application.steps.order_by("number").values_list("kind", "on", "role"))
    assert kinds == [("receipt", CONFIRMED, "clerk"), ("register", CONFIRMED, "clerk")]
    assert (application.received_on, application.due_on) == (CONFIRMED, date(2025, 4, 2))
    assert application.clock_state == ClockState.RUNNING
    (letter,) = application.letters.all()
    assert "2025年4月2日" in said(letter)


def test_confirming_is_for_the_clerk_alone(scene: Scene) -> None:
    application = scene.unconfirmed()
    for person in (scene.cast.drafter, scene.cast.approver, scene.cast.supervisor):
        with nothing_written(), pytest.raises(NotAllowed):
            scene.take(KIND, application, actor=person)
    for outsider in outsiders(scene):
        check_hidden(scene, KIND, application, outsider)


def test_a_confirmation_in_the_future_leaves_nothing(scene: Scene) -> None:
    application = scene.unconfirmed()
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(KIND, application, on=today().replace(year=today().year + 1))
    assert refused.value.code == "in_the_future"


@pytest.mark.article("条例", 31)
def test_nothing_is_confirmed_before_it_was_sent(scene: Scene) -> None:
    application = scene.unconfirmed()
    with nothing_written(), pytest.raises(Invalid) as refused:
        scene.take(KIND, application, on=RECEIVED - timedelta(days=1))
    assert refused.value.field == "on"
    assert scene.take(KIND, application, on=RECEIVED).received_on == RECEIVED


def test_a_nonsense_number_of_steps_seen_is_no_error(scene: Scene) -> None:
    """The page sends back how many steps it showed; whatever is sent there, the answer is a plain one."""
    application = scene.unconfirmed()
    assert scene.take(KIND, application, seen=-1).stage == Stage.ACCEPT
    for seen in (-1, 0, 1):
        with nothing_written(), pytest.raises(Conflict):
            scene.take(StepKind.ACCEPT, application, seen=seen)
    assert scene.take(StepKind.ACCEPT, application, seen=999).stage == Stage.OPINE


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once(scene: Scene) -> None:
    """One receipt, one clock, one letter."""
    application, second = scene.unconfirmed(), scene.colleague(Role.CLERK)
    results = at_once(
        lambda: scene.take(KIND, application, seen=0, on=CONFIRMED),
        lambda: scene.take(KIND, application, seen=0, on=CONFIRMED, actor=second),
    )
    assert sorted(type(result).__name__ for result in results) == ["Application", "Conflict"]
    stored = Application.objects.get(pk=application.pk)
    assert (stored.steps_taken, stored.steps.count(), stored.letters.count()) == (2, 2, 1)
    assert Entry.objects.filter(act="applications.receipt").count() == 1
