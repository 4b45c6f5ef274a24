"""What the holder of the query code sees: the progress, the clock, the letters that have gone out, and nothing more."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from gongkai.applications.models import TO_APPLICANT, LetterKind
from gongkai.applications.selectors import PublicCase, found_by_proof, public_case, public_letter
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Stage, StepKind
from tests.applications.scenes import GRANTED, NO_SUCH_CASE, Scene, last_day
from tests.applications.test_correspondence import SECRET

DAY = date(2025, 3, 28)


def kinds(case: PublicCase) -> list[str]:
    return [letter.kind for letter in case.letters]


def test_the_progress_in_public_words_at_every_stage(scene: Scene) -> None:
    words = {
        Stage.REGISTER: "正在登记",
        Stage.ACCEPT: "正在审查",
        Stage.OPINE: "正在办理",
        Stage.CORRECT: "需要补正",
        Stage.CONSULT: "征求有关方面的意见",
        Stage.DECIDE: "正在拟制",
        Stage.APPROVE: "正在审批",
        Stage.DELIVER: "正在送达",
        Stage.ARCHIVE: "2025年3月19日答复",
        Stage.CLOSED: "2025年3月19日答复",
    }
    for application in scene.everywhere():
        case = public_case(application, last_day(application))
        assert words[Stage(application.stage)] in case.progress.zh
        assert case.progress.en
        assert case.reckoning is not None
        assert case.reckoning.due == application.due_on


def test_the_letters_that_have_gone_out_at_every_stage(scene: Scene) -> None:
    """Signed is not sent: the reply is there from the delivery on. What a third party was asked is never there."""
    expected = {Stage.CORRECT: ["receipt", "correction"], Stage.CONSULT: ["receipt", "consultation_notice"]}
    for application in scene.everywhere():
        stage = Stage(application.stage)
        answered = stage in (Stage.ARCHIVE, Stage.CLOSED)
        case = public_case(application, last_day(application))
        assert kinds(case) == expected.get(stage, ["receipt", "reply"] if answered else ["receipt"])
        for letter in application.letters.all():
            assert (public_letter(application, letter.pk) == letter) == (letter in case.letters), (stage, letter.kind)
        assert case.outcome == (Outcome.GRANTED if answered else None)


@pytest.mark.article("条例", 32)
def test_whom_the_agency_asked_is_not_told_even_after_the_end(scene: Scene) -> None:
    application = scene.take(StepKind.CONSULTATION_REPLY, scene.at(Stage.CONSULT))
    application = scene.along(
        application, StepKind.OPINION, StepKind.DECISION, StepKind.SIGN, StepKind.DELIVER, StepKind.ARCHIVE
    )
    asked = application.letters.get(kind=LetterKind.CONSULTATION)
    assert kinds(public_case(application)) == ["receipt", "consultation_notice", "reply"]
    assert public_letter(application, asked.pk) is None
    assert LetterKind.CONSULTATION not in TO_APPLICANT


def test_a_letter_of_another_case_does_not_open(scene: Scene) -> None:
    mine, other = scene.at(Stage.CLOSED), scene.at(Stage.CLOSED)
    for letter in other.letters.all():
        assert public_letter(mine, letter.pk) is None
        assert public_letter(other, letter.pk) == letter
    assert public_letter(mine, NO_SUCH_CASE) is None


def test_a_proposed_refusal_does_not_show_before_it_is_answered(scene: Scene) -> None:
    """Neither as the outcome, nor in the words, nor in the steps that the page draws its time line from."""
    application = scene.take(StepKind.OPINION, scene.at(Stage.OPINE), **SECRET)
    for kind in (StepKind.DECISION, StepKind.SIGN):
        case = public_case(application, DAY)
        shown = repr(dataclasses.replace(case, application=None))
        for word in ("state_secret", "国家秘密", "保密", "classification", f"actor='{scene.cast.drafter.pk}'"):
            assert word not in shown, word
        application = scene.take(kind, application)
    assert public_case(application, DAY).outcome is None


def test_the_steps_tell_what_happened_and_when(scene: Scene) -> None:
    case = public_case(scene.at(Stage.CORRECT), DAY)
    assert [(step.kind, step.on.isoformat()) for step in case.steps] == [
        (StepKind.RECEIPT, "2025-03-03"),
        (StepKind.REGISTER, "2025-03-03"),
        (StepKind.ACCEPT, "2025-03-04"),
        (StepKind.CORRECTION_NOTICE, "2025-03-05"),
    ]
    assert all(step.actor is step.outcome is None for step in case.steps)


@pytest.mark.article("条例", 30)
def test_a_correction_can_be_sent_while_it_is_awaited(scene: Scene) -> None:
    application = scene.at(Stage.CORRECT)
    for day in (date(2025, 3, 6), date(2025, 3, 20), date(2025, 3, 25)):
        case = public_case(application, day)
        assert case.correction
        assert case.correction.facts["points"] == ["请写明项目名称", "请写明年份"]
        assert case.correction.by == date(2025, 3, 20)
    application = scene.take(StepKind.CORRECTED, application)
    case = public_case(application, DAY)
    assert case.correction is None


@pytest.mark.article("条例", 31)
def test_before_the_receipt_is_confirmed(scene: Scene) -> None:
    application = scene.unconfirmed()
    case = public_case(application)
    assert "双方确认" in case.progress.zh
    assert (case.reckoning, case.letters, case.steps, case.outcome) == (None, (), (), None)
    assert case.correction is case.reasons is case.fee is None
    assert not case.may_withdraw


def test_a_reply_that_went_back_and_forth_shows_only_the_one_that_was_sent(scene: Scene) -> None:
    application = scene.take(StepKind.RETURN, scene.at(Stage.APPROVE))
    day = date(2025, 3, 18)
    application = scene.take(StepKind.OPINION, application, on=day, **GRANTED)
    for kind in (StepKind.DECISION, StepKind.SIGN, StepKind.DELIVER):
        application = scene.take(kind, application, on=day)
    assert kinds(public_case(application, DAY)) == ["receipt", "reply"]


def test_the_code_opens_one_case(scene: Scene) -> None:
    received = scene.cast.apply()
    scene.cast.apply()
    found = found_by_proof(received.query_code, received.application.applicant_name)
    assert found == received.application.pk
