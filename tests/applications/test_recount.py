"""A change of the calendar: later holds at once, nearer waits for a person, nothing told is brought forward by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from gongkai.agencies.actions.set_calendar_day import publish_year, set_calendar_day
from gongkai.agencies.models import CalendarDay
from gongkai.agencies.selectors import calendar, forget_calendar
from gongkai.applications import jobs
from gongkai.applications.actions.recount import Recounted, recount, recount_all
from gongkai.applications.history import derived_columns
from gongkai.applications.models import Application
from gongkai.law.procedure import Stage, StepKind
from gongkai.ledger.models import Chain
from gongkai.ledger.verification import verify
from tests.applications.scenes import Scene
from tests.run_jobs import run_jobs, waiting_jobs

pytestmark = pytest.mark.django_db
#: Due for a case received on Monday 2025-03-03: 20 working days from the next day on.
DUE = date(2025, 3, 31)


@pytest.fixture(autouse=True)
def _fresh_calendar() -> Iterator[None]:
    forget_calendar()
    yield
    forget_calendar()


def change(day: date, *, working: bool) -> None:
    CalendarDay.objects.create(day=day, working=working, source="演示放假通知")


def stored(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def last(application: Application) -> tuple[str, dict[str, object]]:
    step = application.steps.order_by("number").last()
    assert step is not None
    return step.kind, step.facts


@pytest.mark.article("条例", 33)
def test_a_new_holiday_moves_the_date_and_says_so(scene: Scene) -> None:
    application = scene.at(Stage.OPINE)
    change(date(2025, 3, 20), working=False)
    assert recount(case_id=application.pk) == "later"
    assert stored(application).due_on == date(2025, 4, 1)
    kind, facts = last(application)
    assert (kind, facts) == (
        StepKind.RECOUNT,
        {"before": "2025-03-31", "after": "2025-04-01", "source": "演示放假通知"},
    )
    assert not stored(application).due_question
    assert list(verify(Chain.objects.get(name=application.agency.slug))) == []


def test_a_date_told_is_never_brought_forward_by_itself(scene: Scene) -> None:
    application = scene.at(Stage.OPINE)
    change(date(2025, 3, 22), working=True)
    assert recount(case_id=application.pk) == "nearer"
    now = stored(application)
    assert (now.due_on, now.due_question) == (DUE, True)
    assert last(application)[1]["until"] == "2025-03-31"


def test_done_twice_is_done_once(scene: Scene) -> None:
    application = scene.at(Stage.OPINE)
    change(date(2025, 3, 22), working=True)
    assert [recount(case_id=application.pk) for _ in range(3)] == ["nearer", "", ""]
    assert application.steps.filter(kind=StepKind.RECOUNT).count() == 1


def test_a_step_before_the_job_ran_brings_nothing_forward(scene: Scene) -> None:
    application = scene.at(Stage.OPINE)
    change(date(2025, 3, 22), working=True)
    scene.take(StepKind.OPINION, application)
    now = stored(application)
    assert (now.due_on, now.due_question, now.stage) == (DUE, True, Stage.DECIDE)
    kinds = list(application.steps.order_by("number").values_list("kind", flat=True))[-2:]
    assert kinds == [StepKind.RECOUNT, StepKind.OPINION]


def test_an_earlier_day_may_still_be_written_after_a_recount(scene: Scene) -> None:
    application = scene.at(Stage.CORRECT)
    change(date(2025, 3, 20), working=False)
    recount(case_id=application.pk)
    scene.take(StepKind.CORRECTED, application)
    assert stored(application).due_on == derived_columns(list(application.steps.order_by("number")))["due_on"]


@pytest.mark.parametrize("stage", [Stage.ARCHIVE, Stage.CLOSED])
def test_an_answered_case_is_left_alone(scene: Scene, stage: Stage) -> None:
    application = scene.at(stage)
    change(date(2025, 3, 10), working=False)
    assert recount_all().looked_at == 0
    assert application.steps.filter(kind=StepKind.RECOUNT).count() == 0


def test_every_open_case_is_counted(scene: Scene) -> None:
    later = scene.at(Stage.OPINE)
    scene.apply(on=date(2025, 4, 10))
    waiting = scene.unconfirmed()
    change(date(2025, 3, 20), working=False)
    seen: list[tuple[int, int]] = []
    assert recount_all(lambda done, of: seen.append((done, of))) == Recounted(looked_at=2, later=1, nearer=0)
    assert seen == [(1, 2), (2, 2)]
    assert stored(later).due_on == date(2025, 4, 1)
    assert stored(waiting).due_on is None


def test_the_job_goes_on_in_portions(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [scene.at(Stage.OPINE) for _ in range(3)]
    run_jobs()
    monkeypatch.setattr(jobs, "AT_ONCE", 1)
    change(date(2025, 3, 20), working=False)
    jobs.after_calendar_change()
    assert [stored(case).due_on for case in cases] == [date(2025, 4, 1), DUE, DUE]
    ours = [args for job, args in waiting_jobs() if job.endswith("after_calendar_change")]
    assert ours == [(cases[0].pk,)]
    run_jobs()
    assert [stored(case).due_on for case in cases] == [date(2025, 4, 1)] * 3
    assert waiting_jobs() == []


def test_a_consultation_that_runs_is_counted_too(scene: Scene) -> None:
    application = scene.at(Stage.CONSULT)
    change(date(2025, 3, 22), working=True)
    recount(case_id=application.pk)
    rows = list(application.steps.order_by("number"))
    assert stored(application).waits_until == derived_columns(rows)["waits_until"]


def test_a_change_at_the_desk_asks_for_the_job(
    scene: Scene, django_capture_on_commit_callbacks: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("gongkai.agencies.after_calendar.enqueue", asked.append)
    administrator = scene.cast.administrator
    set_calendar_day(actor=administrator, day=date(2025, 3, 20), working=False, source="通知")
    publish_year(actor=administrator, year=2027, source="通知")
    publish_year(actor=administrator, year=2027, source="通知")
    assert asked == ["gongkai.applications.jobs.after_calendar_change"] * 2


def test_a_provisional_date_becomes_certain(scene: Scene) -> None:
    application = scene.apply()
    Application.objects.filter(pk=application.pk).update(due_provisional=True)
    assert recount(case_id=application.pk) == ""
    assert not stored(application).due_provisional
    assert calendar().published(2025)


def test_one_case_that_fails_does_not_stop_the_others(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, sound = scene.at(Stage.OPINE), scene.at(Stage.OPINE)
    change(date(2025, 3, 20), working=False)

    def counted(*, case_id: int) -> str:
        if case_id == broken.pk:
            raise RuntimeError("broken")
        return recount(case_id=case_id)

    monkeypatch.setattr("gongkai.applications.actions.recount.recount", counted)
    told = recount_all()
    assert (told.failed, told.later) == ([broken.pk], 1)
    assert stored(sound).due_on == date(2025, 4, 1)
