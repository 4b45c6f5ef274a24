"""后台任务: work that is put off until the act that asks for it has been committed.

The one door to the queue library (django-q2, whose table lies in our own database): `enqueue` writes the job in the
caller's transaction, a worker (`gongkai.worker`) does it afterwards. Rolled back, there is no job; committed, it is
done at least once. So every job must be safe to run twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from time import monotonic
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django_q.models import Schedule

Argument = str | int | bool | None
#: Seconds between two writings of the progress of a job.
PACE = 1.0
SHANGHAI = ZoneInfo("Asia/Shanghai")


def enqueue(job: str, *args: Argument) -> None:
    """Have the function of this dotted path called with these arguments, once the transaction is committed.

    Arguments are plain values, never identity data: the queue is not sealed; give the number of a row that is.
    Raises RuntimeError outside a transaction, ImportError and TypeError for what no worker could run.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("enqueue() must run inside the transaction that asks for the job")
    if not callable(import_string(job)):
        raise TypeError(f"{job} is no function")
    for argument in args:
        if not isinstance(argument, Argument):
            raise TypeError(f"{job}: a job is given plain values, not {type(argument).__name__}")
    from django_q.tasks import async_task  # imported where used: it needs the models to be there

    async_task(job, *args)


class Pace:
    """How often a long job writes how far it is: now and then, not for every page or row."""

    def __init__(self) -> None:
        self._last = 0.0

    def due(self) -> bool:
        """Whether it is time again; if it is, the time runs anew."""
        if monotonic() - self._last < PACE:
            return False
        self._last = monotonic()
        return True


@dataclass(frozen=True)
class Daily:
    """A job without arguments that is due every day at this hour of China."""

    job: str
    at: time

    def next_after(self, moment: datetime) -> datetime:
        local = moment.astimezone(SHANGHAI)
        due = local.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        return due if due > local else due + timedelta(days=1)

    def changed(self, row: Schedule) -> bool:
        """Whether the timetable of the database says otherwise."""
        return bool(row.schedule_type != row.DAILY or row.next_run.astimezone(SHANGHAI).time() != self.at)

    def write(self, row: Schedule) -> None:
        row.schedule_type, row.minutes = row.DAILY, None


@dataclass(frozen=True)
class Every:
    """A job without arguments that is due again and again, so many minutes after it was last."""

    job: str
    minutes: int

    def next_after(self, moment: datetime) -> datetime:
        return moment

    def changed(self, row: Schedule) -> bool:
        return bool(row.schedule_type != row.MINUTES or row.minutes != self.minutes)

    def write(self, row: Schedule) -> None:
        row.schedule_type, row.minutes = row.MINUTES, self.minutes


_timetable: dict[str, Daily | Every] = {}


def daily(job: str, *, at: time) -> None:
    """Put a job on the timetable; a room does so when it is ready (`apps.py`)."""
    _timetable[job] = Daily(job, at)


def every(job: str, *, minutes: int) -> None:
    """Put a job on the timetable that is done every so many minutes."""
    _timetable[job] = Every(job, minutes)


def timetable() -> Sequence[Daily | Every]:
    return tuple(_timetable.values())


@transaction.atomic
def write_timetable() -> None:
    """Bring the database's timetable in line with the rooms': each job once, what no room knows any more gone.

    The worker does this when it starts. A job that is on it already keeps its next time, unless its hour or interval changed; what
    came due while no worker ran is done once, late.
    """
    from django_q.models import Schedule

    known = {row.name: row for row in Schedule.objects.select_for_update().order_by("-id")}
    kept = []
    for entry in timetable():
        row = known.get(entry.job)
        if row is None:
            row = Schedule(name=entry.job, func=entry.job, repeats=-1)
        if row.pk is None or entry.changed(row):
            entry.write(row)
            row.next_run = entry.next_after(timezone.now())
            row.save()
        kept.append(row.pk)
    Schedule.objects.exclude(pk__in=kept).delete()
