"""归档: the case is closed, and what it consists of is sealed in a case file (条例 45)."""

from __future__ import annotations

from datetime import date
from tempfile import TemporaryFile

from django.db import transaction

from gongkai.agencies.actions.number import next_number
from gongkai.agencies.archive_numbers import formatted
from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency, Person
from gongkai.applications.case_file import Sealing, build, report_data
from gongkai.applications.case_file_sheets import sheets_of
from gongkai.applications.history import acting_role, locked, take
from gongkai.applications.models import Application, CaseFile, Paper
from gongkai.documents.store import keep_file
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
    """A further volume of a closed case: for the papers of review and court that came after it was closed, or for the
    档号 that its last volume could not be given yet."""
    application = locked(case_id, actor)
    acting_role(application, actor, StepKind.ARCHIVE)
    if application.stage != Stage.CLOSED:
        raise Invalid("case", Text("本件尚未归档。", "The case is not archived."))
    last = application.case_files.order_by("volume").last()
    if last and not (_papers_since(last) or last.can_be_numbered):
        message = Text("归档之后没有新添的材料，无需增卷。", "No paper has come since: there is nothing to add.")
        raise Invalid("case", message)
    return seal_volume(application, on, actor)


def _papers_since(last: CaseFile) -> bool:
    return Paper.objects.filter(application=last.application_id, added_at__gt=last.made_at).exists()


def seal_volume(application: Application, on: date, actor: Person) -> CaseFile:
    """Build the next volume from everything the locked case holds, keep it, and write its digest into the ledger."""
    sealing = _sealing(application, on)
    with TemporaryFile() as file:  # without a name: nothing of it is left, whatever happens
        built = build(application, sealing, file, sheets_of(application, actor, on))
        name = f"卷宗-{application.pk}-{sealing.volume}.zip"
        document = keep_file(file, name=name, media_type="application/zip")
    row = CaseFile.objects.create(
        application=application, volume=sealing.volume, document=document, manifest_digest=built.manifest_digest,
        archive_number=sealing.archive_number or None, retention=sealing.retention, year=sealing.year,
        item=sealing.item, pages=built.pages, checked=report_data(built.lines),
    )  # fmt: skip
    record(
        chain=application.agency.slug,
        act="applications.case_file",
        subject=f"application:{application.pk}",
        facts={
            "case_file": row.pk,
            "volume": sealing.volume,
            "archive_number": sealing.archive_number,
            "sha256": document.digest,
            "manifest": built.manifest_digest,
        },
        actor=actor.username,
    )
    return row


def _sealing(application: Application, on: date) -> Sealing:
    """Of the first volume the year is that in which the case was answered, of a later one that in which it is closed:
    what is handled over the turn of a year is filed under the year it was finished in [I]."""
    agency, volume = application.agency, application.case_files.count() + 1
    ended = application.answered_on if volume == 1 else None
    year = (ended or on).year
    if not agency.fonds:
        return Sealing(volume, on, year)
    number, item = take_archive_number(agency, year)
    return Sealing(volume, on, year, number, item, agency.archive_retention)


def take_archive_number(agency: Agency, year: int) -> tuple[str, int]:
    """The next 档号, and the 件号 in it, of this agency, year and retention. One that is taken already (two agencies with
    the same 全宗号, or numbers from before a change of the template) is passed over: no case is kept from the archive."""
    while True:
        item = next_number(agency, f"archive-{agency.archive_retention}", year)
        number = formatted(agency, year, item)
        if not CaseFile.objects.filter(archive_number=number).exists():
            return number, item
