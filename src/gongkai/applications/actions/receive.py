"""收到申请: an application comes in, gets its number and query code, and the clock starts (条例 29, 31, 33)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.actions.number import next_number
from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import SHANGHAI, calendar, roles_of, today
from gongkai.applications.actions.add_paper import Upload, file_papers
from gongkai.applications.correspondence import acknowledge
from gongkai.applications.errors import AlreadySent
from gongkai.applications.found_by import id_index_of, name_index_of
from gongkai.applications.history import UNCONFIRMED, take
from gongkai.applications.likeness import marks_of
from gongkai.applications.models import CHANNEL_OF_LAW, Application, Channel, Mark, PaperKind
from gongkai.applications.notices import tell_unconfirmed
from gongkai.applications.query_codes import code_for, index_of, index_of_token
from gongkai.law import receipts
from gongkai.law.procedure import Role, StepKind
from gongkai.law.texts import Text
from gongkai.law.working_days import FIRST_DAY
from gongkai.ledger.actions import record
from gongkai.ledger.digests import canonical
from gongkai.vault.sealing import blind_index

Papers = Sequence[tuple[PaperKind, Upload]]
#: What an applicant gives: the closed list of 条例 29, and the kind that the report's columns need.
FIELDS = (
    "applicant_kind applicant_name id_type id_number contact_person telephone email address postcode "
    "content document_number features form_wanted way_wanted needs_help"
).split()
#: Of an agent who applies for the applicant. In the digest only where given, as everything that came to the form later.
AGENT_FIELDS = "agent_name agent_id_number agent_telephone".split()


@dataclass(frozen=True)
class Arrival:
    """How and when an application came (条例 31). `on` the legal day, None for today; `confirmed` the day it was
    confirmed with the applicant, where that decides; `unreachable` where nobody could be reached before; `written_by`
    who filled in the form for someone who could not write (条例 29)."""

    channel: Channel
    on: date | None = None
    confirmed: date | None = None
    unreachable: bool = False
    written_by: str = ""

    def told(self) -> dict[str, Any]:
        """What the step of receipt keeps of it besides its day."""
        more = {"unreachable": self.unreachable, "written_by": self.written_by}
        return {"channel": self.channel.value, **{name: value for name, value in more.items() if value}}


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
    confirmed: date | None = None,
    unreachable: bool = False,
    written_by: str = "",
    papers: Papers = (),
) -> Received:
    """Take an application in, once.

    `data` holds FIELDS and AGENT_FIELDS, already validated by the form; `token` the form's one-time token (≥ 16
    characters); `actor` the clerk for a channel other than the web; `on` the day it arrived (default: today in China),
    `confirmed`, `unreachable` and `written_by` as in `Arrival`; `papers` pairs of a kind and an upload that has passed the gate.
    The same token again gives the same application; with other contents, or for another agency, it raises AlreadySent.
    """
    if len(token) < 16:
        raise Invalid("token", Text("表格已失效，请重新打开申请页面。", "This form has expired; please open it again."))
    if not agency.accepts_applications:
        raise NotAllowed(Text("该机关不受理依申请公开。", "This agency does not take applications."))
    _check_actor(agency, channel, actor)
    arrival = Arrival(channel, on or today(), confirmed, unreachable, written_by)
    _check_days(arrival)
    if earlier := _earlier(agency, token, data, papers):
        return earlier
    try:
        with transaction.atomic():
            return _receive(agency, arrival, data, token, actor, papers)
    except IntegrityError:
        # The same form at the same moment in another process: the other one won, this one shows its result.
        if earlier := _earlier(agency, token, data, papers):
            return earlier
        raise


def _check_actor(agency: Agency, channel: Channel, actor: Person | None) -> None:
    """On the web nobody need sign in; paper and fax are entered by a clerk of the agency."""
    if actor is None and channel == Channel.WEB:
        return
    if actor is None or Role.CLERK not in roles_of(actor, agency):
        raise NotAllowed(Text("书面申请由经办人员登记。", "Applications on paper are entered by a clerk."))


def _check_days(arrival: Arrival) -> None:
    for field, day in (("on", arrival.on), ("confirmed", arrival.confirmed)):
        if day is not None and day > today():
            raise Invalid(field, Text("收到日期不能晚于今天。", "The day of receipt cannot be after today."))
        if day is not None and day < FIRST_DAY:
            message = Text("收到日期不能早于2004年：没有那时的工作日历。", "No calendar is known before the year 2004.")
            raise Invalid(field, message)
    if arrival.on and arrival.confirmed and arrival.confirmed < arrival.on:
        raise Invalid("confirmed", Text("确认日期不能早于收到日期。", "It cannot be confirmed before it came."))


def form_digest(data: Mapping[str, Any]) -> str:
    """A digest of everything the applicant gave, from which nothing of it can be told without the key."""
    given = {name: data.get(name) or "" for name in FIELDS}
    agent = {name: data[name] for name in AGENT_FIELDS if data.get(name)}
    return blind_index(canonical({**given, **agent}).decode(), "form_digest")


def _earlier(agency: Agency, token: str, data: Mapping[str, Any], papers: Papers) -> Received | None:
    found = Application.objects.select_related("agency").filter(token_index=index_of_token(token)).first()
    if found is None:
        return None
    same = found.agency_id == agency.pk and found.form_digest == form_digest(data)
    if not same or not _papers_known(found, papers):
        raise AlreadySent(found.number)
    return Received(found, code_for(token), created=False)


def _papers_known(application: Application, papers: Papers) -> bool:
    """Whether every file that came now lies in the case already: a file added to a form that was sent is not lost
    silently. A form sent again without its files is the same form: browsers forget them."""
    if not papers:
        return True
    known = set(application.papers.values_list("kind", "document__digest"))
    return all((kind.value, sha256(upload.data).hexdigest()) in known for kind, upload in papers)


def _receive(
    agency: Agency, arrival: Arrival, data: Mapping[str, Any], token: str, actor: Person | None, papers: Papers
) -> Received:
    code = code_for(token)
    on = arrival.on or today()
    application = Application.objects.create(
        agency=agency,
        number=application_number(agency, on.year),
        channel=arrival.channel,
        submitted_at=_moment(on),
        query_code_index=index_of(code),
        token_index=index_of_token(token),
        form_digest=form_digest(data),
        **UNCONFIRMED,
        **given_columns(data) | _unknown(data, token),
    )
    mark(application)
    record_submission(application, actor)
    for kind, upload in papers:
        file_papers(application, kind, [upload], actor=actor)
    if receipt := receipt_by_law(agency, arrival):
        start_clock(application, on=receipt.day, actor=actor, told=arrival.told())
    else:
        tell_unconfirmed(application)
    return Received(application, code, created=True)


def _unknown(data: Mapping[str, Any], token: str) -> dict[str, str]:
    """A letter that bears no identity number makes its writer the same as nobody."""
    return {} if data["id_number"] else {"id_index": blind_index(token, "id_number.unknown")}


def given_columns(data: Mapping[str, Any]) -> dict[str, Any]:
    """What the applicant gave as columns, with the blind indexes that find it."""
    given = {name: data[name] for name in (*FIELDS, *AGENT_FIELDS) if name in data}
    return {
        **given,
        "id_index": id_index_of(str(data["id_number"])),
        "name_index": name_index_of(str(data["applicant_name"])),
    }


def application_number(agency: Agency, year: int) -> str:
    """The next number of the agency's register for a year. Gapless: taken in the transaction of the application."""
    return f"{agency.document_prefix}申〔{year}〕{next_number(agency, 'application', year)}号"


