"""归档: the case is closed, and what it consists of is sealed in a case file (条例 45)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.applications.case_file import build
from gongkai.applications.history import acting_role, locked, take
from gongkai.applications.models import Application, CaseFile, Paper
from gongkai.documents.store import keep
from gongkai.law.procedure import Stage, StepKind
from gongkai.law.texts import Text
from gongkai.ledger.actions import record


@transaction.atomic
def archive(*, case_id: int, actor: Person, on: date, seen: int | None = None) -> Application:
    """Close the case file. From here on nothing in it changes; papers of review and court make a further volume."""
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.ARCHIVE)
    take(application, StepKind.ARCHIVE, on=on, actor=actor, role=role, facts={})
    seal_volume(application, on, actor)
    return application


@transaction.atomic
def append_volume(*, case_id: int, actor: Person, on: date) -> CaseFile:
    """A further volume of a closed case, for the papers of review and court that came after it was closed."""
    application = locked(case_id, actor)
    acting_role(application, actor, StepKind.ARCHIVE)
    if application.stage != Stage.CLOSED:
        raise Invalid("case", Text("本件尚未归档。", "The case is not archived."))
    last = application.case_files.order_by("volume").last()
    if last and not Paper.objects.filter(application=application, added_at__gt=last.made_at).exists():
        message = Text("归档之后没有新添的材料，无需增卷。", "No paper has come since: there is nothing to add.")
        raise Invalid("case", message)
    return seal_volume(application, on, actor)


def seal_volume(application: Application, on: date, actor: Person) -> CaseFile:
    """Build the next volume from everything the locked case holds, keep it, and write its digest into the ledger."""
    volume = application.case_files.count() + 1
    built = build(application, volume=volume, closed_on=on.isoformat())
    document = keep(built.data, name=f"卷宗-{application.pk}-{volume}.zip", media_type="application/zip")
    row = CaseFile.objects.create(
        application=application, volume=volume, document=document, manifest_digest=built.manifest_digest
    )
    record(
        chain=application.agency.slug,
        act="applications.case_file",
        subject=f"application:{application.pk}",
        facts={
            "case_file": row.pk,
            "volume": volume,
            "sha256": document.digest,
            "manifest": built.manifest_digest,
        },
        actor=actor.username,
    )
    return row
