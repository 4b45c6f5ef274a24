"""委托代办: somebody who is away has a role taken by a colleague for some days."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Agency, Delegation, Person
from gongkai.agencies.selectors import appointments_of, is_administrator, today
from gongkai.law.procedure import Role
from gongkai.law.texts import Text
from gongkai.ledger.actions import hold, record

#: Roles that no one passes on: an administrator's powers are given by appointment alone.
NOT_DELEGATED = frozenset({Role.ADMINISTRATOR})
#: The longest delegation, in days: what lasts longer is an appointment. Ours, no law.
LONGEST = 92
#: How many days ahead one is given, as with appointments.
AHEAD = 366


@transaction.atomic
def delegate(
    *, actor: Person, agency: Agency, role: Role, giver: Person, taker: Person, since: date, until: date
) -> Delegation:
    """Have `taker` act in `giver`'s role from a day to a day, both included. The giver does it, or an administrator.

    Only one's own role is given, not one taken over from somebody else; the giver keeps it all the while.
    """
    if actor.pk != giver.pk and not is_administrator(actor):
        raise NotAllowed(Text("只能委托自己的岗位。", "Only one's own role can be given to another."))
    _check_days(since, until)
    _check_people(agency, role, giver, taker, since)
    hold(agency.slug)
    overlapping = Delegation.objects.filter(
        agency=agency, role=role.value, giver=giver, since__lte=until, until__gte=since
    )
    if overlapping.exists():
        message = Text("这段时间已有委托，请先结束原来的委托。", "It is given to someone in that time; end that first.")
        raise Invalid("since", message)
    row = Delegation.objects.create(agency=agency, role=role.value, giver=giver, taker=taker, since=since, until=until)
    _write(actor, "agencies.delegate", row)
    return row


@transaction.atomic
def end_delegation(*, actor: Person, delegation: Delegation) -> Delegation:
    """It ends with yesterday: from now on the taker acts no more. One that began today or begins later leaves no row;
    the ledger keeps that it was given and taken away."""
    row = Delegation.objects.select_for_update().filter(pk=delegation.pk).first()
    yesterday = today() - timedelta(days=1)
    if row is None:  # it had not begun, and somebody else ended it just now
        raise Invalid("until", Text("该委托已经结束。", "It has ended already."))
    if actor.pk not in (row.giver_id, row.taker_id) and not is_administrator(actor):
        raise NotAllowed
    if row.until <= yesterday:
        raise Invalid("until", Text("该委托已经结束。", "It has ended already."))
    _write(actor, "agencies.end_delegation", row)
    if row.since > yesterday:
        row.delete()
    else:
        row.until = yesterday
        row.save(update_fields=["until"])
    return row


def _check_days(since: date, until: date) -> None:
    if since < today():
        raise Invalid("since", Text("起始日不能早于今天。", "It cannot begin before today."))
    if since > today() + timedelta(days=AHEAD):
        raise Invalid("since", Text("起始日应在一年之内。", "It begins within a year from now."))
    if until < since:
        raise Invalid("until", Text("截止日不能早于起始日。", "It cannot end before it begins."))
    if (until - since).days >= LONGEST:
        message = Text(f"一次委托最长{LONGEST}天。", f"At most {LONGEST} days at a time.")
        raise Invalid("until", message)


def _check_people(agency: Agency, role: Role, giver: Person, taker: Person, since: date) -> None:
    if role in NOT_DELEGATED:
        raise Invalid("role", Text("该岗位不能委托。", "This role cannot be given to another."))
    if not appointments_of(giver, since).filter(agency=agency, role=role.value).exists():
        raise Invalid("role", Text("委托人没有担任该岗位。", "The giver does not hold this role."))
    if taker.pk == giver.pk:
        raise Invalid("taker", Text("不能委托给自己。", "It cannot be given to oneself."))
    if not appointments_of(taker, since).filter(agency=agency).exists():
        raise Invalid("taker", Text("受托人须是本机关的在岗人员。", "The taker must hold a role at this agency."))
    if appointments_of(taker, since).filter(agency=agency, role=role.value).exists():
        raise Invalid("taker", Text("受托人已有该岗位。", "The taker has this role already."))


def _write(actor: Person, act: str, row: Delegation) -> None:
    facts = {
        "role": row.role,
        "giver": row.giver.username,
        "taker": row.taker.username,
        "since": row.since.isoformat(),
        "until": row.until.isoformat(),
    }
    record(chain=row.agency.slug, act=act, subject=f"delegation:{row.pk}", facts=facts, actor=actor.username)
