"""提出办理意见: one of the 21 outcomes, with all that its reply must say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.agencies.models import NumberSeries
from gongkai.applications.letters import MissingSlotError, WrongSlotError
from gongkai.applications.models import Application
from gongkai.documents.errors import MissingGlyph
from gongkai.law.errors import LawError, ProcedureError
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role, Stage, StepKind
from tests.applications.scenes import ACTS, GRANTED, Scene, check_recorded, nothing_written
from tests.applications.standard import AFTER_OPINION, BEFORE_ACCEPTANCE, ActionStandard, each

KIND = StepKind.OPINION


class TestProposeStandard(ActionStandard):
    kind = KIND
    elsewhere = {
        Stage.CORRECT: "correction_awaited",
        Stage.CONSULT: "consultation_open",
        **each(BEFORE_ACCEPTANCE, "too_early"),
        **each(AFTER_OPINION, "too_late"),
    }


@pytest.mark.article("条例", 36)
def test_the_drafter_proposes(scene: Scene) -> None:
    application = scene.take(KIND, scene.home(KIND), reasons=" 依法可以公开。 ", findings="\n经查。")
    step = check_recorded(application, KIND, actor=scene.cast.drafter, role=Role.DRAFTER, on=ACTS[KIND].on)
    assert step.facts == {
        "outcome": "granted",
        "findings": "经查。",
        "reasons": "依法可以公开。",
        "slots": dict(GRANTED["slots"]),
    }
    assert (application.stage, application.next_step) == (Stage.DECIDE, StepKind.DECISION)


def test_an_opinion_is_no_answer_yet(scene: Scene) -> None:
    """Nothing is decided, nothing is numbered, and the report counts nothing."""
    application = scene.take(KIND, scene.home(KIND))
    assert (application.outcome, application.answered_on) == ("", None)
    assert application.letters.count() == 1
    assert not NumberSeries.objects.filter(kind="reply").exists()


@pytest.mark.article("条例", 36)
@pytest.mark.parametrize(
    ("outcome", "slots", "reasons", "missing"),
    [
        (Outcome.GRANTED, {}, "", "provision"),
        (Outcome.GRANTED, {"provision": "stated"}, "", "information"),
        (Outcome.STATE_SECRET, {}, "属于国家秘密。", "classification"),
        (Outcome.STATE_SECRET, {"classification": "《保密事项范围》第三条"}, "", "reasons"),
        (Outcome.NOT_HELD, {}, "", None),
    ],
)
def test_what_the_reply_must_say_is_asked_for_now(
    scene: Scene, outcome: Outcome, slots: dict[str, str], reasons: str, missing: str | None
) -> None:
    application = scene.home(KIND)
    with nothing_written(), pytest.raises(MissingSlotError) as refused:
        scene.take(KIND, application, outcome=outcome, slots=slots, reasons=reasons)
    assert missing is None or refused.value.slot == missing


@pytest.mark.parametrize("slots", [{"provision": "by_telepathy"}, {**GRANTED["slots"], "unheard_of": "x"}])
def test_a_slot_holds_only_what_it_can(scene: Scene, slots: dict[str, str]) -> None:
    application = scene.home(KIND)
    with nothing_written(), pytest.raises(WrongSlotError):
        scene.take(KIND, application, slots=slots)


@pytest.mark.parametrize("place", ["findings", "reasons"])
def test_what_no_font_can_show_is_found_now_and_not_at_the_signature(scene: Scene, place: str) -> None:
    application = scene.home(KIND)
    with nothing_written(), pytest.raises(MissingGlyph) as refused:
        scene.take(KIND, application, **{place: "经查，该信息由𰻝家村保存。"})
    assert refused.value.characters == ("𰻝",)


def test_the_stage_is_told_before_the_slots(scene: Scene) -> None:
    """Who comes too early is told that, not what is missing in a form that cannot be sent yet."""
    application = scene.at(Stage.REGISTER)
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(KIND, application, slots={})
    assert refused.value.code == "too_early"


@pytest.mark.article("条例", 30)
@pytest.mark.parametrize(
    ("stage", "outcome", "code"),
    [
        (Stage.OPINE, Outcome.CORRECTION_LAPSED, "correction_not_awaited"),
        (Stage.OPINE, Outcome.STILL_UNCLEAR, "no_correction_received"),
        (Stage.OPINE, Outcome.THIRD_PARTY_RIGHTS, "third_party_not_asked"),
        (Stage.OPINE, Outcome.FEE_UNPAID, "no_fee_notice"),
        (Stage.CORRECT, Outcome.CORRECTION_LAPSED, "correction_not_lapsed"),
        (Stage.CORRECT, Outcome.GRANTED, "correction_awaited"),
    ],
)
def test_an_outcome_needs_its_ground(scene: Scene, stage: Stage, outcome: Outcome, code: str) -> None:
    application = scene.at(stage)
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(KIND, application, outcome=outcome, slots={}, reasons="理由")
    assert refused.value.code == code
    assert refused.value.article is not None


@pytest.mark.article("条例", 30)
def test_a_lapsed_correction_is_closed_from_the_next_day(scene: Scene) -> None:
    application = scene.at(Stage.CORRECT)
    slots = {"correction_notice_on": "2025-03-05", "correct_by": "2025-03-20"}
    data: dict[str, Any] = {"outcome": Outcome.CORRECTION_LAPSED, "slots": slots, "findings": "逾期未补正。"}
    with nothing_written(), pytest.raises(ProcedureError):
        scene.take(KIND, application, on=date(2025, 3, 20), **data)
    assert scene.take(KIND, application, on=date(2025, 3, 21), **data).stage == Stage.DECIDE


def test_after_a_return_another_opinion_stands(scene: Scene) -> None:
    application = scene.take(StepKind.RETURN, scene.at(Stage.APPROVE))
    assert (application.stage, application.next_step) == (Stage.OPINE, KIND)
    application = scene.take(KIND, application, on=date(2025, 3, 18), findings="又经查。")
    opinions = [step.facts["findings"] for step in application.steps.filter(kind=KIND.value).order_by("number")]
    assert opinions == [GRANTED["findings"], "又经查。"]


def test_enormous_findings_are_taken_or_refused_in_words(scene: Scene) -> None:
    """A hundred thousand characters make a long letter, or a refusal; never half a step."""
    application = scene.home(KIND)
    try:
        scene.take(KIND, application, findings="该信息内容较多。" * 12_500)
    except LawError:
        assert Application.objects.get(pk=application.pk).stage == Stage.OPINE
    else:
        assert Application.objects.get(pk=application.pk).stage == Stage.DECIDE
