"""紧急下线: what leaked is off the site at once, by one act of one person; what becomes of it, the reviews decide."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import calendar, day_of, roles_of
from gongkai.disclosure.errors import ItemNotFound
from gongkai.disclosure.models import ItemState, Suspension
from gongkai.disclosure.publicly import changed
from gongkai.disclosure.reviewing.remarks import checked_remark
from gongkai.disclosure.reviewing.telling import tell_suspended
from gongkai.disclosure.visibility import is_public, items_for
from gongkai.law.errors import CalendarError
from gongkai.law.procedure import Role
from gongkai.law.publication import check_suspension, decide_by
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


def may_suspend(person: Person, agency: Agency) -> bool:
    """Whether this person may do so at the agency."""
    return not suspenders().isdisjoint(roles_of(person, agency))


def suspenders() -> frozenset[Role]:
    """The posts that may (GONGKAI_SUSPENDERS); a word that is no post names nobody."""
    return frozenset(role for role in Role if role.value in settings.SUSPENDERS)


def to_decide_by(moment: datetime) -> date | None:
    """The last day to decide on what was taken down at that moment; None outside the calendar."""
    try:
        return decide_by(day_of(moment), calendar(), settings.SUSPENDED_DECIDE_DAYS)
    except CalendarError:
        return None
