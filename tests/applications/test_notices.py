"""Who is told of a step, of an assignment, and that there is news: once, and nothing of the applicant."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from gongkai.agencies.actions.delegate import delegate
from gongkai.agencies.models import Agency, Appointment, Person, Unit
from gongkai.agencies.selectors import today
from gongkai.applications import notices
from gongkai.applications.actions.assign import assign, claim
from gongkai.applications.actions.correct import receive_correction
from gongkai.applications.actions.deliver import Delivery
from gongkai.applications.actions.receive import receive
from gongkai.applications.models import Application, Channel, Origin
from gongkai.applications.telling import tell_step
from gongkai.law.procedure import Role, Stage, StepKind
from gongkai.notifications.models import Notification, Outgoing
from tests.applications.scenes import RECEIVED, WAY_TO, Scene
from tests.cast import application_data, make_person
from tests.run_jobs import run_jobs, waiting_jobs

ADDRESS = "shenqing7@example.cn"


@pytest.fixture(autouse=True)
def _steps_of_2025_are_news(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scenes play in March 2025; of news of that age nobody would be told."""
    monkeypatch.setattr(notices, "NEWS", timedelta(days=100_000))


def told() -> dict[str, list[str]]:
    """Who has which texts, since they were last asked for."""
    rows = Notification.objects.order_by("pk").values_list("person__username", "text_zh")
    found: dict[str, list[str]] = {}
    for name, text in rows:
        found.setdefault(name, []).append(text)
    Notification.objects.all().delete()
    return found


def at(scene: Scene, stage: Stage, **changes: Any) -> Application:
    """A case at this stage, of whose way there nobody heard."""
    application = scene.at(stage, **changes)
    forget()
    return application


def forget() -> None:
    from django_q.models import OrmQ

    OrmQ.objects.all().delete()


def test_a_new_application_is_told_to_the_clerks(scene: Scene) -> None:
    number = scene.apply().number
    run_jobs()
    assert told() == {"clerk": [f"{number}：收到申请。下一步：登记，答复期限2025年3月31日。"]}


def test_one_that_a_clerk_took_in_is_in_his_hands(scene: Scene) -> None:
    colleague = scene.colleague(Role.CLERK)
    receive(
        agency=scene.cast.agency, channel=Channel.IN_PERSON, data=application_data(), token="a" * 20,
        actor=colleague, on=RECEIVED,
    )  # fmt: skip
    run_jobs()
    assert told() == {}


def test_one_that_must_be_confirmed_first_is_told_to_the_clerks(scene: Scene) -> None:
    number = scene.unconfirmed().number
    run_jobs()
    assert told() == {"clerk": [f"{number}：网上提交的新申请，请与申请人确认收到并登记。"]}
    assert mail.outbox == []


HANDED_ON = [
    (Stage.ACCEPT, StepKind.ACCEPT, {"drafter"}),
    (Stage.CORRECT, StepKind.CORRECTED, {"drafter"}),
    (Stage.CONSULT, StepKind.CONSULTATION_REPLY, {"drafter"}),
    (Stage.OPINE, StepKind.OPINION, {"clerk"}),
    (Stage.DECIDE, StepKind.DECISION, {"approver"}),
    (Stage.APPROVE, StepKind.RETURN, {"drafter"}),
    (Stage.APPROVE, StepKind.SIGN, {"clerk"}),
    (Stage.REGISTER, StepKind.REGISTER, set()),
    (Stage.OPINE, StepKind.CORRECTION_NOTICE, set()),
    (Stage.DELIVER, StepKind.DELIVER, set()),
]


@pytest.mark.parametrize(("stage", "kind", "who"), HANDED_ON)
def test_whose_turn_it_is_now_is_told(scene: Scene, stage: Stage, kind: StepKind, who: set[str]) -> None:
    application = at(scene, stage)
    scene.take(kind, application)
    run_jobs()
    assert told().keys() == who


def test_what_the_applicant_sent_on_line_the_clerk_hears_too(scene: Scene) -> None:
    application = at(scene, Stage.CORRECT)
    receive_correction(case_id=application.pk, on=date(2025, 3, 10), text="项目为北区环卫站。")
    run_jobs()
    assert told().keys() == {"clerk", "drafter"}


def test_who_gave_the_opinion_is_not_asked_to_sign_it(scene: Scene) -> None:
    both = make_person("both", scene.cast.agency, Role.DRAFTER, Role.APPROVER)
    application = scene.along(scene.apply(), *WAY_TO[Stage.OPINE])
    scene.take(StepKind.OPINION, application, actor=both)
    forget()
    scene.take(StepKind.DECISION, application)
    run_jobs()
    assert told().keys() == {"approver"}


