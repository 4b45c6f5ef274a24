"""Runs of the import, for those who may look at them: the clerks of the agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404
from django.utils import timezone

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_held
from gongkai.applications.models import UNFINISHED, ImportRun, ImportState
from gongkai.law.procedure import Role
from gongkai.law.texts import Text

#: So long a file that was sent can be looked at and taken over.
KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class ShownRun:
    """A run as its page shows it. `percent`: None while nothing is known of it."""

    unfinished: bool
    percent: int | None
    writing: bool
    interrupted: bool
    done: bool
    why: Text | None
    has_errors: bool


def run_for(person: Person, run_id: int) -> ImportRun:
    """The run, for a clerk of its agency. Raises Http404 for everybody else."""
    agencies = [agency for agency, roles in roles_held(person).items() if Role.CLERK in roles]
    found = ImportRun.objects.select_related("agency", "by", "document").filter(pk=run_id, agency__in=agencies).first()
    if found is None:
        raise Http404
    return found


def shown_run(run: ImportRun) -> ShownRun:
    why = run.result.get("why")
    return ShownRun(
        unfinished=run.state in UNFINISHED,
        percent=100 * run.done // run.total if run.total else None,
        writing=run.state == ImportState.RUNNING and bool(run.total) and run.done == run.total,
        interrupted=run.state == ImportState.RUNNING and run.attempts > 1,
        done=run.state == ImportState.DONE,
        why=Text(why["zh"], why["en"]) if why else None,
        has_errors=bool(run.result.get("left")) and timezone.now() - run.made_at < KEPT,
    )
