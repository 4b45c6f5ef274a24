"""送达回证: the day on which the reply reached the applicant."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.applications.history import case_of
from gongkai.applications.models import PaperKind
from gongkai.law.errors import ProcedureError
from gongkai.law.procedure import Role, Stage, StepKind
from tests.applications.scenes import ACTS, Scene, check_recorded, nothing_written
from tests.applications.standard import BEFORE_ACCEPTANCE, ActionStandard, each
from tests.applications.uploads import a_file

SERVE, DELIVER = StepKind.SERVED, StepKind.DELIVER


class TestServeStandard(ActionStandard):
    kind = SERVE
    elsewhere = {
        Stage.CORRECT: "correction_awaited",
        **each((*BEFORE_ACCEPTANCE, Stage.OPINE, Stage.CONSULT), "too_early"),
        **each((Stage.DECIDE, Stage.APPROVE, Stage.DELIVER), "too_early"),
        Stage.CLOSED: "too_late",
    }


def test_the_day_is_recorded_with_its_proof(scene: Scene) -> None:
    application = scene.take(SERVE, scene.home(SERVE), papers=[a_file("送达回证.pdf")])
    step = check_recorded(application, SERVE, actor=scene.cast.clerk, role=Role.CLERK, on=ACTS[SERVE].on)
    assert step.facts == {"received": "2025-03-20"}
    assert case_of(application.steps.order_by("number")).served == date(2025, 3, 20)
    paper = step.papers.get()
    assert (paper.kind, paper.added_by) == (PaperKind.PROOF, scene.cast.clerk)
    assert application.next_step == StepKind.ARCHIVE


def test_not_before_it_was_sent_nor_after_the_proof(scene: Scene) -> None:
    application = scene.home(SERVE)
    for received in (date(2025, 3, 18), date(2025, 3, 21)):
        with nothing_written(), pytest.raises(ProcedureError) as refused:
            scene.take(SERVE, application, received=received)
        assert refused.value.code == "received_out_of_order"


def test_what_the_delivery_said_already_is_not_said_twice(scene: Scene) -> None:
    application = scene.take(DELIVER, scene.home(DELIVER), received_on=date(2025, 3, 19))
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(SERVE, application)
    assert refused.value.code == "already_served"


def test_the_delivery_takes_its_proof_too(scene: Scene) -> None:
    application = scene.take(DELIVER, scene.home(DELIVER), papers=[a_file("签收单.pdf")])
    assert application.papers.get().step == application.steps.get(kind=DELIVER.value)
