"""退回修改 and 撤回送审: what lies before the reviewers becomes a draft again, and its reviews are void."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.models import Person
from gongkai.disclosure.acting import locked_revision, take
from gongkai.disclosure.models import Revision
from gongkai.disclosure.reviewing.remarks import checked_remark
from gongkai.disclosure.reviewing.telling import tell_step
from gongkai.law.publication import PublicationAct


@transaction.atomic
def return_revision(*, actor: Person, revision_id: int, reason: str, changes: int | None = None) -> Revision:
    """A reviewer sends it back with the reason; also what was approved and is not out yet. Raises PublicationRefused."""
    return _back(PublicationAct.RETURN, actor, revision_id, reason, changes)


@transaction.atomic
def recall_revision(*, actor: Person, revision_id: int, reason: str = "", changes: int | None = None) -> Revision:
    """Its writer takes it back. Raises PublicationRefused."""
    return _back(PublicationAct.RECALL, actor, revision_id, reason, changes)


def _back(act: PublicationAct, actor: Person, revision_id: int, reason: str, changes: int | None) -> Revision:
    revision = locked_revision(actor, revision_id, changes)
    revision.publish_from = None
    step = take(revision, act, actor=actor, remark=checked_remark(reason, "reason"))
    tell_step(revision, step)
    return revision
