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
from gongkai.law.validity import Validity
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
    in_force_from: date | None = None,
    last_day: date | None = None,
    title_note: str = "",
) -> NormativeDocument:
    """Register a document that was made. Its number is unique in the agency; it may not be dated in the future.

    `in_force_from` 施行日期, `last_day` the last day of 有效期, `title_note` 题注 (of a rule).
    """
    require_editor(actor, agency)
    _check(title, document_number, made_on, in_force_from, last_day)
    document = NormativeDocument(
        agency=agency, document_class=document_class, title=title.strip(), document_number=document_number.strip(),
        made_on=made_on, in_force_from=in_force_from, last_day=last_day, title_note=title_note.strip(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            checked(document).save()
    except IntegrityError as error:
        message = Text("该发文字号已登记。", "A document of this number is already registered.")
        raise Invalid("document_number", message) from error
    facts = {"number": document.document_number, "title": document.title, "on": made_on.isoformat()}
    facts |= {name: day.isoformat() for name, day in (("from", in_force_from), ("last_day", last_day)) if day}
    subject = f"normative_document:{document.pk}"
    record(chain=agency.slug, act="disclosure.issue_document", subject=subject, facts=facts, actor=actor.username)
    return document


def _check(title: str, number: str, made_on: date, in_force_from: date | None, last_day: date | None) -> None:
    if not title.strip():
        raise Invalid("title", Text("请填写名称。", "Give its title."))
    if not number.strip():
        raise Invalid("document_number", Text("请填写发文字号。", "Give its document number."))
    if made_on > today():
        raise Invalid("made_on", Text("成文日期不能晚于今天。", "It cannot be dated in the future."))
    if in_force_from is not None and in_force_from < made_on:
        message = Text("施行日期不能早于成文日期。", "It cannot be in force before it was made.")
        raise Invalid("in_force_from", message)
    if last_day is not None and last_day < (in_force_from or made_on):
        message = Text("有效期不能在施行之前届满。", "It cannot lapse before it is in force.")
        raise Invalid("last_day", message)


def repeal_document(*, actor: Person, document_id: int, on: date, basis: str) -> NormativeDocument:
    """Repeal one document, naming the act that repeals it: `change_documents` for the usual case."""
    from gongkai.disclosure.actions.change_documents import change_documents

    [change] = change_documents(actor=actor, document_ids=[document_id], kind=Validity.REPEALED, on=on, basis=basis)
    return change.document
