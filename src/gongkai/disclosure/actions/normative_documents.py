"""Enter a normative document into the register, and repeal one."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from gongkai.agencies.errors import Invalid, NotAllowed, checked
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_of, today
from gongkai.disclosure.models import DocumentClass, NormativeDocument
from gongkai.law.procedure import Role
from gongkai.law.texts import Text
from gongkai.ledger.actions import record

MAY_EDIT = frozenset({Role.EDITOR})


def require_editor(actor: Person, agency: Agency) -> None:
    if not MAY_EDIT & roles_of(actor, agency):
        raise NotAllowed(Text("此事项由编辑岗位办理。", "This is for the editor."))


@transaction.atomic
def issue_document(
    *,
    actor: Person,
    agency: Agency,
    document_class: DocumentClass,
    title: str,
    document_number: str,
    made_on: date,
) -> NormativeDocument:
    """Register a document that was made. Its number is unique in the agency; it may not be dated in the future."""
    require_editor(actor, agency)
    if not title.strip():
        raise Invalid("title", Text("请填写名称。", "Give its title."))
    if not document_number.strip():
        raise Invalid("document_number", Text("请填写发文字号。", "Give its document number."))
    if made_on > today():
        raise Invalid("made_on", Text("成文日期不能晚于今天。", "It cannot be dated in the future."))
    document = NormativeDocument(
        agency=agency, document_class=document_class, title=title.strip(),
        document_number=document_number.strip(), made_on=made_on,
    )  # fmt: skip
    try:
        with transaction.atomic():
            checked(document).save()
    except IntegrityError as error:
        message = Text("该发文字号已登记。", "A document of this number is already registered.")
        raise Invalid("document_number", message) from error
    _write(document, "disclosure.issue_document", actor, made_on)
    return document


@transaction.atomic
def repeal_document(*, actor: Person, document_id: int, on: date, basis: str) -> NormativeDocument:
    """Repeal a document in force, naming the act that repeals it."""
    rows = NormativeDocument.objects.select_for_update(of=("self",)).select_related("agency")
    document = rows.filter(pk=document_id).first()
    if document is None:
        raise Invalid("document", Text("没有这份文件。", "There is no such document."))
    require_editor(actor, document.agency)
    if document.repealed_on is not None:
        raise Invalid("document", Text("该文件已经废止。", "It was already repealed."))
    if not document.made_on <= on <= today():
        message = Text("废止日期应在成文日期之后、不晚于今天。", "Repeal lies between its making and today.")
        raise Invalid("on", message)
    if not basis.strip():
        raise Invalid("basis", Text("请写明废止依据。", "Name the act that repeals it."))
    document.repealed_on, document.repeal_basis = on, basis.strip()
    checked(document).save(update_fields=["repealed_on", "repeal_basis"])
    _write(document, "disclosure.repeal_document", actor, on)
    return document


def _write(document: NormativeDocument, act: str, actor: Person, on: date) -> None:
    facts = {"number": document.document_number, "title": document.title, "on": on.isoformat()}
    subject = f"normative_document:{document.pk}"
    record(chain=document.agency.slug, act=act, subject=subject, facts=facts, actor=actor.username)
