"""撤回申请: by the applicant or as a clerk records it; then the case only closes, with a letter."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.applications.actions.withdraw import Withdrawal, withdraw
from gongkai.applications.known_slots import suggested
from gongkai.applications.models import LetterKind
from gongkai.law.applicants import ApplicantKind
from gongkai.law.errors import ProcedureError
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role, Stage, StepKind
from tests.applications.scenes import ACTS, Scene, check_recorded, nothing_written, said
from tests.applications.standard import AFTER_OPINION, ActionStandard, each

WITHDRAW, OPINE = StepKind.WITHDRAWAL, StepKind.OPINION


class TestWithdrawStandard(ActionStandard):
    kind = WITHDRAW
    elsewhere = {Stage.REGISTER: "too_early", **each(AFTER_OPINION[2:], "too_late")}


def test_the_clerk_records_it(scene: Scene) -> None:
    application = scene.take(WITHDRAW, scene.home(WITHDRAW), reason=" 已从他处取得。 ")
    step = check_recorded(application, WITHDRAW, actor=scene.cast.clerk, role=Role.CLERK, on=ACTS[WITHDRAW].on)
    assert step.facts == {"way": "letter", "reason": "已从他处取得。"}
    assert (application.stage, application.next_step) == (Stage.OPINE, OPINE)


def test_the_applicant_does_it_on_line(scene: Scene) -> None:
    application = withdraw(case_id=scene.at(Stage.CONSULT).pk, on=date(2025, 3, 7))
    step = check_recorded(application, WITHDRAW, actor=None, role=Role.APPLICANT, on=date(2025, 3, 7))
    assert step.facts == {"way": "online", "reason": ""}
    assert application.stage == Stage.OPINE, "nobody else's answer is waited for"


def test_it_closes_as_other_and_as_nothing_else(scene: Scene) -> None:
    application = scene.take(WITHDRAW, scene.home(WITHDRAW))
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(OPINE, application)
    assert refused.value.code == "withdrawn"
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(WITHDRAW, application)
    assert refused.value.code == "withdrawn"


@pytest.mark.parametrize(
    ("kind", "way", "words"),
    [
        (ApplicantKind.NATURAL_PERSON, Withdrawal.LETTER, "您已于2025年3月13日书面撤回上述政府信息公开申请"),
        (ApplicantKind.NATURAL_PERSON, Withdrawal.ORAL, "您已于2025年3月13日口头撤回上述政府信息公开申请"),
        (ApplicantKind.BUSINESS, Withdrawal.ONLINE, "贵单位已于2025年3月13日通过网上撤回上述政府信息公开申请"),
    ],
)
def test_the_reply_says_that_it_was_withdrawn(scene: Scene, kind: ApplicantKind, way: Withdrawal, words: str) -> None:
    application = scene.take(WITHDRAW, scene.at(Stage.OPINE, applicant_kind=kind.value), way=way)
    slots = suggested(application, list(application.steps.order_by("number")))
    day = ACTS[OPINE].on
    application = scene.take(OPINE, application, outcome=Outcome.OTHER, findings="", slots=slots)
    for step in (StepKind.DECISION, StepKind.SIGN):
        application = scene.take(step, application, on=day)
    text = said(application.letters.get(kind=LetterKind.REPLY))
    assert f"{words}。本机关不再处理该政府信息公开申请。" in text
    assert "根据的规定" not in text
