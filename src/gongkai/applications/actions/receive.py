"""收到申请: an application comes in, gets its number and query code, and the clock starts (条例 29, 31, 33)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.actions.number import next_number
from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import SHANGHAI, calendar, roles_of, today
from gongkai.applications.correspondence import acknowledge
from gongkai.applications.errors import AlreadySent
from gongkai.applications.history import UNCONFIRMED, take
from gongkai.applications.models import Application, Channel
from gongkai.applications.query_codes import code_for, index_of, index_of_token
from gongkai.law import receipts
from gongkai.law.procedure import Role, StepKind
from gongkai.law.texts import Text
from gongkai.ledger.actions import record
from gongkai.ledger.digests import canonical
from gongkai.vault.sealing import blind_index

#: What an applicant gives: the closed list of 条例 29, and the kind that the report's columns need.
FIELDS = (
    "applicant_kind applicant_name id_type id_number contact_person telephone email address postcode "
    "content document_number features form_wanted way_wanted needs_help"
).split()


@dataclass(frozen=True)
class Received:
    """What the applicant is told. `created` is False where the same form had come before."""

    application: Application
    query_code: str
    created: bool


def receive(
    *,
    agency: Agency,
    channel: Channel,
    data: Mapping[str, Any],
    token: str,
    actor: Person | None = None,
    on: date | None = None,
) -> Received:
    """Take an application in, once.

    `data` holds FIELDS, already validated by the form; `token` the form's one-time token (≥ 16 characters);
    `actor` the clerk for a channel other than the web; `on` the legal date of receipt (default: today in China).
    The same token again gives the same application; with other contents, or for another agency, it raises AlreadySent.
    """
    if len(token) < 16:
        raise Invalid("token", Text("表格已失效，请重新打开申请页面。", "This form has expired; please open it again."))
    if not agency.accepts_applications:
        raise NotAllowed(Text("该机关不受理依申请公开。", "This agency does not take applications."))
    _check_actor(agency, channel, actor)
    day = on or today()
    if day > today():
        raise Invalid("on", Text("收到日期不能晚于今天。", "The day of receipt cannot be after today."))
    if earlier := _earlier(agency, token, data):
        return earlier
    try:
        with transaction.atomic():
            return _receive(agency, channel, data, token, actor, day)
    except IntegrityError:
        # The same form at the same moment in another process: the other one won, this one shows its result.
        if earlier := _earlier(agency, token, data):
            return earlier
        raise


def _check_actor(agency: Agency, channel: Channel, actor: Person | None) -> None:
    """On the web nobody need sign in; paper and fax are entered by a clerk of the agency."""
    if actor is None and channel == Channel.WEB:
        return
    if actor is None or Role.CLERK not in roles_of(actor, agency):
        raise NotAllowed(Text("书面申请由经办人员登记。", "Applications on paper are entered by a clerk."))


def form_digest(data: Mapping[str, Any]) -> str:
    """A digest of everything the applicant gave, from which nothing of it can be told without the key."""
    return blind_index(canonical({name: data.get(name) or "" for name in FIELDS}).decode(), "form_digest")


def _earlier(agency: Agency, token: str, data: Mapping[str, Any]) -> Received | None:
    found = Application.objects.select_related("agency").filter(token_index=index_of_token(token)).first()
    if found is None:
        return None
    if found.agency_id != agency.pk or found.form_digest != form_digest(data):
        raise AlreadySent(found.number)
    return Received(found, code_for(token), created=False)


def _receive(
    agency: Agency, channel: Channel, data: Mapping[str, Any], token: str, actor: Person | None, on: date
) -> Received:
    code = code_for(token)
    serial = next_number(agency, "application", on.year)
    application = Application.objects.create(
        agency=agency,
        number=f"{agency.document_prefix}申〔{on.year}〕{serial}号",
        channel=channel,
        submitted_at=_moment(on),
        query_code_index=index_of(code),
        token_index=index_of_token(token),
        form_digest=form_digest(data),
        id_index=blind_index(str(data["id_number"]).upper(), "id_number"),
        **UNCONFIRMED,
        **{name: data[name] for name in FIELDS if name in data},
    )
    subject = f"application:{application.pk}"
    facts = {"number": application.number, "channel": str(channel), "form": application.form_digest}
    record(
        chain=agency.slug,
        act="applications.submitted",
        subject=subject,
        facts=facts,
        actor=actor.username if actor else "",
    )
    if receipt := receipt_by_law(agency, channel, on):
        start_clock(application, on=receipt.day, actor=actor)
    return Received(application, code, created=True)


def receipt_by_law(agency: Agency, channel: Channel, arrived: date) -> receipts.Receipt | None:
    """The day of receipt for this channel (条例 31), or None while both sides have to confirm it first."""
    settings = receipts.ReceiptSettings(internet=receipts.ReceiptRule(agency.receipt_rule))
    return receipts.receipt_of(receipts.Arrival(receipts.Channel(channel.value), arrived), calendar(), settings)


def _moment(on: date) -> datetime:
    """Now; for what came on an earlier day, the beginning of that day, because its hour is not known."""
    return timezone.now() if on == today() else datetime.combine(on, time.min, SHANGHAI)


def start_clock(application: Application, *, on: date, actor: Person | None) -> None:
    """The step 收到申请, on its legal date, and the receipt letter that goes with it (条例 31)."""
    role = Role.CLERK if actor else Role.APPLICANT
    facts = {"channel": str(application.channel)}
    step = take(application, StepKind.RECEIPT, on=on, actor=actor, role=role, facts=facts)
    acknowledge(application, step)
