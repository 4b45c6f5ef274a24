"""送审: put a wording before its reviewers, once nothing is missing in it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.disclosure.acting import locked_revision, take
from gongkai.disclosure.content import digest_of
from gongkai.disclosure.errors import RevisionChanged
from gongkai.disclosure.models import Revision
from gongkai.disclosure.reviewing.remarks import checked_remark
from gongkai.disclosure.reviewing.requirements import Incomplete, gaps
from gongkai.disclosure.reviewing.scanning import ask_for_scan
from gongkai.disclosure.reviewing.telling import tell_step
from gongkai.law.publication import PublicationAct, RevisionState, check_act


@transaction.atomic
def submit_revision(
    *, actor: Person, revision_id: int, remark: str = "", changes: int | None = None, digest: str | None = None
) -> Revision:
    """The content as it is now goes before the reviewers under its digest, and its scan is asked for. `digest`: of what was
    before whoever submits; where it is no longer that, it is not submitted. Raises Incomplete with every field that is
    missing, PublicationRefused, RevisionChanged."""
    revision = locked_revision(actor, revision_id, changes)
    if digest is not None and digest != digest_of(revision):
        raise RevisionChanged
    check_act(PublicationAct.SUBMIT, state=RevisionState(revision.state), roles=roles_of(actor, revision.item.agency))
    if missing := gaps(revision):
        raise Incomplete(missing)
    revision.digest, revision.submitted_at, revision.publish_from = digest_of(revision), timezone.now(), None
    step = take(revision, PublicationAct.SUBMIT, actor=actor, remark=checked_remark(remark))
    ask_for_scan(revision)
    tell_step(revision, step)
    return revision
