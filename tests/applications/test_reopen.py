"""重新办理: why, until when, and the reply that replaces the one before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.agencies.errors import Invalid
from gongkai.applications.models import Application, LetterKind, PaperKind
from gongkai.law.errors import ProcedureError
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import ReopenGround, Role, Stage, StepKind
from tests.applications.scenes import ACTS, Scene, check_recorded, nothing_written, said, squeezed
from tests.applications.standard import BEFORE_ACCEPTANCE, ActionStandard, each
from tests.applications.uploads import a_file
from tests.cast import make_person

REOPEN = StepKind.REOPEN
ON = ACTS[REOPEN].on
ERROR: dict[str, Any] = {"ground": ReopenGround.ERROR, "document": "", "reason": "漏列了附表。"}


class TestReopenStandard(ActionStandard):
    kind = REOPEN
    elsewhere = {
        Stage.CORRECT: "correction_awaited",
        **each((*BEFORE_ACCEPTANCE, Stage.OPINE, Stage.CONSULT), "too_early"),
        **each((Stage.DECIDE, Stage.APPROVE, Stage.DELIVER), "too_early"),
    }


def answered_again(scene: Scene, application: Application) -> Application:
    for kind in (StepKind.OPINION, StepKind.DECISION, StepKind.SIGN):
        application = scene.take(kind, application, on=ON)
    return application


def test_the_case_is_at_work_again(scene: Scene) -> None:
    application = scene.take(REOPEN, scene.home(REOPEN), papers=[a_file("复议决定书.pdf")])
    step = check_recorded(application, REOPEN, actor=scene.cast.clerk, role=Role.CLERK, on=ON)
    assert step.facts == {"ground": "reconsideration", "document": "演政复决〔2025〕8号", "reason": "", "until": None}
    assert (application.stage, application.rounds, application.archived_on) == (Stage.OPINE, 2, None)
    assert application.due_on == date(2025, 7, 1), "counted anew"
    assert (application.outcome, application.answered_on) == (Outcome.GRANTED, date(2025, 3, 19)), "counted once"
    assert step.papers.get().kind == PaperKind.REVIEW


def test_the_day_that_was_set_holds(scene: Scene) -> None:
    application = scene.home(REOPEN)
    for until, ground, code in (
        (ON, ReopenGround.COURT, "until_not_after_reopening"),
        (date(2025, 6, 13), ReopenGround.ERROR, "until_without_order"),
    ):
        changes = {"actor": scene.cast.approver, "until": until, "ground": ground, "reason": "漏列"}
        with nothing_written(), pytest.raises(ProcedureError) as refused:
            scene.take(REOPEN, application, **changes)
        assert refused.value.code == code
    assert scene.take(REOPEN, application, until=date(2025, 6, 13)).due_on == date(2025, 6, 13)


def test_an_own_error_is_for_the_approver_to_correct(scene: Scene) -> None:
    application = scene.home(REOPEN)
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(REOPEN, application, **ERROR)
    assert refused.value.code == "wrong_role"
    both = make_person("both", scene.cast.agency, Role.CLERK, Role.APPROVER)
    application = scene.take(REOPEN, application, actor=both, **ERROR)
    assert application.steps.latest("number").role == Role.APPROVER


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({**ERROR, "reason": " "}, "reason"),
        ({"ground": ReopenGround.COURT, "document": ""}, "document"),
        ({"document": "\n"}, "document"),
    ],
)
def test_what_must_be_said(scene: Scene, changes: dict[str, Any], field: str) -> None:
    application = scene.home(REOPEN)
    with nothing_written(), pytest.raises(Invalid) as refused:
        scene.take(REOPEN, application, actor=scene.cast.approver, **changes)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {},
            "根据行政复议决定（文号：演政复决〔2025〕8号），本机关对您的申请重新作出答复。"
            "本答复替代本机关2025年3月18日作出的答复（文号：演城公开答〔2025〕1号）。",
        ),
        (
            {"ground": ReopenGround.COURT, "document": "（2025）演01行初3号"},
            "根据人民法院的判决（文号：（2025）演01行初3号），本机关对您的申请重新作出答复。",
        ),
        (
            ERROR,
            "经核查，本机关2025年3月18日作出的答复（文号：演城公开答〔2025〕1号）有误，现予更正，重新答复您。"
            "本答复替代该答复。",
        ),
    ],
)
def test_the_new_reply_replaces_the_old(scene: Scene, changes: dict[str, Any], words: str) -> None:
    application = scene.take(REOPEN, scene.home(REOPEN), actor=scene.cast.approver, **changes)
    application = answered_again(scene, application)
    old, new = application.letters.filter(kind=LetterKind.REPLY).order_by("id")
    assert (new.number, new.replaces, old.replaces) == ("演城公开答〔2025〕2号", old, None)
    assert squeezed(words) in said(new)
    assert "替代" not in said(old)


def test_a_third_reply_replaces_the_second(scene: Scene) -> None:
    application = answered_again(scene, scene.take(REOPEN, scene.home(REOPEN)))
    application = scene.take(StepKind.DELIVER, application, on=ON)
    application = answered_again(scene, scene.take(REOPEN, application, on=ON))
    first, second, third = application.letters.filter(kind=LetterKind.REPLY).order_by("id")
    assert (second.replaces, third.replaces) == (first, second)
    assert f"文号：{second.number}" in said(third)
