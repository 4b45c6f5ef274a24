"""共同制作机关意见: what a joint issuer, or the body that the information belongs to, says of its publication (REV-10)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of, today
from gongkai.disclosure.acting import locked_revision
from gongkai.disclosure.content import digest_of
from gongkai.disclosure.errors import RevisionChanged
from gongkai.disclosure.models import Consent, Revision
from gongkai.disclosure.names import tidy_name
from gongkai.disclosure.reviewing.remarks import checked_remark
from gongkai.documents.models import Document
from gongkai.law.citations import REG
from gongkai.law.publication import UNDER_REVIEW, WRITERS, PublicationRefused, RevisionState
from gongkai.law.texts import Text
from gongkai.ledger.actions import record

#: Also while it is written: joint issuers agree when they sign.
_OPEN = UNDER_REVIEW | {RevisionState.DRAFT}


@transaction.atomic
def record_consent(
    *,
    actor: Person,
    revision_id: int,
    body: str,
    agrees: bool,
    on: date,
    digest: str,
    note: str = "",
    paper: Document | None = None,
) -> Consent:
    """`digest`: of the content that was before whoever enters it; for that alone it holds. Said anew, the later word holds.
    Raises NotAllowed, Invalid, RevisionChanged, PublicationRefused."""
    revision = _open_revision(actor, revision_id, digest)
    body, note = tidy_name(checked_remark(body, "body", 200)), checked_remark(note, "note", 300)
    if not body:
        raise Invalid("body", Text("请填写机关名称。", "Name the body."))
    if on > today():
        raise Invalid("on", Text("日期不能晚于今天。", "The date cannot lie after today."))
    row = Consent.objects.create(
        revision=revision, body=body, agrees=agrees, on=on, paper=paper, note=note, digest=digest,
        made_by=actor,
    )  # fmt: skip
    facts = {"version": revision.number, "digest": row.digest, "body": body, "agrees": agrees, "on": on.isoformat()}
    record(
        chain=revision.item.agency.slug, act="disclosure.record_consent", subject=f"item:{revision.item_id}",
        facts={**facts, "paper": paper.digest if paper else ""}, actor=actor.username,
    )  # fmt: skip
    return row


def _open_revision(actor: Person, revision_id: int, digest: str) -> Revision:
    """The revision, locked, with the content that was seen, while consents to it are entered."""
    revision = locked_revision(actor, revision_id)
    if WRITERS.isdisjoint(roles_of(actor, revision.item.agency)):
        raise NotAllowed
    if RevisionState(revision.state) not in _OPEN:
        text = Text("终审以后不再登记共同制作机关意见。", "After the final review no consent is entered.")
        raise PublicationRefused("wrong_state", text, REG(11))
    if digest != digest_of(revision):
        raise RevisionChanged
    return revision
