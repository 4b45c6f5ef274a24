"""说明理由 and 延迟答复 (条例 35)."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.agencies.errors import Invalid
from gongkai.applications.actions.reasons import receive_reasons
from gongkai.applications.letters import LetterError
from gongkai.applications.models import LetterKind, PaperKind
from gongkai.law.errors import ProcedureError
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role, Stage, StepKind
from tests.applications.scenes import ACTS, Scene, check_recorded, nothing_written, said, squeezed
from tests.applications.standard import AFTER_OPINION, BEFORE_ACCEPTANCE, ActionStandard, each
from tests.applications.uploads import a_file

ASK, GIVE, DELAY, OPINE = (
    StepKind.REASONS_ASKED,
    StepKind.REASONS_GIVEN,
    StepKind.AGREED_DELAY,
    StepKind.OPINION,
)
ABUSIVE = {
    "outcome": Outcome.ABUSIVE_VOLUME,
    "findings": "",
    "reasons": "所述用途与申请内容无关。",
    "slots": {"volume": "2025年1月至3月共62件", "reasons_asked_on": "2025-03-05"},
}


class TestAskReasonsStandard(ActionStandard):
    kind = ASK
    elsewhere = {
        Stage.CORRECT: "correction_awaited",
        **each(BEFORE_ACCEPTANCE, "too_early"),
        **each(AFTER_OPINION, "too_late"),
    }


class TestReceiveReasonsStandard(ActionStandard):
    kind = GIVE
    elsewhere = {**each(BEFORE_ACCEPTANCE, "too_early"), **each(AFTER_OPINION, "too_late")}


class TestAgreeDelayStandard(ActionStandard):
    kind = DELAY
    elsewhere = {
        Stage.CORRECT: "correction_awaited",
        **each(BEFORE_ACCEPTANCE, "too_early"),
        **each(AFTER_OPINION[2:], "too_late"),
    }


@pytest.mark.article("条例", 35)
def test_the_request_says_what_is_beyond_reason_and_by_when(scene: Scene) -> None:
    application = scene.take(ASK, scene.home(ASK))
    step = check_recorded(application, ASK, actor=scene.cast.clerk, role=Role.CLERK, on=ACTS[ASK].on)
    assert step.facts == {"volume": "您自2025年1月1日以来已申请62件", "until": "2025-03-12"}
    assert application.due_on == date(2025, 3, 31), "the limit runs on"
    (letter,) = step.letters.all()
    assert (letter.kind, letter.number) == (LetterKind.REASONS, "演城公开理〔2025〕1号")
    text = said(letter)
    for part in (
        "政府信息公开申请说明理由告知书",
        "数量、频次明显超过合理范围：您自2025年1月1日以来已申请62件。",
        "根据《政府信息公开条例》第三十五条的规定，请您说明申请的理由，于2025年3月12日前（含当日）",
        "本机关认为申请理由不合理的，将告知不予处理",
    ):
        assert squeezed(part) in text, part


def test_what_is_beyond_reason_must_be_said(scene: Scene) -> None:
    application = scene.home(ASK)
    with nothing_written(), pytest.raises(Invalid) as refused:
        scene.take(ASK, application, volume=" ")
    assert refused.value.field == "volume"


@pytest.mark.parametrize(
    ("until", "code"), [(date(2025, 3, 5), "until_not_after_request"), (date(2025, 3, 4), "until_not_after_request")]
)
def test_the_period_lies_ahead(scene: Scene, until: date, code: str) -> None:
    application = scene.home(ASK)
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(ASK, application, until=until)
    assert refused.value.code == code


def test_the_applicant_gives_them_on_line_with_papers(scene: Scene) -> None:
    application = scene.home(GIVE)
    application = receive_reasons(
        case_id=application.pk, on=date(2025, 3, 9), text=" 撰写论文。\n", papers=[a_file("课题证明.pdf")]
    )
    step = check_recorded(application, GIVE, actor=None, role=Role.APPLICANT, on=date(2025, 3, 9))
    assert step.facts == {"text": "撰写论文。"}
    paper = step.papers.get()
    assert (paper.kind, paper.name, paper.added_by) == (PaperKind.REASONS, "课题证明.pdf", None)


def test_empty_reasons_are_none(scene: Scene) -> None:
    application = scene.home(GIVE)
    with nothing_written(), pytest.raises(Invalid) as refused:
        scene.take(GIVE, application, text="\n")
    assert refused.value.field == "text"


@pytest.mark.article("条例", 35)
def test_good_reasons_may_have_a_later_reply(scene: Scene) -> None:
    application = scene.take(DELAY, scene.home(DELAY))
    step = check_recorded(application, DELAY, actor=scene.cast.approver, role=Role.APPROVER, on=ACTS[DELAY].on)
    assert application.due_on == date(2025, 5, 30)
    (letter,) = step.letters.all()
    assert (letter.kind, letter.number) == (LetterKind.EXTENSION, "演城公开延〔2025〕1号")
    text = said(letter)
    for part in (
        "本机关于2025年3月5日要求您说明理由，您于2025年3月10日说明了理由。",
        "经审查，申请理由合理，但是因所涉档案数量大，无法在《政府信息公开条例》第三十三条规定的期限内答复。",
        "根据《政府信息公开条例》第三十五条的规定，本机关确定延迟答复的期限至2025年5月30日止。",
    ):
        assert squeezed(part) in text, part
    assert "第三十三条第二款" not in text, "no extension"


def test_a_delay_needs_reasons_and_a_later_day(scene: Scene) -> None:
    asked, given = scene.take(ASK, scene.home(ASK)), scene.home(DELAY)
    for application, changes, code in (
        (asked, {}, "no_reasons_given"),
        (given, {"until": date(2025, 3, 31)}, "agreed_delay_not_later"),
    ):
        with nothing_written(), pytest.raises(ProcedureError) as refused:
            scene.take(DELAY, application, **changes)
        assert refused.value.code == code
    with nothing_written(), pytest.raises(Invalid) as unsaid:
        scene.take(DELAY, given, reason="")
    assert unsaid.value.field == "reason"


@pytest.mark.article("条例", 35)
def test_a_refusal_for_volume_asks_for_reasons_first(scene: Scene) -> None:
    application = scene.at(Stage.OPINE)
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(OPINE, application, **ABUSIVE)
    assert refused.value.code == "reasons_not_asked"
    application = scene.take(ASK, application)
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(OPINE, application, on=date(2025, 3, 12), **ABUSIVE)
    assert refused.value.code == "reasons_awaited"
    assert scene.take(OPINE, application, on=date(2025, 3, 13), **ABUSIVE).stage == Stage.DECIDE


def test_the_day_of_the_request_is_what_the_record_says(scene: Scene) -> None:
    application = scene.along(scene.at(Stage.OPINE), ASK, GIVE)
    wrong = {**ABUSIVE, "slots": {**ABUSIVE["slots"], "reasons_asked_on": "2025-03-04"}}
    with nothing_written(), pytest.raises(LetterError) as refused:
        scene.take(OPINE, application, **wrong)
    assert (refused.value.code, refused.value.slot) == ("slot_differs", "reasons_asked_on")
    assert "2025-03-05" in refused.value.message.zh
