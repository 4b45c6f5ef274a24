"""The files of a draft: added, named, put in order, taken away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from django.db import transaction
from django.db.models import Max

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.disclosure.editing.access import draft_for_change, told
from gongkai.disclosure.models import Attachment, Purpose, Revision
from gongkai.disclosure.rich_text import files_in
from gongkai.documents.gate.names import safe_name
from gongkai.documents.models import Document
from gongkai.law.texts import Text

MOST = 60


class Kept(Protocol):
    """A file that passed the gate and is kept."""

    @property
    def name(self) -> str: ...

    @property
    def document(self) -> Document: ...


@transaction.atomic
def attach_files(*, actor: Person, revision_id: int, files: Iterable[Kept]) -> list[Attachment]:
    """Add files at the end. The same bytes twice are one attachment. Raises Invalid for too many."""
    revision = _draft(actor, revision_id)
    last = revision.attachments.aggregate(last=Max("position"))["last"] or 0
    added = [_added(revision, file, last + place, actor) for place, file in enumerate(files, start=1)]
    if revision.attachments.count() > MOST:
        raise Invalid("files", Text(f"附件最多{MOST}个。", f"At most {MOST} files."))
    return added


def _draft(actor: Person, revision_id: int) -> Revision:
    """The draft, locked. Of a withdrawal nothing is changed but why."""
    revision = draft_for_change(actor, revision_id)
    if revision.purpose == Purpose.WITHDRAW:
        raise Invalid("files", Text("撤下信息时不改动附件。", "The files of what is withdrawn stay as they are."))
    return revision


def _added(revision: Revision, file: Kept, position: int, actor: Person) -> Attachment:
    row, new = Attachment.objects.get_or_create(
        revision=revision, document=file.document, defaults={"name": file.name, "position": position}
    )
    if new:
        told(revision, "attach_file", actor, name=row.name, sha256=file.document.digest)
    return row


@transaction.atomic
def remove_attachment(*, actor: Person, revision_id: int, attachment_id: int) -> None:
    """Take a file away, unless the text shows it. Gone already, nothing happens."""
    revision = _draft(actor, revision_id)
    row = revision.attachments.select_related("document").filter(pk=attachment_id).first()
    if row is None:
        return
    if row.document.digest in files_in(revision.body):
        message = Text(
            f"正文中正在使用“{row.name}”，请先从正文中删去。", f"The text shows “{row.name}”: take it out first."
        )
        raise Invalid("files", message)
    told(revision, "remove_attachment", actor, name=row.name, sha256=row.document.digest)
    row.delete()


@transaction.atomic
def arrange_attachment(
    *, actor: Person, revision_id: int, attachment_id: int, name: str | None = None, up: bool = False
) -> None:
    """Give a file another name (its kind stays), or move it one place up."""
    revision = _draft(actor, revision_id)
    rows = list(revision.attachments.all())
    place = next((index for index, row in enumerate(rows) if row.pk == attachment_id), None)
    if place is None:
        raise Invalid("files", Text("没有这个附件。", "There is no such file."))
    row = rows[place]
    if name is not None and (asked := _named(name, row.name)) != row.name:
        told(revision, "rename_attachment", actor, before=row.name, after=asked)
        row.name = asked
        row.save(update_fields=["name"])
    if up and place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
        for position, each in enumerate(rows, start=1):
            each.position = position
        Attachment.objects.bulk_update(rows, ["position"])
        told(revision, "arrange_attachment", actor, name=row.name)


def _named(asked: str, before: str) -> str:
    stem = asked.strip()
    if not stem:
        raise Invalid("files", Text("请填写附件名称。", "Give the file a name."))
    ending = f".{before.rpartition('.')[2]}" if "." in before else ""
    return safe_name(stem if stem.lower().endswith(ending.lower()) else f"{stem}{ending}")
