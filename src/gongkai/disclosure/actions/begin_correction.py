"""Begin to correct or withdraw what is public: another revision, which passes the same reviews (REV-04)."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.disclosure.acting import take
from gongkai.disclosure.content import SIGNED
from gongkai.disclosure.errors import ItemNotFound
from gongkai.disclosure.models import Attachment, Item, ItemState, Purpose, Revision
from gongkai.disclosure.visibility import items_for
from gongkai.law.publication import PublicationAct
from gongkai.law.texts import Text

#: What the new revision says for itself.
_OWN = frozenset({"purpose", "reason"})
_OPEN_TO = {
    Purpose.CORRECT: frozenset({ItemState.PUBLISHED, ItemState.SUSPENDED, ItemState.WITHDRAWN}),
    Purpose.WITHDRAW: frozenset({ItemState.PUBLISHED, ItemState.SUSPENDED}),
}


@transaction.atomic
def begin_correction(*, actor: Person, item_id: int, reason: str) -> Revision:
    """A draft with the content as it is or last was public, to be corrected. What was withdrawn or taken down comes back
    by it, once it has passed the reviews. Raises ItemNotFound, Invalid, PublicationRefused."""
    return _begun(actor, item_id, Purpose.CORRECT, reason)


@transaction.atomic
def begin_withdrawal(*, actor: Person, item_id: int, reason: str) -> Revision:
    """A draft that takes the item off the site; the public reads the reason. Raises as `begin_correction`."""
    return _begun(actor, item_id, Purpose.WITHDRAW, reason)


def _begun(actor: Person, item_id: int, purpose: Purpose, reason: str) -> Revision:
    item = items_for(actor).select_for_update(of=("self",)).filter(pk=item_id).first()
    if item is None:
        raise ItemNotFound
    if item.state not in _OPEN_TO[purpose] or item.current is None:
        message = Text(
            "只有发布过的信息可以更正，只有已发布的可以撤下。", "Only what was published can be corrected or withdrawn."
        )
        raise Invalid("item", message)
    if not reason.strip():
        raise Invalid("reason", Text("请写明理由。", "Say why."))
    if len(reason.strip()) > 300:
        raise Invalid("reason", Text("理由最多300字。", "At most 300 characters."))
    revision = _copied(item, item.current, actor)
    revision.purpose, revision.reason = purpose, reason.strip()
    try:
        with transaction.atomic():
            revision.save()
    except IntegrityError as error:
        message = Text("已有一个版本正在办理，请在其中继续。", "Another revision of it is under way: go on in that.")
        raise Invalid("item", message) from error
    take(revision, PublicationAct.BEGIN, actor=actor, facts={"purpose": purpose.value, "reason": revision.reason})
    _copy_along(item.current, revision)
    return revision


def _copied(item: Item, current: Revision, actor: Person) -> Revision:
    said = {name: getattr(current, name) for name in SIGNED if name not in _OWN}
    number = item.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    return Revision(
        item=item, number=number + 1, column=current.column, review_due=current.review_due, made_by=actor, **said
    )


def _copy_along(current: Revision, revision: Revision) -> None:
    revision.interprets.set(current.interprets.all())
    rows = (Attachment(revision=revision, document_id=each.document_id, name=each.name, position=each.position)
            for each in current.attachments.all())  # fmt: skip
    Attachment.objects.bulk_create(rows)
