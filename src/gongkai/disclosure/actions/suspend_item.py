"""紧急下线: what leaked is off the site at once, by one act of one person; what becomes of it, the reviews decide."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.disclosure.errors import ItemNotFound
from gongkai.disclosure.models import ItemState, Suspension
from gongkai.disclosure.publicly import changed
from gongkai.disclosure.reviewing.remarks import checked_remark
from gongkai.disclosure.reviewing.telling import tell_suspended
from gongkai.disclosure.suspensions import suspenders, to_decide_by
from gongkai.disclosure.visibility import is_public, items_for
from gongkai.law.publication import check_suspension
from gongkai.law.texts import Text
from gongkai.ledger.actions import record

LONGEST = 300


@transaction.atomic
def suspend_item(*, actor: Person, item_id: int, reason: str) -> Suspension:
    """Its page, files and every form of it say from now on only that it is being looked into. Twice is refused, so that the
    second hears of the first. Raises ItemNotFound, PublicationRefused, Invalid."""
    item = items_for(actor).select_for_update(of=("self",)).filter(pk=item_id).first()
    if item is None:
        raise ItemNotFound
    role = check_suspension(
        public=is_public(item), roles=roles_of(actor, item.agency), reason=reason, holders=suspenders()
    )
    reason = checked_remark(reason, "reason", LONGEST)
    revision = item.current
    if revision is None:  # a constraint of the database
        raise Invalid("item", Text("没有公开的内容。", "Nothing of it is public."))
    now = timezone.now()
    row = Suspension.objects.create(item=item, revision=revision, role=role, actor=actor, reason=reason, at=now)
    item.state, item.suspended_at = ItemState.SUSPENDED, now
    item.save(update_fields=["state", "suspended_at"])
    facts = {"version": revision.number, "digest": revision.digest, "reason": reason, "role": role.value}
    record(
        chain=item.agency.slug, act="disclosure.suspend", subject=f"item:{item.pk}", facts=facts, actor=actor.username
    )
    changed(item.pk)
    tell_suspended(row, to_decide_by(now))
    return row
