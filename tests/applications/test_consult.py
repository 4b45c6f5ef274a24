"""征求意见, and the answer to it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.agencies.errors import Invalid
from gongkai.agencies.selectors import today
from gongkai.applications.letters import LetterError
from gongkai.applications.models import ClockState, LetterKind
from gongkai.documents.errors import MissingGlyph
from gongkai.law.clock import Consulted
from gongkai.law.errors import ProcedureError
from gongkai.law.procedure import Role, Stage, StepKind
from tests.applications.scenes import ACTS, GRANTED, Scene, at_once, check_recorded, nothing_written, said
from tests.applications.standard import AFTER_OPINION, BEFORE_ACCEPTANCE, ActionStandard, each

ASK, ANSWER = StepKind.CONSULTATION, StepKind.CONSULTATION_REPLY


class TestConsultationStandard(ActionStandard):
    kind = ASK
    elsewhere = {
        Stage.CORRECT: "correction_awaited",
        **each(BEFORE_ACCEPTANCE, "too_early"),
        **each(AFTER_OPINION, "too_late"),
    }

    @pytest.mark.concurrent
    @pytest.mark.django_db(transaction=True)
    def test_two_who_looked_at_nothing(self, scene: Scene) -> None:
        """Several may be asked; two letters made at the same moment have two numbers."""
        application, second = scene.home(ASK), scene.colleague(Role.DRAFTER)
        at_once(
            lambda: scene.take(ASK, application),
            lambda: scene.take(ASK, application, actor=second, addressee="演示监理有限公司"),
        )
        application.refresh_from_db()
        asked = application.letters.filter(kind=LetterKind.CONSULTATION).values_list("number", flat=True)
        assert sorted(asked) == ["演城公开征〔2025〕1号", "演城公开征〔2025〕2号"]
        assert application.steps_taken == 5


class TestConsultationReplyStandard(ActionStandard):
    kind = ANSWER
    elsewhere = {}

    def test_only_at_its_stage(self, scene: Scene) -> None:
        """The answer that comes after the opinion was given, or while it is not even asked for, comes in vain."""
        application = scene.at(Stage.CONSULT)
        lapsed = date(2025, 3, 31)
        for kind in (StepKind.OPINION, StepKind.DECISION, StepKind.SIGN, StepKind.DELIVER, StepKind.ARCHIVE):
            application = scene.take(kind, application, on=lapsed)
            with nothing_written(), pytest.raises(ProcedureError) as refused:
                scene.take(ANSWER, application, on=lapsed)
            assert (refused.value.code, refused.value.article.number) == ("too_late", 33)


@pytest.mark.article("条例", 33)
@pytest.mark.parametrize("role", [Role.CLERK, Role.DRAFTER])
def test_asking_stops_the_clock(scene: Scene, role: Role) -> None:
    person = scene.cast.staff[role]
    application = scene.take(ASK, scene.home(ASK), actor=person)
    step = check_recorded(application, ASK, actor=person, role=role, on=ACTS[ASK].on)
    assert step.facts == {
        "consulted": "third_party",
        "addressee": "演示建设有限公司",
        "text": "北区环卫站施工合同",
        "received": None,
    }
    assert (application.stage, application.next_step) == (Stage.CONSULT, ANSWER)
    assert (application.clock_state, application.waits_until) == (ClockState.PAUSED, date(2025, 3, 27))


@pytest.mark.article("条例", 32)
def test_two_letters_go_out(scene: Scene) -> None:
    """The one asked is not told who applied; the applicant is told that somebody is asked, not who."""
    application = scene.take(ASK, scene.home(ASK))
    asked, told = application.steps.get(kind=ASK.value).letters.order_by("id")
    assert [letter.kind for letter in (asked, told)] == [LetterKind.CONSULTATION, LetterKind.CONSULTATION_NOTICE]
    assert [letter.number for letter in (asked, told)] == ["演城公开征〔2025〕1号", "演城公开告〔2025〕1号"]
    assert "北区环卫站施工合同" in said(asked)
    assert "演示建设有限公司" in said(asked)
    assert application.applicant_name not in said(asked)
    assert application.applicant_name in said(told)
    assert "演示建设有限公司" not in said(told)


@pytest.mark.parametrize(
    ("consulted", "limit"),
    [(Consulted.THIRD_PARTY, date(2025, 3, 28)), (Consulted.CO_PRODUCER, date(2025, 3, 28)), (Consulted.OTHER, None)],
)
@pytest.mark.article("条例", 34)
def test_whose_silence_ends_when(scene: Scene, consulted: Consulted, limit: date | None) -> None:
    application = scene.take(ASK, scene.home(ASK), consulted=consulted, received=date(2025, 3, 7))
    assert application.waits_until == limit
    article = {Consulted.THIRD_PARTY: "第三十二条", Consulted.CO_PRODUCER: "第三十四条", Consulted.OTHER: "第三十三条"}
    assert article[consulted] in said(application.letters.get(kind=LetterKind.CONSULTATION))


@pytest.mark.parametrize(
    ("data", "field"),
    [({"addressee": " "}, "addressee"), ({"text": "\n"}, "text"), ({"addressee": "", "text": ""}, "addressee")],
)
def test_whom_and_about_what_must_be_said(scene: Scene, data: dict[str, str], field: str) -> None:
    application = scene.home(ASK)
    with nothing_written(), pytest.raises(Invalid) as refused:
        scene.take(ASK, application, **data)
    assert refused.value.field == field


def test_who_applied_is_not_told(scene: Scene) -> None:
    application = scene.home(ASK)
    with nothing_written(), pytest.raises(LetterError) as refused:
        scene.take(ASK, application, text=f"{application.applicant_name}申请的施工合同")
    assert refused.value.code == "applicant_named"


def test_an_addressee_that_no_font_can_show_is_refused(scene: Scene) -> None:
    """A letter to a wrong name is worse than none: the office is told which character, and no number is used up."""
    application = scene.home(ASK)
    with nothing_written(), pytest.raises(MissingGlyph):
        scene.take(ASK, application, addressee="𠮷野家餐饮有限公司")


def test_received_cannot_lie_before_the_letter_or_after_today(scene: Scene) -> None:
    application = scene.home(ASK)
    for received, code in ((date(2025, 3, 5), "received_out_of_order"), (today() + timedelta(1), "in_the_future")):
        with nothing_written(), pytest.raises(ProcedureError) as refused:
            scene.take(ASK, application, received=received)
        assert refused.value.code == code


@pytest.mark.article("条例", 33)
@pytest.mark.parametrize("role", [Role.CLERK, Role.DRAFTER])
def test_an_answer_lets_the_clock_run_on(scene: Scene, role: Role) -> None:
    person = scene.cast.staff[role]
    application = scene.take(ANSWER, scene.home(ANSWER), actor=person, text="  同意。 ")
    step = check_recorded(application, ANSWER, actor=person, role=role, on=ACTS[ANSWER].on)
    assert step.facts == {"consultation": 4, "objected": False, "text": "同意。"}
    assert (application.stage, application.waits_until) == (Stage.OPINE, None)
    assert application.clock_state == ClockState.RUNNING
    assert application.due_on == date(2025, 4, 7), "four days' pause added to 31 March, 清明 off"


def test_two_consultations_are_answered_one_by_one(scene: Scene) -> None:
    application = scene.along(scene.apply(), StepKind.REGISTER, StepKind.ACCEPT, ASK)
    application = scene.take(ASK, application, consulted=Consulted.OTHER, addressee="演示市档案馆")
    assert application.waits_until is None, "another organ has no limit"
    application = scene.take(ANSWER, application, consultation=5)
    assert (application.stage, application.waits_until) == (Stage.CONSULT, date(2025, 3, 27))
    application = scene.take(ANSWER, application, consultation=4, objected=True)
    assert application.stage == Stage.OPINE
    assert application.letters.filter(kind=LetterKind.CONSULTATION).count() == 2


@pytest.mark.parametrize("consultation", [0, 1, 5, -4, 10**12])
def test_an_answer_needs_its_question(scene: Scene, consultation: int) -> None:
    application = scene.at(Stage.CONSULT)
    with nothing_written(), pytest.raises(Invalid) as refused:
        scene.take(ANSWER, application, consultation=consultation)
    assert refused.value.field == "consultation"


def test_a_consultation_is_answered_once(scene: Scene) -> None:
    application = scene.take(ANSWER, scene.at(Stage.CONSULT))
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(ANSWER, application)
    assert refused.value.code == "no_open_consultation"


@pytest.mark.article("条例", 33)
def test_an_answer_from_another_case_is_not_taken(scene: Scene) -> None:
    asked, other = scene.at(Stage.CONSULT), scene.at(Stage.OPINE)
    number = asked.steps.get(kind=ASK.value).number
    with nothing_written(), pytest.raises(Invalid):
        scene.take(ANSWER, other, consultation=number)


@pytest.mark.article("条例", 32)
def test_silence_of_a_third_party_leaves_the_decision_to_the_agency(scene: Scene) -> None:
    application = scene.at(Stage.CONSULT)
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(StepKind.OPINION, application, on=date(2025, 3, 27), **GRANTED)
    assert (refused.value.code, refused.value.article.number) == ("consultation_open", 32)
    assert scene.take(StepKind.OPINION, application, on=date(2025, 3, 28), **GRANTED).stage == Stage.DECIDE


@pytest.mark.article("条例", 33)
def test_another_organ_must_answer(scene: Scene) -> None:
    application = scene.take(ASK, scene.home(ASK), consulted=Consulted.OTHER)
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(StepKind.OPINION, application, on=date(2026, 3, 27), **GRANTED)
    assert refused.value.code == "consultation_open"
