"""Draft something for publication, and discard a draft (条例 44). Publishing is another act, and an editor's."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_of
from gongkai.disclosure.actions.normative_documents import require_editor
from gongkai.disclosure.errors import DraftNotFound
from gongkai.disclosure.models import DraftState, Item, ItemDraft
from gongkai.disclosure.selectors import drafts_for
from gongkai.law.procedure import Role
from gongkai.law.texts import Text
from gongkai.ledger.actions import record

#: Who answers applications knows what is asked for again and again; who edits knows what is published.
MAY_DRAFT = frozenset({Role.CLERK, Role.DRAFTER, Role.UNIT_HEAD, Role.APPROVER, Role.EDITOR})
_TAKEN = Text("该草稿已经采用。", "It was taken already.")
LONGEST_TITLE, LONGEST_BODY = 200, 200_000


@transaction.atomic
def draft_item(*, actor: Person, agency: Agency, title: str, body: str, source: str) -> ItemDraft:
    """A draft for the editors. The caller has taken all personal data out. Raises NotAllowed; Invalid for what is empty
    or too long, and for a source that was drafted before."""
    if MAY_DRAFT.isdisjoint(roles_of(actor, agency)):
        raise NotAllowed
    _check(title.strip(), body.strip())
    row = ItemDraft(agency=agency, title=title.strip(), body=body.strip(), source=source, made_by=actor)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Invalid("source", Text("已经拟有草稿。", "There is a draft of it already.")) from error
    _write(row, "disclosure.draft_item", actor)
    return row


def _check(title: str, body: str) -> None:
    for field, text, longest in (("title", title, LONGEST_TITLE), ("body", body, LONGEST_BODY)):
        if not text:
            raise Invalid(field, Text("草稿应有标题和内容。", "A draft needs a title and a text."))
        if len(text) > longest:
            raise Invalid(field, Text(f"不能超过{longest}字。", f"No more than {longest} characters."))


@transaction.atomic
def discard_draft(*, actor: Person, draft_id: int) -> ItemDraft:
    """It will not be published. The row stays; the same source may be drafted again. Twice is once.

    Raises DraftNotFound for whoever may not see it."""
    row = _locked(actor, draft_id)
    if row.state == DraftState.TAKEN:
        raise Invalid("draft", _TAKEN)
    if row.state != DraftState.DISCARDED:
        row.state = DraftState.DISCARDED
        row.save(update_fields=["state"])
        _write(row, "disclosure.discard_draft", actor)
    return row


def locked_draft(actor: Person, draft_id: int) -> ItemDraft:
    """An open draft, held until the transaction ends. Raises DraftNotFound; Invalid for one that is dealt with."""
    row = _locked(actor, draft_id)
    if row.state != DraftState.OPEN:
        words = _TAKEN if row.state == DraftState.TAKEN else Text("该草稿已不予采用。", "It was discarded.")
        raise Invalid("draft", words)
    return row


def take_draft(row: ItemDraft, item: Item) -> None:
    """A locked draft has become an item; the ledger tells so with the item's beginning."""
    row.state, row.item = DraftState.TAKEN, item
    row.save(update_fields=["state", "item"])


def _locked(actor: Person, draft_id: int) -> ItemDraft:
    row = drafts_for(actor).select_for_update(of=("self",)).filter(pk=draft_id).first()
    if row is None:
        raise DraftNotFound
    require_editor(actor, row.agency)
    return row


def _write(row: ItemDraft, act: str, actor: Person) -> None:
    subject = f"item_draft:{row.pk}"
    record(chain=row.agency.slug, act=act, subject=subject, facts={"source": row.source}, actor=actor.username)
