"""决定答复期限: after a change of the working days a person keeps the date told, or takes the nearer one."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.agencies.errors import Invalid
from gongkai.law.errors import ProcedureError
from gongkai.law.procedure import Role, Stage, StepKind
from tests.applications.scenes import ACTS, Scene, check_recorded, nothing_written
from tests.applications.standard import ActionStandard

DECIDE_DUE = StepKind.DUE_DECISION


class TestDecideDueStandard(ActionStandard):
    kind = DECIDE_DUE
    elsewhere = {Stage.ARCHIVE: "too_late", Stage.CLOSED: "too_late"}


@pytest.mark.parametrize(("kept", "due"), [(True, date(2025, 4, 2)), (False, date(2025, 3, 31))])
def test_kept_or_brought_nearer(scene: Scene, kept: bool, due: date) -> None:
    application = scene.home(DECIDE_DUE)
    assert (application.due_on, application.due_question) == (date(2025, 4, 2), True)
    application = scene.take(DECIDE_DUE, application, kept=kept)
    on = ACTS[DECIDE_DUE].on
    step = check_recorded(application, DECIDE_DUE, actor=scene.cast.clerk, role=Role.CLERK, on=on)
    assert step.facts == {"kept": kept, "reason": "已告知申请人。"}
    assert (application.due_on, application.due_question) == (due, False)


def test_decided_once_with_a_reason(scene: Scene) -> None:
    application = scene.home(DECIDE_DUE)
    with nothing_written(), pytest.raises(Invalid) as refused:
        scene.take(DECIDE_DUE, application, reason="")
    assert refused.value.field == "reason"
    application = scene.take(DECIDE_DUE, application, actor=scene.cast.approver)
    assert application.steps.latest("number").role == Role.APPROVER
    with nothing_written(), pytest.raises(ProcedureError) as again:
        scene.take(DECIDE_DUE, application)
    assert again.value.code == "no_due_question"
