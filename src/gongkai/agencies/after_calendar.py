"""What follows a change of the calendar. Rooms above say here which of their jobs it starts (they know the cases whose
due dates move; this room does not)."""

from __future__ import annotations

from gongkai.jobs import enqueue

_jobs: list[str] = []


def after_calendar(job: str) -> None:
    """Have this job (a dotted path, without arguments, safe to run twice) follow every change of the calendar."""
    if job not in _jobs:
        _jobs.append(job)


def follow() -> None:
    """Ask for the jobs, in the transaction of the change."""
    for job in _jobs:
        enqueue(job)
