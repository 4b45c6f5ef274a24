"""The case page: what this person may do now, and why not the rest."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.agencies.models import ApprovalRoute
from gongkai.applications.actions.receive import receive
from gongkai.applications.desk_forms import STEP_FORMS
from gongkai.applications.history import STEPS_WITH_ACTION
from gongkai.applications.models import Application, Channel
from gongkai.applications.selectors import CasePage, case_page, duty_of, last_opinion
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import STEPS, Role, Stage, StepKind
from tests.applications.scenes import ACTS, GRANTED, Scene, last_day, nothing_written
from tests.cast import application_data, make_person

S = StepKind
#: Who may do what at which stage, on the day of the last step.
MAY: dict[Stage, dict[Role, set[StepKind]]] = {
    Stage.REGISTER: {Role.CLERK: {S.REGISTER}},
    Stage.ACCEPT: {Role.CLERK: {S.ACCEPT, S.WITHDRAWAL}},
    Stage.OPINE: {
        Role.CLERK: {S.CORRECTION_NOTICE, S.CONSULTATION, S.REASONS_ASKED, S.FEE_NOTICE, S.WITHDRAWAL},
        Role.DRAFTER: {S.CONSULTATION, S.OPINION},
        Role.APPROVER: {S.EXTENSION},
    },
    Stage.CORRECT: {Role.CLERK: {S.CORRECTED, S.WITHDRAWAL}},
    Stage.CONSULT: {
        Role.CLERK: {
            S.CORRECTION_NOTICE,
            S.CONSULTATION,
            S.CONSULTATION_REPLY,
            S.REASONS_ASKED,
            S.FEE_NOTICE,
            S.WITHDRAWAL,
        },
        Role.DRAFTER: {S.CONSULTATION, S.CONSULTATION_REPLY},
        Role.APPROVER: {S.EXTENSION},
    },
    Stage.DECIDE: {Role.CLERK: {S.DECISION, S.WITHDRAWAL}, Role.APPROVER: {S.EXTENSION}},
    Stage.APPROVE: {Role.CLERK: {S.WITHDRAWAL}, Role.APPROVER: {S.EXTENSION, S.RETURN, S.SIGN}},
    Stage.DELIVER: {Role.CLERK: {S.DELIVER}},
    Stage.ARCHIVE: {Role.CLERK: {S.SERVED, S.ARCHIVE, S.REOPEN}, Role.APPROVER: {S.REOPEN}},
    Stage.CLOSED: {Role.CLERK: {S.REOPEN}, Role.APPROVER: {S.REOPEN}},
}
READERS = (Role.CLERK, Role.DRAFTER, Role.APPROVER, Role.SUPERVISOR)


def person_of(scene: Scene, role: Role) -> Any:
    return getattr(scene.cast, role.value)


def page_of(scene: Scene, application: Application, role: Role, on: date | None = None) -> CasePage:
    return case_page(person_of(scene, role), application.pk, on=on or last_day(application))


def refused(page: CasePage) -> dict[StepKind, str]:
    return {each.kind: each.refusal.code for each in page.refused}


def test_who_may_do_what_at_every_stage(scene: Scene) -> None:
    """And every other step of one's role is refused with a reason in Chinese and English, and an article or a rule."""
    for application in scene.everywhere():
        stage = Stage(application.stage)
        for role in READERS:
            page = page_of(scene, application, role)
            assert set(page.allowed) == MAY[stage].get(role, set()), (stage, role)
            ours = {kind for kind, rule in STEPS.items() if role in rule.roles} & STEPS_WITH_ACTION
            assert {each.kind for each in page.refused} == ours - set(page.allowed), (stage, role)
            for each in page.refused:
                assert each.refusal.message.zh, each.kind
                assert each.refusal.message.en, each.kind
                assert each.refusal.article or "内部办理规则" in each.refusal.message.zh, each.kind


@pytest.mark.article("条例", 30)
def test_what_was_done_in_time_may_be_entered_later(scene: Scene) -> None:
    """A notice sent on the third day and typed in after the seventh working day still finds its form."""
    application = scene.at(Stage.OPINE)
    page = page_of(scene, application, Role.CLERK, on=date(2025, 3, 20))
    assert S.CORRECTION_NOTICE in refused(page)
    assert page.late_entries == (S.CORRECTION_NOTICE,)
    assert page_of(scene, application, Role.CLERK).late_entries == ()
    assert page_of(scene, application, Role.DRAFTER, on=date(2025, 3, 20)).late_entries == ()
    late = page_of(scene, application, Role.APPROVER, on=date(2025, 5, 20))
    assert late.late_entries == (S.EXTENSION,)


def test_the_steps_with_an_action_are_those_with_a_form_and_the_receipt() -> None:
    assert {*STEP_FORMS, StepKind.RECEIPT} == STEPS_WITH_ACTION