def test_a_holder_is_told_and_no_other_drafter(scene: Scene) -> None:
    other = scene.colleague(Role.DRAFTER)
    application = scene.along(scene.apply(), StepKind.REGISTER)
    assign(case_ids=[application.pk], actor=scene.cast.clerk, holder=other)
    forget()
    scene.take(StepKind.ACCEPT, application)
    run_jobs()
    assert told().keys() == {other.username}


def test_who_stands_in_for_the_holder_is_told(scene: Scene) -> None:
    cast, day = scene.cast, today()
    stand_in = make_person("stand-in", cast.agency, Role.CLERK)
    delegate(
        actor=cast.drafter,
        giver=cast.drafter,
        taker=stand_in,
        agency=cast.agency,
        role=Role.DRAFTER,
        since=day,
        until=day,
    )
    application = scene.along(scene.apply(), StepKind.REGISTER)
    assign(case_ids=[application.pk], actor=cast.clerk, holder=cast.drafter)
    forget()
    scene.take(StepKind.ACCEPT, application)
    run_jobs()
    assert told().keys() == {"drafter", "stand-in"}


def in_unit(person: Person, unit: Unit, role: Role) -> Person:
    Appointment.objects.filter(person=person, role=role.value).update(unit=unit)
    return person


def test_a_units_drafters_are_told_and_no_other_units(scene: Scene) -> None:
    agency = scene.cast.agency
    roads, parks = (Unit.objects.create(agency=agency, name=name) for name in ("道路科", "园林科"))
    in_unit(scene.cast.drafter, roads, Role.DRAFTER)
    in_unit(make_person("parks", agency, Role.DRAFTER), parks, Role.DRAFTER)
    application = scene.along(scene.apply(), StepKind.REGISTER)
    assign(case_ids=[application.pk], actor=scene.cast.clerk, unit=parks)
    forget()
    scene.take(StepKind.ACCEPT, application)
    run_jobs()
    assert told().keys() == {"parks"}


# --- once, late, rolled back ------------------------------------------------------------------------------------


def test_run_twice_it_is_told_once(scene: Scene) -> None:
    step = scene.apply().steps.get()
    forget()
    tell_step(step.pk)
    tell_step(step.pk)
    run_jobs()
    assert len(told()["clerk"]) == 1
    assert len(mail.outbox) == 1


def test_what_is_done_meanwhile_is_told_to_nobody(scene: Scene) -> None:
    application = at(scene, Stage.OPINE)
    scene.take(StepKind.OPINION, application)
    scene.take(StepKind.DECISION, application)
    run_jobs()
    assert told().keys() == {"approver"}


def test_an_act_that_is_rolled_back_is_told_to_nobody(scene: Scene) -> None:
    application = at(scene, Stage.OPINE)
    with transaction.atomic():
        scene.take(StepKind.OPINION, application)
        transaction.set_rollback(True)
    assert waiting_jobs() == []


def test_what_is_long_past_is_no_news(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "NEWS", timedelta(days=30))
    scene.at(Stage.APPROVE)
    assert waiting_jobs() == []


def test_an_open_case_from_an_earlier_ledger_is_worked_on_like_any(scene: Scene) -> None:
    application = at(scene, Stage.OPINE)
    Application.objects.filter(pk=application.pk).update(origin=Origin.IMPORTED, import_key="k")
    scene.take(StepKind.OPINION, application)
    assign(case_ids=[application.pk], actor=scene.cast.clerk, holder=scene.cast.drafter)
    assert len(waiting_jobs()) == 2


def test_a_step_costs_one_job(scene: Scene) -> None:
    application = at(scene, Stage.OPINE)
    scene.take(StepKind.OPINION, application)
    assert [job for job, _ in waiting_jobs()] == ["gongkai.applications.jobs.tell_step"]


# --- assignments ------------------------------------------------------------------------------------------------


def test_who_is_given_a_case_is_told(scene: Scene) -> None:
    application = at(scene, Stage.OPINE)
    assign(case_ids=[application.pk], actor=scene.cast.clerk, holder=scene.cast.drafter)
    run_jobs()
    assert told() == {"drafter": [f"{application.number}：已分给您办理，请于2025年3月31日前提出办理意见。"]}


def test_who_takes_a_case_is_not_told_of_it(scene: Scene) -> None:
    application = at(scene, Stage.OPINE)
    claim(case_id=application.pk, actor=scene.cast.drafter)
    assert waiting_jobs() == []


