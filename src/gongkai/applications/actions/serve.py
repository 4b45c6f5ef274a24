"""送达回证: the proof came back, and with it the day from which the remedies run (送达解释 [M])."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Person
from gongkai.applications.actions.add_paper import Upload, file_papers
from gongkai.applications.history import acting_role, locked, take
from gongkai.applications.models import Application, PaperKind
from gongkai.law.procedure import StepKind


@transaction.atomic
def record_service(
    *, case_id: int, actor: Person, on: date, received: date, papers: Iterable[Upload] = (), seen: int | None = None
) -> Application:
    """The reply reached the applicant on `received`, as the proof says that came back on `on`."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.SERVED)
    facts = {"received": received.isoformat()}
    step = take(application, StepKind.SERVED, on=on, actor=actor, role=role, facts=facts)
    file_papers(application, PaperKind.PROOF, papers, actor=actor, step=step)
    return application