def test_what_is_refused_is_refused_for_the_reason_that_was_shown(scene: Scene) -> None:
    for application in scene.everywhere():
        day = last_day(application)
        for role in ACTS_BY_ROLE:
            page = page_of(scene, application, role)
            for each in page.refused:
                if each.kind in ACTS and each.kind is not S.CONSULTATION_REPLY:
                    with nothing_written(), pytest.raises(Exception) as error:  # noqa: PT011
                        scene.take(each.kind, application, actor=person_of(scene, role), on=day)
                    assert error.value.code == each.refusal.code, (application.stage, each.kind)


ACTS_BY_ROLE = (Role.CLERK, Role.DRAFTER, Role.APPROVER)


@pytest.mark.parametrize("stage", list(MAY))
def test_each_allowed_step_succeeds(scene: Scene, stage: Stage) -> None:
    for role, kinds in MAY[stage].items():
        for kind in kinds:
            application = scene.at(stage)
            day = last_day(application)
            more: dict[str, Any] = {"on": day, "actor": person_of(scene, role)}
            more |= {S.EXTENSION: {"consented": day}, S.SERVED: {"received": day}}.get(kind, {})
            assert scene.take(kind, application, **more).steps_taken == application.steps_taken + 1, kind


@pytest.mark.article("条例", 31)
def test_before_the_receipt_is_confirmed(scene: Scene) -> None:
    application = scene.unconfirmed()
    page = page_of(scene, application, Role.CLERK)
    assert (page.case, page.reckoning, page.steps, page.letters) == (None, None, (), ())
    assert page.allowed == (S.REGISTER,)
    assert page.duty == duty_of(S.REGISTER)
    assert page.outcomes == ()
    assert set(refused(page).values()) == {"no_receipt"}
    assert page_of(scene, application, Role.DRAFTER).allowed == ()
    assert set(refused(page_of(scene, application, Role.DRAFTER)).values()) == {"no_receipt"}


def test_the_reason_is_what_stands_in_the_way(scene: Scene) -> None:
    """Not that an outcome or a period was left empty in a form that nobody has seen yet."""
    consult = page_of(scene, scene.at(Stage.CONSULT), Role.DRAFTER)
    assert refused(consult)[S.OPINION] == "consultation_open"
    correct = page_of(scene, scene.at(Stage.CORRECT), Role.DRAFTER)
    assert refused(correct)[S.OPINION] == "correction_awaited"
    late = page_of(scene, scene.at(Stage.OPINE), Role.CLERK, on=date(2025, 3, 13))
    assert refused(late)[S.CORRECTION_NOTICE] == "correction_notice_late"


def test_nobody_is_offered_to_sign_his_own_draft(scene: Scene) -> None:
    both = make_person("both", scene.cast.agency, Role.DRAFTER, Role.APPROVER)
    application = scene.take(S.OPINION, scene.at(Stage.OPINE), actor=both)
    application = scene.take(S.DECISION, application)
    own = case_page(both, application.pk, on=date(2025, 3, 18))
    assert own.allowed == (S.EXTENSION, S.RETURN)
    assert refused(own)[S.SIGN] == "signer_is_drafter"
    assert page_of(scene, application, Role.APPROVER).allowed == (S.EXTENSION, S.RETURN, S.SIGN)


def test_several_roles_are_offered_the_steps_of_each(scene: Scene) -> None:
    all_three = make_person("all-three", scene.cast.agency, *ACTS_BY_ROLE)
    page = case_page(all_three, scene.at(Stage.OPINE).pk, on=date(2025, 3, 4))
    offered = set().union(*(MAY[Stage.OPINE][role] for role in ACTS_BY_ROLE))
    assert page.allowed == tuple(kind for kind in StepKind if kind in offered)
    assert page.roles == set(ACTS_BY_ROLE)


def test_nothing_is_offered_on_a_day_before_the_last_step(scene: Scene) -> None:
    application = scene.at(Stage.DELIVER)
    page = page_of(scene, application, Role.CLERK, on=last_day(application) - timedelta(days=1))
    assert page.allowed == ()
    assert refused(page)[S.DELIVER] == "before_previous_step"


# --- outcomes ---


@pytest.mark.article("条例", 30)
def test_the_outcomes_that_may_be_proposed(scene: Scene) -> None:
    def outcomes(stage: Stage, on: date | None = None) -> set[Outcome]:
        return set(page_of(scene, scene.at(stage), Role.DRAFTER, on=on).outcomes)

    barred = {
        Outcome.CORRECTION_LAPSED,
        Outcome.STILL_UNCLEAR,
        Outcome.FEE_UNPAID,
        Outcome.THIRD_PARTY_RIGHTS,
        Outcome.ABUSIVE_VOLUME,
    }
    assert outcomes(Stage.OPINE) == set(Outcome) - barred
    assert outcomes(Stage.CORRECT) == set()
    assert outcomes(Stage.CORRECT, on=date(2025, 3, 21)) == {Outcome.CORRECTION_LAPSED}
    assert outcomes(Stage.CONSULT) == set()
    assert outcomes(Stage.CONSULT, on=date(2025, 3, 28)) == set(Outcome) - barred | {Outcome.THIRD_PARTY_RIGHTS}


# --- what it shows ---


