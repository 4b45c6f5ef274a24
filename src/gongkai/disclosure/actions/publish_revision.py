"""发布: what was approved becomes what the public reads: a new item, another wording of it, or its withdrawal."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.disclosure.acting import locked_revision, take
from gongkai.disclosure.actions.enter_document import enter_document
from gongkai.disclosure.index_numbers import allot
from gongkai.disclosure.models import Item, ItemState, Purpose, Revision
from gongkai.disclosure.publicly import changed
from gongkai.disclosure.reviewing.gate import require_reviewed
from gongkai.disclosure.reviewing.requirements import Incomplete, gaps
from gongkai.disclosure.reviewing.telling import tell_step
from gongkai.law.citations import REG
from gongkai.law.publication import PUBLISHERS, PublicationAct, PublicationRefused, RevisionState, check_act
from gongkai.law.texts import Text
from gongkai.ledger.actions import record

#: What the item repeats of its current revision, for lists.
REPEATED = (
    "column_id", "title", "document_number", "issuer_name", "made_on", "subject", "genre", "summary", "review_due",
)  # fmt: skip
LONGEST_WAIT = timedelta(days=366)


@transaction.atomic
def publish_revision(*, actor: Person, revision_id: int, changes: int | None = None) -> Item:
    """Now, by the server's clock. Raises PublicationRefused where it is not approved, not what was reviewed, or is to
    wait for its hour; Incomplete where something has gone since; RevisionChanged."""
    revision = locked_revision(actor, revision_id, changes)
    check_act(PublicationAct.PUBLISH, state=RevisionState(revision.state), roles=roles_of(actor, revision.item.agency))
    if revision.publish_from is not None and revision.publish_from > timezone.now():
        text = Text(
            "已设定定时发布；要现在发布，请先取消定时。", "It waits for its hour: cancel that to publish it now."
        )
        raise PublicationRefused("scheduled", text, REG(26))
    return put_out(revision, actor)


def put_out(revision: Revision, actor: Person | None) -> Item:
    """In a transaction, on a locked revision that is approved; without an actor it is the clock. Raises as above."""
    item = revision.item
    require_reviewed(revision)
    if missing := gaps(revision):
        raise Incomplete(missing)
    now = timezone.now()
    revision.published_at, revision.publish_from = now, None
    step = take(revision, PublicationAct.PUBLISH, actor=actor)
    if revision.purpose == Purpose.WITHDRAW:
        item.state, item.withdrawn_at, item.withdrawal_reason = ItemState.WITHDRAWN, now, revision.reason
        item.suspended_at = None
    else:
        show(item, revision, now, actor)
    item.save()
    changed(item.pk)
    tell_step(revision, step)
    return item


def show(item: Item, revision: Revision, now: datetime, actor: Person | None) -> None:
    """The revision becomes what lists and pages say of the item. The first publication gives it its number and its day,
    once and for all (MET-01, CHK-07)."""
    for name in REPEATED:
        setattr(item, name, getattr(revision, name))
    item.index_number = allot(item)
    if item.published_at is None:
        item.published_at = now
    else:
        item.changed_at = now
    item.document = enter_document(item, revision, actor)
    item.state, item.current, item.withdrawn_at, item.withdrawal_reason = ItemState.PUBLISHED, revision, None, ""
    item.suspended_at = None


@transaction.atomic
def schedule_release(*, actor: Person, revision_id: int, at: datetime | None, changes: int | None = None) -> Revision:
    """定时发布: the hour at which the clock publishes what was approved; None: no hour, a person publishes it. Raises
    NotAllowed, Invalid for an hour that is past (nothing is back-dated), PublicationRefused."""
    revision = locked_revision(actor, revision_id, changes)
    if PUBLISHERS.isdisjoint(roles_of(actor, revision.item.agency)):
        raise NotAllowed
    if revision.state != RevisionState.APPROVED:
        raise PublicationRefused("wrong_state", Text("终审通过后才能定时发布。", "It must be approved first."), REG(26))
    if at is not None and not timezone.now() < at <= timezone.now() + LONGEST_WAIT:
        message = Text("定时发布的时间应在现在以后、一年以内。", "The hour lies ahead, within a year.")
        raise Invalid("at", message)
    revision.publish_from, revision.changes = at, revision.changes + 1
    revision.save(update_fields=["publish_from", "changes"])
    facts = {"version": revision.number, "at": at.isoformat() if at else ""}
    record(
        chain=revision.item.agency.slug, act="disclosure.schedule", subject=f"item:{revision.item_id}", facts=facts,
        actor=actor.username,
    )  # fmt: skip
    return revision
