"""Give a draft up. It stays on record; the item, where it is public, stays as it is."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.models import Person
from gongkai.disclosure.acting import locked_revision, take
from gongkai.disclosure.models import Revision
from gongkai.law.publication import PublicationAct


@transaction.atomic
def abandon_revision(*, actor: Person, revision_id: int, reason: str, changes: int | None = None) -> Revision:
    """Raises RevisionNotFound, RevisionChanged, PublicationRefused (not a draft, not a writer, no reason)."""
    revision = locked_revision(actor, revision_id, changes)
    take(revision, PublicationAct.ABANDON, actor=actor, remark=reason[:500])
    return revision
