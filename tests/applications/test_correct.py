"""补正: asked for once, answered once, and then the limit runs anew."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.agencies.errors import Invalid
from gongkai.applications.actions.correct import receive_correction
from gongkai.applications.errors import CaseNotFound, Conflict
from gongkai.applications.models import Application, ClockState, LetterKind
from gongkai.law.errors import LawError, ProcedureError
from gongkai.law.procedure import Role, Stage, StepKind
from gongkai.ledger.models import Entry
from tests.applications.scenes import (
    ACTS,
    Scene,
    at_once,
    check_recorded,
    nothing_written,
    said,
)
from tests.applications.standard import AFTER_OPINION, BEFORE_ACCEPTANCE, ActionStandard, each

NOTICE, CORRECTED = StepKind.CORRECTION_NOTICE, StepKind.CORRECTED


class TestNoticeStandard(ActionStandard):
    kind = NOTICE
    elsewhere = {
        Stage.CORRECT: "second_correction_notice",
        **each(BEFORE_ACCEPTANCE, "too_early"),
        **each(AFTER_OPINION, "too_late"),
    }


class TestCorrectedStandard(ActionStandard):
    kind = CORRECTED
    elsewhere = {
        **each((*BEFORE_ACCEPTANCE, Stage.OPINE, Stage.CONSULT), "no_correction_awaited"),
        **each(AFTER_OPINION, "too_late"),
    }


@pytest.mark.article("条例", 30)
def test_the_notice_says_everything_at_once(scene: Scene) -> None:
    application = scene.take(NOTICE, scene.home(NOTICE))
    step = check_recorded(application, NOTICE, actor=scene.cast.clerk, role=Role.CLERK, on=ACTS[NOTICE].on)
    assert step.facts == {"points": ["请写明项目名称", "请写明年份"], "correct_by": "2025-03-20"}
    assert (application.stage, application.next_step) == (Stage.CORRECT, StepKind.CORRECTED)
    assert (application.waits_until, application.clock_state) == (date(2025, 3, 20), ClockState.PAUSED)
    (letter,) = step.letters.all()
    assert (letter.kind, letter.number, letter.on) == (LetterKind.CORRECTION, "演城公开补〔2025〕1号", step.on)
    text = said(letter)
    for part in (
        letter.number,
        "请写明项目名称",
        "请写明年份",
        "2025年3月20日",
        "补正的申请之日起计算",
        "视为放弃申请",
    ):
        assert part in text, part


def test_points_are_kept_as_lines_without_blanks(scene: Scene) -> None:
    application = scene.take(NOTICE, scene.home(NOTICE), points=["  请写明年份\r\n", "", "   ", "第二点"])
    step = application.steps.get(kind=NOTICE.value)
    assert step.facts["points"] == ["请写明年份", "第二点"]


@pytest.mark.parametrize("points", [[], [""], ["  ", "\n"]])
def test_a_notice_without_points_is_none(scene: Scene, points: list[str]) -> None:
    application = scene.home(NOTICE)
    with nothing_written(), pytest.raises(Invalid) as refused:
        scene.take(NOTICE, application, points=points)
    assert refused.value.field == "points"


def test_a_point_that_no_font_can_show_is_spelt_out(scene: Scene) -> None:
    application = scene.take(NOTICE, scene.home(NOTICE), points=["请说明“😀\u202e”所指"])
    letter = application.letters.get(kind=LetterKind.CORRECTION)
    assert "〔U+1F600〕〔U+202E〕" in said(letter)


@pytest.mark.article("条例", 30)
@pytest.mark.parametrize("correct_by", [date(2025, 3, 5), date(2025, 3, 4)])
def test_the_period_ends_after_the_notice(scene: Scene, correct_by: date) -> None:
    application = scene.home(NOTICE)
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(NOTICE, application, correct_by=correct_by)
    assert refused.value.code == "correct_by_not_after_notice"
    assert refused.value.article.number == 30


@pytest.mark.article("条例", 30)
def test_the_notice_goes_out_within_seven_working_days(scene: Scene) -> None:
    """Received on Monday 3 March 2025: Wednesday the 12th is the seventh working day."""
    application = scene.home(NOTICE)
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(NOTICE, application, on=date(2025, 3, 13))
    assert refused.value.code == "correction_notice_late"
    assert scene.take(NOTICE, application, on=date(2025, 3, 12)).stage == Stage.CORRECT


@pytest.mark.article("条例", 30)
def test_correction_is_asked_for_once(scene: Scene) -> None:
    application = scene.take(CORRECTED, scene.at(Stage.CORRECT))
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(NOTICE, application, on=date(2025, 3, 10))
    assert refused.value.code == "second_correction_notice"


@pytest.mark.article("条例", 30)
def test_a_correction_starts_the_limit_anew(scene: Scene) -> None:
    application = scene.take(CORRECTED, scene.home(CORRECTED))
    step = check_recorded(application, CORRECTED, actor=scene.cast.clerk, role=Role.CLERK, on=date(2025, 3, 10))
    assert step.facts == {"text": "项目为北区环卫站，2020年。"}
    assert (application.stage, application.waits_until) == (Stage.OPINE, None)
    assert application.clock_state == ClockState.RUNNING
    assert application.received_on == date(2025, 3, 3), "the report counts it where it came in"
    assert application.due_on == date(2025, 4, 8), "20 working days from 10 March, 清明 off"


def test_the_applicant_corrects_on_line(scene: Scene) -> None:
    application = receive_correction(case_id=scene.at(Stage.CORRECT).pk, on=date(2025, 3, 11), text=" 北区 \n")
    step = check_recorded(application, CORRECTED, actor=None, role=Role.APPLICANT, on=date(2025, 3, 11))
    assert step.facts == {"text": "北区"}


def test_a_late_correction_is_still_received(scene: Scene) -> None:
    """Until the lapse has been found in an opinion, what comes in is taken in: it may have a proper reason."""
    application = scene.take(CORRECTED, scene.at(Stage.CORRECT), on=date(2025, 3, 25))
    assert (application.stage, application.due_on) == (Stage.OPINE, date(2025, 4, 23))


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_correction_is_none(scene: Scene, text: str) -> None:
    application = scene.at(Stage.CORRECT)
    for actor in (None, scene.cast.clerk):
        with nothing_written(), pytest.raises(Invalid) as refused:
            receive_correction(case_id=application.pk, on=date(2025, 3, 11), text=text, actor=actor)
        assert refused.value.field == "text"


def test_the_applicant_cannot_correct_what_nobody_asked(scene: Scene) -> None:
    application = scene.at(Stage.OPINE)
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        receive_correction(case_id=application.pk, on=date(2025, 3, 11), text="补充")
    assert refused.value.code == "no_correction_awaited"
    with nothing_written(), pytest.raises(CaseNotFound):
        receive_correction(case_id=application.pk + 999, on=date(2025, 3, 11), text="补充")


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_the_applicant_and_the_clerk_at_once(scene: Scene) -> None:
    application = scene.at(Stage.CORRECT)
    day = date(2025, 3, 11)
    results = at_once(
        lambda: receive_correction(case_id=application.pk, on=day, text="网上补正", seen=application.steps_taken),
        lambda: scene.take(CORRECTED, application, on=day, seen=application.steps_taken),
    )
    assert sorted(isinstance(result, LawError) for result in results) == [False, True]
    (refusal,) = [result for result in results if isinstance(result, LawError)]
    step = Application.objects.get(pk=application.pk).steps.get(kind=CORRECTED.value)
    who = step.actor.display_name if step.actor else "申请人"
    assert isinstance(refusal, Conflict)
    assert who in refusal.message.zh
    assert Entry.objects.filter(act="applications.corrected").count() == 1
