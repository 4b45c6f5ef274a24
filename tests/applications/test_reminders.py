"""What the calendar brings about: near, late, unclaimed, undecided, awaited in vain. Each told once, to the right people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.agencies.actions.set_calendar_day import set_calendar_day
from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import today
from gongkai.applications import reminders
from gongkai.applications.actions.assign import assign
from gongkai.applications.actions.recount import recount
from gongkai.applications.due_digest import cases_due
from gongkai.applications.models import Application, Origin
from gongkai.applications.reminders import LINES, remind
from gongkai.law.procedure import Role, Stage, StepKind
from gongkai.notifications.models import Notification
from tests.applications.scenes import Scene
from tests.cast import make_person

#: The usual scene is received on 3 March 2025 and due on the 31st.
DUE = date(2025, 3, 31)


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> int:
    """The sweep of that day. Returns how many notices were new."""
    monkeypatch.setattr(reminders, "today", lambda: day)
    return remind()


def told(kind: str) -> list[str]:
    return list(
        Notification.objects.filter(kind=kind).order_by("person__username").values_list("person__username", flat=True)
    )


def held(scene: Scene) -> Application:
    """A case that the drafter has, waiting for the opinion."""
    application = scene.at(Stage.OPINE)
    Application.objects.filter(pk=application.pk).update(holder=scene.cast.drafter)
    return application


NEAR = [(date(2025, 3, 25), 0), (date(2025, 3, 26), 2), (date(2025, 3, 31), 2), (date(2025, 4, 1), 0)]


@pytest.mark.parametrize(("day", "number"), NEAR)
def test_a_due_date_that_is_near(scene: Scene, monkeypatch: pytest.MonkeyPatch, day: date, number: int) -> None:
    held(scene)
    on(monkeypatch, day)
    assert told("due_soon") == ["approver", "drafter"][:number]


def test_the_words(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    number = held(scene).number
    on(monkeypatch, DUE)
    row = Notification.objects.filter(kind="due_soon")[0]
    assert row.text_zh == f"{number}：答复期限2025年3月31日临近，下一步：提出办理意见。"
    assert row.text_en == f"{number}: the reply is due on 2025-03-31; next: handling opinion."


def test_late_is_told_to_who_has_it_and_who_answers_for_it(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    held(scene)
    on(monkeypatch, DUE + timedelta(days=1))
    assert told("late") == ["approver", "drafter"]


def test_each_is_told_once(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    held(scene)
    first = on(monkeypatch, DUE + timedelta(days=1))
    assert first > 0
    assert on(monkeypatch, DUE + timedelta(days=1)) == 0
    assert on(monkeypatch, DUE + timedelta(days=2)) == 0


def test_on_working_days_only(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    held(scene)
    assert on(monkeypatch, date(2025, 4, 4)) == 0  # 清明节
    assert on(monkeypatch, date(2025, 4, 7)) > 0


def test_what_stands_still_is_neither_near_nor_late(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.at(Stage.CORRECT)
    on(monkeypatch, date(2025, 3, 18))
    scene.at(Stage.CLOSED)
    on(monkeypatch, DUE)
    assert told("due_soon") == told("late") == []


def test_who_answered_is_not_reminded(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.at(Stage.ARCHIVE)
    on(monkeypatch, DUE + timedelta(days=1))
    assert told("late") == []


@pytest.mark.parametrize(("day", "people"), [(date(2025, 3, 5), []), (date(2025, 3, 6), ["approver"])])
def test_what_nobody_claims_is_told_to_the_approvers(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, day: date, people: list[str]
) -> None:
    """Received on Monday; two working days later it is not yet too long, three later it is."""
    scene.at(Stage.OPINE)
    on(monkeypatch, day)
    assert told("unclaimed") == people


def test_each_agency_has_its_own_number_of_days(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    Agency.objects.filter(pk=scene.cast.agency.pk).update(rises_after_days=5)
    scene.at(Stage.OPINE)
    on(monkeypatch, date(2025, 3, 10))
    assert told("unclaimed") == []
    on(monkeypatch, date(2025, 3, 11))
    assert told("unclaimed") == ["approver"]


def test_the_opinion_is_due_at_the_office(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    application, day = scene.at(Stage.OPINE), today() + timedelta(days=30)
    assign(case_ids=[application.pk], actor=scene.cast.clerk, holder=scene.cast.drafter)
    Application.objects.filter(pk=application.pk).update(internal_due_on=day, due_on=day + timedelta(days=9))
    while not reminders.calendar().is_working_day(day):
        day -= timedelta(days=1)
    on(monkeypatch, day)
    assert told("opinion_due") == ["drafter"]


@pytest.mark.article("条例", 30)
def test_a_correction_that_did_not_come(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """To correct by 20 March: on the 21st it is the drafter's turn, in the law's own words."""
    application = scene.at(Stage.CORRECT)
    on(monkeypatch, date(2025, 3, 20))
    assert told("lapsed") == []
    on(monkeypatch, date(2025, 3, 21))
    assert told("lapsed") == ["drafter"]
    text = Notification.objects.get(kind="lapsed").text_zh
    assert text.startswith(f"{application.number}：补正期限已于2025年3月20日届满")


@pytest.mark.article("条例", 32)
def test_a_consulted_party_that_stays_silent(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    application = scene.at(Stage.CONSULT)
    assert application.waits_until is not None
    on(monkeypatch, date(2025, 4, 8))
    assert told("lapsed") == ["drafter"]


def test_a_date_that_a_person_has_to_decide(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    application = scene.at(Stage.OPINE)
    set_calendar_day(actor=scene.cast.administrator, day=date(2025, 3, 15), working=True, source="试")
    assert recount(case_id=application.pk) == "nearer"
    on(monkeypatch, date(2025, 3, 10))
    assert told("due_question") == ["clerk"]
    assert on(monkeypatch, date(2025, 3, 10)) == 0
    scene.take(StepKind.DUE_DECISION, application, on=today())
    on(monkeypatch, date(2025, 3, 11))
    assert told("due_question") == ["clerk"]


def test_an_open_case_from_an_earlier_ledger_is_not_forgotten(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    Application.objects.filter(pk=held(scene).pk).update(origin=Origin.IMPORTED, import_key="k")
    assert on(monkeypatch, DUE) > 0


def test_other_agencies_people_are_not_reminded(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    held(scene)
    on(monkeypatch, DUE + timedelta(days=1))
    assert not Notification.objects.filter(person=scene.cast.other_clerk).exists()


def test_many_cases_ask_for_the_people_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        held(scene)
    on(monkeypatch, DUE)
    with django_assert_max_num_queries(60):
        assert on(monkeypatch, DUE) == 0


# --- the digest -------------------------------------------------------------------------------------------------


def test_the_digest_names_number_and_duty(scene: Scene) -> None:
    application = held(scene)
    (line,) = cases_due(scene.cast.drafter, DUE)
    assert (line.text.zh, line.due_on) == (f"{application.number}：提出办理意见", DUE)
    assert cases_due(scene.cast.stranger, DUE) == []
    assert cases_due(scene.cast.other_clerk, DUE) == []


def test_a_digest_has_an_end(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminders, "LINES", 2)
    for _ in range(3):
        scene.apply()
    lines = cases_due(scene.cast.clerk, DUE)
    assert len(lines) == 3 < LINES
    assert lines[-1].text.zh.startswith("此外还有")


def test_the_digest_follows_the_roles(scene: Scene) -> None:
    scene.at(Stage.APPROVE)
    second = make_person("second", scene.cast.agency, Role.APPROVER)
    assert len(cases_due(second, DUE)) == 1
    assert cases_due(scene.cast.editor, DUE) == []
