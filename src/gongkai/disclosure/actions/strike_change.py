"""Strike a change that was entered by mistake. Nothing is erased: a later row says so, and why."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_held
from gongkai.disclosure.actions.change_documents import restate, tell_public
from gongkai.disclosure.actions.normative_documents import require_editor
from gongkai.disclosure.errors import DocumentNotFound
from gongkai.disclosure.models import DocumentChange, NormativeDocument
from gongkai.law.texts import Text
from gongkai.ledger.actions import record

LONGEST = 500


@transaction.atomic
def strike_change(*, actor: Person, change_id: int, reason: str) -> NormativeDocument:
    """The document is again as if that change had never been entered.

    Raises DocumentNotFound for whoever has no role there, NotAllowed, Invalid without a reason or where it was struck
    before."""
    row = DocumentChange.objects.filter(pk=change_id, document__agency__in=roles_held(actor)).first()
    if row is None:
        raise DocumentNotFound
    documents = NormativeDocument.objects.select_for_update(of=("self",)).select_related("agency")
    document = documents.get(pk=row.document_id)
    require_editor(actor, document.agency)
    if not reason.strip() or len(reason.strip()) > LONGEST:
        raise Invalid("reason", Text(f"请写明更正的理由，不超过{LONGEST}字。", f"Say why, in {LONGEST} characters."))
    if row.strikes_id is not None or DocumentChange.objects.filter(strikes=row).exists():
        raise Invalid("change", Text("这条变动已经更正。", "This change was struck already."))
    DocumentChange.objects.create(
        document=document, kind=row.kind, on=row.on, by=row.by, basis=row.basis, note=reason.strip(), strikes=row,
        made_by=actor,
    )  # fmt: skip
    restate(document)
    facts = {"number": document.document_number, "change": row.pk, "kind": row.kind, "reason": reason.strip()}
    subject = f"normative_document:{document.pk}"
    record(
        chain=document.agency.slug, act="disclosure.strike_change", subject=subject, facts=facts, actor=actor.username
    )
    tell_public([document])
    return document