def mark(application: Application) -> None:
    """Store what the content is found by (see `likeness`)."""
    Mark.objects.bulk_create(
        Mark(application=application, agency_id=application.agency_id, mark=value)
        for value in marks_of(application.content)
    )


def record_submission(application: Application, actor: Person | None) -> None:
    """The ledger's entry of an application, which its witness compares with the row."""
    facts = {
        "number": application.number,
        "channel": str(application.channel),
        "form": application.form_digest,
    }
    record(
        chain=application.agency.slug,
        act="applications.submitted",
        subject=f"application:{application.pk}",
        facts=facts,
        actor=actor.username if actor else "",
    )


def receipt_by_law(agency: Agency, arrival: Arrival) -> receipts.Receipt | None:
    """The day of receipt for this channel (条例 31), or None while both sides have to confirm it first."""
    settings = receipts.ReceiptSettings(internet=receipts.ReceiptRule(agency.receipt_rule))
    channel = CHANNEL_OF_LAW[arrival.channel.value]
    asked = receipts.Arrival(channel, arrival.on or today(), arrival.confirmed, arrival.unreachable)
    return receipts.receipt_of(asked, calendar(), settings)


def _moment(on: date) -> datetime:
    """Now; for what came on an earlier day, the beginning of that day, because its hour is not known."""
    return timezone.now() if on == today() else datetime.combine(on, time.min, SHANGHAI)


def start_clock(
    application: Application, *, on: date, actor: Person | None, told: Mapping[str, Any] | None = None
) -> None:
    """The step 收到申请, on its legal date, and the receipt letter that goes with it (条例 31)."""
    role = Role.CLERK if actor else Role.APPLICANT
    facts = told or {"channel": str(application.channel)}
    step = take(application, StepKind.RECEIPT, on=on, actor=actor, role=role, facts=facts)
    acknowledge(application, step)