def test_a_unit_is_told_by_its_head(scene: Scene) -> None:
    unit = Unit.objects.create(agency=scene.cast.agency, name="道路科")
    head = in_unit(scene.cast.unit_head, unit, Role.UNIT_HEAD)
    application = at(scene, Stage.OPINE)
    assign(case_ids=[application.pk], actor=scene.cast.clerk, unit=unit)
    run_jobs()
    assert told().keys() == {head.username}


def test_given_on_before_the_job_ran_only_the_last_is_told(scene: Scene) -> None:
    application, second = at(scene, Stage.OPINE), scene.colleague(Role.DRAFTER)
    for holder in (scene.cast.drafter, second):
        assign(case_ids=[application.pk], actor=scene.cast.clerk, holder=holder)
    run_jobs()
    assert told().keys() == {second.username}


# --- the applicant ----------------------------------------------------------------------------------------------

NEWS_FOR_APPLICANT = [
    (Stage.REGISTER, StepKind.REGISTER, {}, 0),
    (Stage.OPINE, StepKind.CORRECTION_NOTICE, {}, 1),
    (Stage.OPINE, StepKind.EXTENSION, {}, 1),
    (Stage.OPINE, StepKind.FEE_NOTICE, {}, 1),
    (Stage.OPINE, StepKind.REASONS_ASKED, {}, 1),
    (Stage.OPINE, StepKind.CONSULTATION, {}, 0),
    (Stage.OPINE, StepKind.OPINION, {}, 0),
    (Stage.DELIVER, StepKind.DELIVER, {"way": Delivery.ONLINE}, 1),
    (Stage.DELIVER, StepKind.DELIVER, {"way": Delivery.POST}, 0),
]


@pytest.mark.parametrize(("stage", "kind", "changes", "mails"), NEWS_FOR_APPLICANT)
def test_the_applicant_hears_that_there_is_news(
    scene: Scene, stage: Stage, kind: StepKind, changes: dict[str, Any], mails: int
) -> None:
    application = at(scene, stage)
    scene.take(kind, application, **changes)
    run_jobs()
    assert [sent.to for sent in mail.outbox] == [[ADDRESS]] * mails


def test_the_mail_says_the_number_and_nothing_of_the_case(scene: Scene, settings: Any) -> None:
    settings.SITE_URL = "https://example.test"
    application = scene.apply(content="某人的低保审批材料")
    run_jobs()
    (sent,) = mail.outbox
    said = sent.subject + sent.body
    assert application.number in said
    assert "https://example.test/progress/" in said
    assert not any(word in said for word in ("低保", application.applicant_name, application.id_number, "收到申请"))


def test_the_address_lies_in_no_queue_in_the_clear(scene: Scene) -> None:
    from django.db import connection

    step = scene.apply().steps.get()
    forget()
    tell_step(step.pk)
    assert ADDRESS not in repr(waiting_jobs())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT address, subject, text FROM {Outgoing._meta.db_table}")
        assert ADDRESS not in repr(cursor.fetchall())


@pytest.mark.parametrize("email", ["", "not an address"])
def test_without_an_address_no_mail(scene: Scene, email: str) -> None:
    scene.apply(email=email)
    run_jobs()
    assert mail.outbox == []


def test_an_office_may_choose_to_tell_no_applicant(scene: Scene, settings: Any) -> None:
    settings.TELL_APPLICANTS = False
    scene.apply()
    run_jobs()
    assert mail.outbox == []
    assert told().keys() == {"clerk"}


def test_no_notice_holds_identity_data(scene: Scene) -> None:
    application = scene.at(Stage.CLOSED, content="某人的低保审批材料")
    scene.at(Stage.CORRECT)
    run_jobs()
    said = " ".join(text for texts in told().values() for text in texts)
    assert said
    hidden = (application.applicant_name, application.id_number, application.telephone, ADDRESS, "低保")
    assert not any(word in said for word in hidden)


# --- the calendar's own doing -----------------------------------------------------------------------------------


def test_the_hour_is_on_the_timetable() -> None:
    from gongkai.jobs import timetable

    assert "gongkai.applications.jobs.remind" in [entry.job for entry in timetable()]


def test_agencies_are_not_mixed(scene: Scene) -> None:
    other: Agency = scene.cast.other_agency
    receive(agency=other, channel=Channel.WEB, data=application_data(), token="b" * 20, on=RECEIVED)
    run_jobs()
    assert told().keys() == {"other"}
