"""Enter what an act did to documents: amended, partly repealed, repealed, declared invalid (有效性; 33号 §一, PLT-12 [C])."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.agencies.errors import Invalid, checked
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_held, today
from gongkai.disclosure import publicly
from gongkai.disclosure.actions.normative_documents import require_editor
from gongkai.disclosure.harmless import require_harmless
from gongkai.disclosure.models import DocumentChange, Item, NormativeDocument
from gongkai.disclosure.register.validity import standing_changes, validity_of
from gongkai.law.texts import Text
from gongkai.law.validity import CHANGES, ENDINGS, HOLDING, Validity
from gongkai.ledger.actions import record

#: An act may take effect later; further ahead than this it is a slip of the pen.
YEARS_AHEAD = 10
#: 一揽子 acts repeal dozens; more than this at once is a mistake.
AT_ONCE = 500


@transaction.atomic
def change_documents(
    *,
    actor: Person,
    document_ids: Iterable[int],
    kind: Validity,
    on: date,
    basis: str = "",
    by_id: int | None = None,
    note: str = "",
) -> list[DocumentChange]:
    """One act changes one document or many (一揽子), all of one agency, or none of them. `by_id`: the act's own entry on
    the register, of any agency; `basis`: the act in words, needed without one; `note`: which articles.

    Raises NotAllowed for whoever is not editor there; Invalid for documents that are unknown, ended already or younger
    than the change."""
    if kind not in CHANGES:
        raise Invalid("kind", Text("没有这种变动。", "There is no such change."))
    documents = _locked(actor, sorted(set(document_ids)))
    require_editor(actor, documents[0].agency)
    by = _act(by_id, documents)
    basis = basis.strip() or (str(by) if by else "")
    if not basis:
        raise Invalid("basis", Text("请写明依据的文件。", "Name the act that does it."))
    require_harmless(basis=basis, note=note)
    changes = []
    for document in documents:
        _check(document, kind, on)
        row = DocumentChange(
            document=document, kind=kind.value, on=on, by=by, basis=basis, note=note.strip(), made_by=actor
        )
        checked(row).save()
        changes.append(row)
        restate(document)
        _write(row, actor)
    tell_public(documents)
    return changes


def _locked(actor: Person, ids: list[int]) -> list[NormativeDocument]:
    if not ids or len(ids) > AT_ONCE:
        raise Invalid("document", Text(f"请选择文件，一次不超过{AT_ONCE}份。", f"Choose documents, {AT_ONCE} at most."))
    rows = NormativeDocument.objects.select_for_update(of=("self",)).select_related("agency")
    found = list(rows.filter(pk__in=ids, agency__in=roles_held(actor)).order_by("pk"))
    if len(found) < len(ids):
        raise Invalid("document", Text("没有这份文件。", "There is no such document."))
    if len({document.agency_id for document in found}) > 1:
        raise Invalid("document", Text("一次只能办理一个机关的文件。", "The documents of one agency at a time."))
    return found


def _act(by_id: int | None, documents: list[NormativeDocument]) -> NormativeDocument | None:
    if by_id is None:
        return None
    found = NormativeDocument.objects.filter(pk=by_id).first()
    if found is None:
        raise Invalid("by", Text("没有这份文件。", "There is no such document."))
    if any(document.pk == found.pk for document in documents):
        raise Invalid("by", Text("文件不能变动其自身。", "A document does not change itself."))
    return found


def _check(document: NormativeDocument, kind: Validity, on: date) -> None:
    number = document.document_number
    latest = today().replace(year=today().year + YEARS_AHEAD, day=1)
    if not document.made_on <= on <= latest:
        message = Text(f"变动日期应在成文日期之后：{number}。", f"The change comes after its making: {number}.")
        raise Invalid("on", message)
    state = validity_of(document, on)
    if state not in HOLDING and state is not Validity.NOT_YET:
        message = Text(f"{number}届时已经{state.label.zh}。", f"By then {number} is {state.label.en} already.")
        raise Invalid("document", message)
    if kind in ENDINGS and document.repealed_on is not None:
        message = Text(
            f"{number}已登记自{document.repealed_on}起不再有效，如有误，请先更正。",
            f"{number} is entered as ended from {document.repealed_on} on; strike that first if it is wrong.",
        )
        raise Invalid("document", message)


def restate(document: NormativeDocument) -> None:
    """Tell again on a locked document what its standing changes say of its end, for lists and table 2."""
    first = standing_changes().filter(document=document, kind__in=ENDINGS).first()
    if first is None and document.repealed_on is not None and not document.changes.filter(kind__in=ENDINGS).exists():
        return  # an end that was entered before acts were on record
    document.repealed_on = first.on if first else None
    document.repeal_basis = first.basis[:200] if first else ""
    document.save(update_fields=["repealed_on", "repeal_basis"])


def tell_public(documents: Iterable[NormativeDocument]) -> None:
    """What is said of these documents on the site has changed."""
    publicly.changed(*Item.objects.filter(document__in=list(documents)).values_list("pk", flat=True))


def _write(row: DocumentChange, actor: Person) -> None:
    agency: Agency = row.document.agency
    facts = {
        "number": row.document.document_number, "title": row.document.title, "kind": row.kind, "on": row.on.isoformat(),
        "basis": row.basis, "change": row.pk,
    }  # fmt: skip
    subject = f"normative_document:{row.document_id}"
    record(chain=agency.slug, act="disclosure.change_document", subject=subject, facts=facts, actor=actor.username)
