"""Jobs: they stand and fall with the act that asks for them, and take nothing that a worker could not use."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from gongkai import jobs
from gongkai.agencies.models import Person
from tests.at_once import at_once
from tests.run_jobs import run_jobs, waiting_jobs

NOTE = "tests.test_jobs.note"
noted: list[tuple[object, ...]] = []


def note(*args: object) -> None:
    noted.append(args)


def fail() -> None:
    raise OSError("no line")


@pytest.fixture(autouse=True)
def _nothing_noted() -> None:
    noted.clear()


def test_a_job_waits_and_is_done(db: None) -> None:
    jobs.enqueue(NOTE, 7, "seven", None, True)
    assert noted == []
    assert waiting_jobs() == [(NOTE, (7, "seven", None, True))]
    assert run_jobs() == 1
    assert noted == [(7, "seven", None, True)]
    assert run_jobs() == 0


def test_rolled_back_there_is_no_job(transactional_db: None) -> None:
    with transaction.atomic():
        jobs.enqueue(NOTE)
        assert OrmQ.objects.count() == 1
        transaction.set_rollback(True)
    assert OrmQ.objects.count() == 0
    with transaction.atomic():
        jobs.enqueue(NOTE)
    assert OrmQ.objects.count() == 1


def test_outside_a_transaction_it_is_refused(transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        jobs.enqueue(NOTE)
    assert OrmQ.objects.count() == 0


@pytest.mark.parametrize("argument", [Person(), datetime(2026, 1, 1), {"a": 1}, b"x", 1.5])
def test_only_plain_values(db: None, argument: Any) -> None:
    with pytest.raises(TypeError, match="plain values"):
        jobs.enqueue(NOTE, argument)
    assert OrmQ.objects.count() == 0


@pytest.mark.parametrize("job", ["tests.test_jobs.nothing", "tests.nowhere.note", "note"])
def test_what_is_not_there_is_told_at_once(db: None, job: str) -> None:
    with pytest.raises(ImportError):
        jobs.enqueue(job)


def test_what_is_no_function_is_no_job(db: None) -> None:
    with pytest.raises(TypeError, match="no function"):
        jobs.enqueue("tests.test_jobs.NOTE")


def test_a_failed_job_stays(db: None) -> None:
    jobs.enqueue("tests.test_jobs.fail")
    with pytest.raises(OSError, match="no line"):
        run_jobs()
    assert OrmQ.objects.count() == 1


# --- the timetable ------------------------------------------------------------------------------------------


@pytest.fixture
def timetable(monkeypatch: pytest.MonkeyPatch) -> dict[str, jobs.Daily | jobs.Every]:
    """A timetable of our own, empty."""
    monkeypatch.setattr(jobs, "_timetable", {})
    return jobs._timetable


def china(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=jobs.SHANGHAI)  # type: ignore[misc,arg-type]


def test_the_next_time_of_a_daily_job() -> None:
    daily = jobs.Daily(NOTE, time(8, 30))
    assert daily.next_after(china(2026, 3, 2, 8, 29)) == china(2026, 3, 2, 8, 30)
    assert daily.next_after(china(2026, 3, 2, 8, 30)) == china(2026, 3, 3, 8, 30)
    # Still yesterday in London, where the database's clock is.
    assert daily.next_after(china(2026, 3, 2, 3, 0).astimezone(UTC)) == china(2026, 3, 2, 8, 30)


def test_the_rooms_have_put_theirs_on_it() -> None:
    hours = {entry.job: entry.at for entry in jobs.timetable() if isinstance(entry, jobs.Daily)}
    assert hours["gongkai.notifications.digest.send_digests"] == time(8, 30)
    assert "gongkai.notifications.sending.send_left_over" in hours


def test_it_is_written_once_however_often_a_worker_starts(db: None, timetable: Any) -> None:
    jobs.daily(NOTE, at=time(8, 30))
    jobs.write_timetable()
    jobs.write_timetable()
    row = Schedule.objects.get()
    assert (row.func, row.schedule_type) == (NOTE, Schedule.DAILY)
    assert row.next_run.astimezone(jobs.SHANGHAI).time() == time(8, 30)
    assert row.next_run > timezone.now()


def test_a_job_that_came_due_while_no_worker_ran_is_not_forgotten(db: None, timetable: Any) -> None:
    jobs.daily(NOTE, at=time(8, 30))
    jobs.write_timetable()
    missed = china(2026, 3, 2, 8, 30)
    Schedule.objects.update(next_run=missed)
    jobs.write_timetable()
    assert Schedule.objects.get().next_run == missed


def test_another_hour_counts_and_a_forgotten_job_goes(db: None, timetable: Any) -> None:
    jobs.daily(NOTE, at=time(8, 30))
    jobs.daily("tests.test_jobs.fail", at=time(3))
    jobs.write_timetable()
    timetable.clear()
    jobs.daily(NOTE, at=time(9))
    jobs.write_timetable()
    assert Schedule.objects.get().next_run.astimezone(jobs.SHANGHAI).time() == time(9)


def test_a_job_of_every_few_minutes(transactional_db: None, timetable: Any) -> None:
    """At once when the worker starts, then at its interval; another interval counts."""
    from django_q.scheduler import scheduler

    jobs.every(NOTE, minutes=1)
    jobs.write_timetable()
    scheduler()
    scheduler()
    assert waiting_jobs() == [(NOTE, ())]
    row = Schedule.objects.get()
    assert timedelta() < row.next_run - timezone.now() <= timedelta(minutes=1)
    timetable.clear()
    jobs.every(NOTE, minutes=5)
    jobs.write_timetable()
    row = Schedule.objects.get()
    assert (row.schedule_type, row.minutes) == (Schedule.MINUTES, 5)
    timetable.clear()
    jobs.daily(NOTE, at=time(8, 30))
    jobs.write_timetable()
    assert Schedule.objects.get().schedule_type == Schedule.DAILY


@pytest.mark.concurrent
def test_two_workers_that_start_at_once(transactional_db: None, timetable: Any) -> None:
    jobs.daily(NOTE, at=time(8, 30))
    outcomes = at_once(jobs.write_timetable, jobs.write_timetable)
    assert outcomes == [None, None]
    jobs.write_timetable()
    assert Schedule.objects.count() == 1


def test_the_librarys_own_clock_asks_for_it(transactional_db: None, timetable: Any) -> None:
    """django-q's scheduler, called as its guard does."""
    from django_q.scheduler import scheduler

    jobs.daily(NOTE, at=time(8, 30))
    jobs.write_timetable()
    scheduler()
    assert waiting_jobs() == []
    Schedule.objects.update(next_run=china(2026, 3, 2, 8, 30))
    scheduler()
    scheduler()
    assert waiting_jobs() == [(NOTE, ())]
    assert Schedule.objects.get().next_run > timezone.now()
