"""A policy document that is published stands on the register of its agency: entered, or tied to the entry of its number."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from gongkai.agencies.errors import Invalid, checked
from gongkai.agencies.models import Person
from gongkai.disclosure.models import Item, NormativeDocument, Revision
from gongkai.disclosure.reviewing.requirements import STAYS_ON_REGISTER
from gongkai.law.texts import Text
from gongkai.ledger.actions import record

#: What the entry repeats of the revision.
_REPEATED = ("document_class", "title", "document_number", "made_on", "in_force_from", "last_day", "title_note")


def enter_document(item: Item, revision: Revision, actor: Person | None) -> NormativeDocument | None:
    """In the transaction that publishes. None for what is no policy document. Raises Invalid where it was one before, where
    the number is another item's document, or what the register holds of it cannot be so."""
    if not revision.document_class:
        if item.document_id:
            raise Invalid("document_class", STAYS_ON_REGISTER)
        return None
    entry = item.document or _of_number(item, revision)
    new = entry is None
    row = entry or NormativeDocument(agency=item.agency)
    before = {name: getattr(row, name) for name in _REPEATED}
    for name in _REPEATED:
        setattr(row, name, getattr(revision, name))
    if new or before != {name: getattr(row, name) for name in _REPEATED}:
        _save(row)
        _write(row, "disclosure.issue_document" if new else "disclosure.change_entry", actor)
    return row


def _of_number(item: Item, revision: Revision) -> NormativeDocument | None:
    rows = NormativeDocument.objects.select_for_update()
    found = rows.filter(agency=item.agency, document_number=revision.document_number).first()
    if found and Item.objects.filter(document=found).exclude(pk=item.pk).exists():
        message = Text("这个发文字号的文件已经由另一条信息发布。", "Another item is the document of this number.")
        raise Invalid("document_number", message)
    return found


def _save(row: NormativeDocument) -> None:
    try:
        with transaction.atomic():
            checked(row).save()
    except IntegrityError as error:
        message = Text(
            "与文件登记中的内容矛盾（发文字号重复，或者日期晚于废止日期），请退回核对。",
            "The register says otherwise (the number is taken, or it was repealed before): send it back.",
        )
        raise Invalid("document_number", message) from error


def _write(row: NormativeDocument, act: str, actor: Person | None) -> None:
    facts = {"number": row.document_number, "title": row.title, "on": row.made_on.isoformat()}
    record(
        chain=row.agency.slug, act=act, subject=f"normative_document:{row.pk}", facts=facts,
        actor=actor.username if actor else "",
    )  # fmt: skip
