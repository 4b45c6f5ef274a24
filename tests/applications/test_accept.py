"""受理: the application is found to be one, and complete."""

from __future__ import annotations

import pytest

from gongkai.law.procedure import Role, Stage, StepKind
from tests.applications.scenes import ACTS, Scene, check_recorded
from tests.applications.standard import AFTER_OPINION, ActionStandard, each

KIND = StepKind.ACCEPT


class TestAcceptStandard(ActionStandard):
    kind = KIND
    elsewhere = {
        Stage.REGISTER: "too_early",
        Stage.CORRECT: "correction_awaited",
        **each((Stage.CONSULT, Stage.OPINE, *AFTER_OPINION), "too_late"),
    }


@pytest.mark.article("条例", 45)
def test_the_clerk_accepts_and_the_drafter_is_next(scene: Scene) -> None:
    application = scene.take(KIND, scene.home(KIND))
    step = check_recorded(application, KIND, actor=scene.cast.clerk, role=Role.CLERK, on=ACTS[KIND].on)
    assert step.facts == {}
    assert (application.stage, application.next_step) == (Stage.OPINE, StepKind.OPINION)
    assert application.letters.count() == 1, "no letter but the receipt"


@pytest.mark.article("条例", 31)
def test_acceptance_starts_no_clock(scene: Scene) -> None:
    """Accepted a week late, the reply is due on the same day: 收到 starts the clock, not 受理."""
    application = scene.at(Stage.ACCEPT)
    due = application.due_on
    assert scene.take(KIND, application, on=ACTS[StepKind.OPINION].on).due_on == due
