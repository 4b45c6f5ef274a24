"""作出决定, 退回 and 签发."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.agencies.errors import Invalid
from gongkai.applications.history import case_of
from gongkai.applications.models import Application, LetterKind
from gongkai.applications.selectors import inbox
from gongkai.documents.errors import MissingGlyph
from gongkai.law.errors import ProcedureError
from gongkai.law.procedure import Role, Stage, StepKind
from tests.applications.scenes import ACTS, GRANTED, ROUTE, Scene, check_recorded, nothing_written, said
from tests.applications.standard import AFTER_OPINION, BEFORE_ACCEPTANCE, ActionStandard, each
from tests.cast import make_person

DRAW_UP, REVIEW, RETURN, SIGN = StepKind.DECISION, StepKind.REVIEW, StepKind.RETURN, StepKind.SIGN
_BEFORE_DECISION = {
    Stage.CORRECT: "correction_awaited",
    **each((*BEFORE_ACCEPTANCE, Stage.OPINE, Stage.CONSULT), "too_early"),
}


class TestDrawUpStandard(ActionStandard):
    kind = DRAW_UP
    elsewhere = {**_BEFORE_DECISION, **each(AFTER_OPINION[1:], "too_late")}


class TestSendBackStandard(ActionStandard):
    kind = RETURN
    elsewhere = {**_BEFORE_DECISION, Stage.DECIDE: "too_early", **each(AFTER_OPINION[2:], "too_late")}


class TestReviewStandard(ActionStandard):
    kind = REVIEW
    elsewhere = {**_BEFORE_DECISION, Stage.DECIDE: "too_early", **each(AFTER_OPINION[2:], "too_late")}


class TestSignStandard(ActionStandard):
    kind = SIGN
    elsewhere = {**_BEFORE_DECISION, Stage.DECIDE: "too_early", **each(AFTER_OPINION[2:], "too_late")}


@pytest.mark.article("条例", 36)
def test_the_clerk_draws_the_decision_up(scene: Scene) -> None:
    application = scene.take(DRAW_UP, scene.home(DRAW_UP))
    check_recorded(application, DRAW_UP, actor=scene.cast.clerk, role=Role.CLERK, on=ACTS[DRAW_UP].on)
    assert (application.stage, application.next_step) == (Stage.APPROVE, SIGN)
    assert application.letters.count() == 1, "drawn up is not issued"


def test_the_approver_sends_back_with_a_reason(scene: Scene) -> None:
    application = scene.take(RETURN, scene.home(RETURN))
    step = check_recorded(application, RETURN, actor=scene.cast.approver, role=Role.APPROVER, on=ACTS[RETURN].on)
    assert step.facts == {"reason": "请补充检索经过。"}
    assert (application.stage, application.next_step) == (Stage.OPINE, StepKind.OPINION)


@pytest.mark.parametrize("reason", ["", " \n "])
def test_no_return_without_a_reason(scene: Scene, reason: str) -> None:
    application = scene.home(RETURN)
    with nothing_written(), pytest.raises(Invalid) as refused:
        scene.take(RETURN, application, reason=reason)
    assert refused.value.field == "reason"


def test_signed_is_numbered_and_made(scene: Scene) -> None:
    application = scene.take(SIGN, scene.home(SIGN))
    step = check_recorded(application, SIGN, actor=scene.cast.approver, role=Role.APPROVER, on=ACTS[SIGN].on)
    assert (application.stage, application.next_step) == (Stage.DELIVER, StepKind.DELIVER)
    assert (application.outcome, application.answered_on) == ("", None), "signed is not answered"
    (letter,) = step.letters.all()
    assert (letter.kind, letter.number, letter.on) == (LetterKind.REPLY, "演城公开答〔2025〕1号", step.on)
    text = said(letter)
    for part in (letter.number, "2025年3月18日", application.applicant_name, "决定予以公开", "演示市人民政府"):
        assert part in text, part


def test_nobody_signs_his_own_draft(scene: Scene) -> None:
    """A drafter who is an approver too needs another approver; the same person may sign what others drafted."""
    both = make_person("both", scene.cast.agency, Role.DRAFTER, Role.APPROVER)
    application = scene.take(StepKind.OPINION, scene.at(Stage.OPINE), actor=both)
    application = scene.take(DRAW_UP, application)
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(SIGN, application, actor=both)
    assert refused.value.code == "signer_is_drafter"
    assert "内部办理规则" in refused.value.message.zh
    assert scene.take(SIGN, application, actor=scene.cast.approver).stage == Stage.DELIVER
    assert scene.take(SIGN, scene.at(Stage.APPROVE), actor=both).stage == Stage.DELIVER


def test_nobody_signs_what_he_drew_up(scene: Scene) -> None:
    both = make_person("both", scene.cast.agency, Role.CLERK, Role.APPROVER)
    application = scene.take(DRAW_UP, scene.at(Stage.DECIDE), actor=both)
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(SIGN, application, actor=both)
    assert refused.value.code == "signer_is_drafter"
    assert application.pk not in {row.application.pk for row in inbox(both, view="mine").rows}
    assert application.pk in {row.application.pk for row in inbox(scene.cast.approver, view="mine").rows}


def test_the_drafter_of_an_opinion_that_was_sent_back_may_sign_another(scene: Scene) -> None:
    """What counts is who drafted the opinion that is signed."""
    both = make_person("both", scene.cast.agency, Role.DRAFTER, Role.APPROVER)
    application = scene.take(StepKind.OPINION, scene.at(Stage.OPINE), actor=both)
    application = scene.along(application, DRAW_UP, RETURN)
    day = date(2025, 3, 18)
    application = scene.take(StepKind.OPINION, application, on=day)
    application = scene.take(DRAW_UP, application, on=day)
    assert scene.take(SIGN, application, actor=both, on=day).stage == Stage.DELIVER


def test_the_reply_is_made_from_the_opinion_that_stands(scene: Scene) -> None:
    application = scene.take(RETURN, scene.at(Stage.APPROVE))
    day = date(2025, 3, 18)
    application = scene.take(StepKind.OPINION, application, on=day, findings="经再次检索，找到该信息。")
    application = scene.take(DRAW_UP, application, on=day)
    text = said(scene.take(SIGN, application, on=day).letters.get(kind=LetterKind.REPLY))
    assert "经再次检索" in text
    assert GRANTED["findings"] not in text


def test_a_name_that_no_font_can_show_stops_the_opinion_and_uses_no_number(scene: Scene) -> None:
    """The application came in (see test_receive); its reply waits until the office has a font for the name."""
    application = scene.at(Stage.OPINE, applicant_name="王𠮷")
    with nothing_written(), pytest.raises(MissingGlyph) as refused:
        scene.take(StepKind.OPINION, application)
    assert refused.value.characters == ("𠮷",)


# --- the route ---


def on_the_route(scene: Scene, *taken: StepKind) -> Application:
    scene.route()
    return scene.along(scene.at(Stage.APPROVE), *taken)


def test_the_route_is_written_down_with_the_decision(scene: Scene) -> None:
    """Changed afterwards, it changes nothing for a decision that is on its way."""
    application = on_the_route(scene)
    assert application.steps.get(kind=DRAW_UP.value).facts == {"route": [role.value for role in ROUTE]}
    assert application.next_role == Role.UNIT_HEAD
    scene.route(Role.APPROVER)
    application.refresh_from_db()
    assert case_of(application.steps.order_by("number")).turn is Role.UNIT_HEAD


def test_without_a_route_the_approver_signs_alone(scene: Scene) -> None:
    application = scene.at(Stage.APPROVE)
    assert application.steps.get(kind=DRAW_UP.value).facts == {"route": ["approver"]}
    assert application.next_role == Role.APPROVER


def test_an_outcome_may_have_a_route_of_its_own(scene: Scene) -> None:
    scene.route(Role.LEGAL_REVIEWER, Role.APPROVER, outcome="granted")
    scene.route(Role.UNIT_HEAD, Role.APPROVER)
    assert scene.at(Stage.APPROVE).next_role == Role.LEGAL_REVIEWER


def test_each_reviews_in_turn_and_the_last_signs(scene: Scene) -> None:
    application = on_the_route(scene, REVIEW)
    step = check_recorded(application, REVIEW, actor=scene.cast.unit_head, role=Role.UNIT_HEAD, on=ACTS[REVIEW].on)
    assert step.facts == {"remark": "同意。"}
    assert (application.stage, application.next_role) == (Stage.APPROVE, Role.LEGAL_REVIEWER)
    application = scene.take(REVIEW, application, actor=scene.cast.legal_reviewer, remark="")
    assert application.next_role == Role.APPROVER
    assert scene.take(SIGN, application).stage == Stage.DELIVER


def test_nobody_reviews_or_signs_before_the_turn(scene: Scene) -> None:
    application = on_the_route(scene)
    for kind, actor, code in (
        (REVIEW, scene.cast.legal_reviewer, "not_your_turn"),
        (RETURN, scene.cast.approver, "not_your_turn"),
        (SIGN, scene.cast.approver, "review_first"),
    ):
        with nothing_written(), pytest.raises(ProcedureError) as refused:
            scene.take(kind, application, actor=actor)
        assert refused.value.code == code


def test_who_holds_two_roles_of_the_route_acts_in_the_one_whose_turn_it_is(scene: Scene) -> None:
    several = make_person("several", scene.cast.agency, Role.UNIT_HEAD, Role.LEGAL_REVIEWER, Role.APPROVER)
    application = on_the_route(scene, REVIEW)
    application = scene.take(REVIEW, application, actor=several)
    assert application.steps.latest("number").role == Role.LEGAL_REVIEWER
    assert scene.take(RETURN, application, actor=several).steps.latest("number").role == Role.APPROVER


def test_a_reviewer_sends_back_and_the_route_begins_anew(scene: Scene) -> None:
    application = scene.take(RETURN, on_the_route(scene, REVIEW), actor=scene.cast.legal_reviewer)
    assert application.steps.latest("number").role == Role.LEGAL_REVIEWER
    assert (application.stage, application.next_role) == (Stage.OPINE, "")
    day = date(2025, 3, 18)
    application = scene.take(StepKind.OPINION, application, on=day)
    assert scene.take(DRAW_UP, application, on=day).next_role == Role.UNIT_HEAD


def test_nobody_reviews_his_own_draft(scene: Scene) -> None:
    scene.route()
    both = make_person("both", scene.cast.agency, Role.DRAFTER, Role.UNIT_HEAD)
    application = scene.take(StepKind.OPINION, scene.at(Stage.OPINE), actor=both)
    application = scene.take(DRAW_UP, application)
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(REVIEW, application, actor=both)
    assert refused.value.code == "reviewer_is_drafter"
    assert scene.take(REVIEW, application).next_role == Role.LEGAL_REVIEWER