def test_everything_of_the_case_is_on_its_page(scene: Scene) -> None:
    application = scene.at(Stage.CONSULT)
    page = page_of(scene, application, Role.SUPERVISOR)
    assert [step.kind for step in page.steps] == ["receipt", "register", "accept", "consultation"]
    assert [letter.kind for letter in page.letters] == ["receipt", "consultation", "consultation_notice"]
    assert [step.number for step in page.open_consultations] == [4]
    assert page.reckoning is not None
    assert page.reckoning.explanation
    assert page.duty is not None
    assert page.duty.kind is S.CONSULTATION_REPLY
    assert page.opinion == {}


def test_the_opinion_that_stands(scene: Scene) -> None:
    application = scene.take(S.RETURN, scene.at(Stage.APPROVE))
    application = scene.take(S.OPINION, application, on=date(2025, 3, 18), findings="又经查。")
    page = page_of(scene, application, Role.APPROVER)
    assert page.opinion["findings"] == "又经查。"
    assert last_opinion(page.steps[:-1])["findings"] == GRANTED["findings"]
    assert last_opinion(()) == {}


@pytest.mark.parametrize(("role", "sees"), [(Role.CLERK, True), (Role.DRAFTER, False), (Role.APPROVER, False),
                                            (Role.SUPERVISOR, False)])  # fmt: skip
def test_the_identity_is_for_whoever_needs_it(scene: Scene, role: Role, sees: bool) -> None:
    application = scene.apply()
    assert page_of(scene, application, role).sees_identity is sees
    assert application.masked_name != application.applicant_name
    assert application.id_number[-4:] not in application.masked_id


def test_the_page_takes_few_queries_however_long_the_history(scene: Scene, django_assert_max_num_queries: Any) -> None:
    application = scene.at(Stage.CLOSED)
    with django_assert_max_num_queries(21):
        page = page_of(scene, application, Role.CLERK, on=date(2025, 3, 20))
        assert [str(step.actor) for step in page.steps]
        assert [letter.document.size for letter in page.letters]


# --- the approval route ---


def test_the_review_is_offered_to_whose_turn_it_is(scene: Scene) -> None:
    agency = scene.cast.agency
    ApprovalRoute.objects.create(agency=agency, roles=[Role.LEGAL_REVIEWER.value, Role.APPROVER.value])
    reviewer = make_person("reviewer", agency, Role.UNIT_HEAD, Role.LEGAL_REVIEWER)
    application = scene.at(Stage.APPROVE)
    page = case_page(reviewer, application.pk, on=last_day(application))
    assert page.duty is not None
    assert (page.duty.kind, page.duty.roles) == (S.REVIEW, (Role.LEGAL_REVIEWER,))
    assert page.allowed == (S.REVIEW, S.RETURN)
    waiting = page_of(scene, application, Role.APPROVER)
    assert S.SIGN not in waiting.allowed
    assert refused(waiting)[S.SIGN] == "review_first"


def test_nobody_is_offered_to_review_his_own_draft(scene: Scene) -> None:
    agency = scene.cast.agency
    ApprovalRoute.objects.create(agency=agency, roles=[Role.LEGAL_REVIEWER.value, Role.APPROVER.value])
    both = make_person("both", agency, Role.DRAFTER, Role.LEGAL_REVIEWER)
    application = scene.take(S.OPINION, scene.at(Stage.OPINE), actor=both)
    application = scene.take(S.DECISION, application)
    page = case_page(both, application.pk, on=last_day(application))
    assert S.REVIEW not in page.allowed
    assert refused(page)[S.REVIEW] == "reviewer_is_drafter"


# --- beside the steps ---


def test_what_may_be_done_beside_the_steps(scene: Scene) -> None:
    def may(role: Role, application: Application) -> set[str]:
        return {name for name, able in asdict(page_of(scene, application, role).may).items() if able}

    new, closed = scene.apply(), scene.at(Stage.CLOSED)
    assert may(Role.CLERK, new) == {"split", "assign", "claim", "note", "add_papers", "redact", "reveal"}
    assert may(Role.DRAFTER, new) == {"claim", "note", "add_papers", "redact"}
    assert may(Role.APPROVER, new) == {"assign", "note", "add_papers"}
    assert may(Role.SUPERVISOR, new) == may(Role.SUPERVISOR, closed) == set()
    assert may(Role.CLERK, closed) == {"note", "add_papers", "reveal", "add_volume"}


@pytest.mark.article("条例", 31)
def test_why_the_day_of_receipt_is_what_it_is(scene: Scene) -> None:
    received = receive(
        agency=scene.cast.agency, channel=Channel.ORDINARY_MAIL, data=application_data(), token="a-token-of-a-letter",
        actor=scene.cast.clerk, on=date(2025, 3, 3), confirmed=date(2025, 3, 6),
    )  # fmt: skip
    receipt = page_of(scene, received.application, Role.CLERK).receipt
    assert receipt is not None
    assert receipt.day == date(2025, 3, 6)
    assert receipt.warning is not None
    assert page_of(scene, scene.unconfirmed(), Role.CLERK).receipt is None
