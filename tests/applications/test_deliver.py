"""答复送达 and 归档."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.agencies.errors import Invalid
from gongkai.agencies.selectors import today
from gongkai.applications.actions.deliver import Delivery
from gongkai.applications.models import ClockState
from gongkai.law.clock import Consulted
from gongkai.law.errors import ProcedureError
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role, Stage, StepKind
from tests.applications.scenes import (
    ACTS,
    STRAIGHT,
    Scene,
    check_recorded,
    last_day,
    nothing_written,
)
from tests.applications.standard import BEFORE_ACCEPTANCE, ActionStandard, each

DELIVER, ARCHIVE = StepKind.DELIVER, StepKind.ARCHIVE
_BEFORE_DECISION = {
    Stage.CORRECT: "correction_awaited",
    **each((*BEFORE_ACCEPTANCE, Stage.OPINE, Stage.CONSULT), "too_early"),
}


class TestDeliverStandard(ActionStandard):
    kind = DELIVER
    elsewhere = {
        **_BEFORE_DECISION,
        **each((Stage.DECIDE, Stage.APPROVE), "too_early"),
        **each((Stage.ARCHIVE, Stage.CLOSED), "too_late"),
    }


class TestArchiveStandard(ActionStandard):
    kind = ARCHIVE
    elsewhere = {
        **_BEFORE_DECISION,
        **each((Stage.DECIDE, Stage.APPROVE, Stage.DELIVER), "too_early"),
        Stage.CLOSED: "too_late",
    }


@pytest.mark.article("条例", 33)
@pytest.mark.parametrize("way", list(Delivery))
def test_sent_is_answered(scene: Scene, way: Delivery) -> None:
    """Posted on the due date is in time, whenever it arrives (国办公开办函〔2016〕235号)."""
    application = scene.home(DELIVER)
    due = application.due_on
    application = scene.take(DELIVER, application, on=due, way=way, received_on=date(2025, 4, 3))
    step = check_recorded(application, DELIVER, actor=scene.cast.clerk, role=Role.CLERK, on=due)
    assert step.facts == {"way": way.value, "received_on": "2025-04-03"}
    assert (application.outcome, application.answered_on) == (Outcome.GRANTED, due)
    assert (application.stage, application.next_step) == (Stage.ARCHIVE, ARCHIVE)
    assert application.clock_state == ClockState.CLOSED
    assert application.letters.count() == 2, "delivery makes no letter of its own"


def test_when_it_arrived_may_be_unknown(scene: Scene) -> None:
    application = scene.take(DELIVER, scene.home(DELIVER), way=Delivery.POST)
    assert application.steps.get(kind=DELIVER.value).facts == {"way": "post", "received_on": None}


def test_when_it_arrived_must_be_possible(scene: Scene) -> None:
    application = scene.home(DELIVER)
    for received_on in (ACTS[DELIVER].on - timedelta(1), today() + timedelta(1)):
        with nothing_written(), pytest.raises(Invalid) as refused:
            scene.take(DELIVER, application, received_on=received_on)
        assert refused.value.field == "received_on"


def test_not_before_the_party_asked_had_its_letter(scene: Scene) -> None:
    """A consultation known to have arrived later than the reply went out would turn the history round."""
    application = scene.along(scene.apply(), *STRAIGHT[:2])
    application = scene.take(
        StepKind.CONSULTATION, application, on=date(2025, 3, 10), received=date(2025, 3, 20), consulted=Consulted.OTHER
    )
    application = scene.take(StepKind.CONSULTATION_REPLY, application, on=date(2025, 3, 20))
    for kind in (StepKind.OPINION, StepKind.DECISION, StepKind.SIGN):
        application = scene.take(kind, application, on=date(2025, 3, 20))
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(DELIVER, application, on=date(2025, 3, 19))
    assert refused.value.code == "before_previous_step"


@pytest.mark.article("条例", 45)
def test_an_archived_case_is_closed(scene: Scene) -> None:
    application = scene.take(ARCHIVE, scene.home(ARCHIVE))
    check_recorded(application, ARCHIVE, actor=scene.cast.clerk, role=Role.CLERK, on=ACTS[ARCHIVE].on)
    assert (application.stage, application.next_step) == (Stage.CLOSED, "")
    assert application.archived_on == ACTS[ARCHIVE].on
    for kind in ACTS.keys() - {StepKind.CONSULTATION_REPLY, StepKind.REOPEN}:
        with nothing_written(), pytest.raises(ProcedureError):
            scene.take(kind, application, on=last_day(application))


def test_late_is_answered_all_the_same(scene: Scene) -> None:
    """A reply after the limit is unlawful, but it is the reply: it is taken down as it was."""
    application = scene.take(DELIVER, scene.home(DELIVER), on=date(2025, 9, 1))
    assert (application.answered_on, application.due_on) == (date(2025, 9, 1), date(2025, 3, 31))
