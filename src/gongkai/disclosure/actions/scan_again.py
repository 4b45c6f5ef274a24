"""重新扫描: what was submitted is scanned by today's rules, where they have changed or the scan broke off."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.models import Person
from gongkai.disclosure.acting import locked_revision
from gongkai.disclosure.models import ContentScan
from gongkai.disclosure.reviewing.scanning import ask_for_scan
from gongkai.law.citations import REG
from gongkai.law.publication import UNDER_REVIEW, PublicationRefused, RevisionState
from gongkai.law.texts import Text


@transaction.atomic
def scan_again(*, actor: Person, revision_id: int) -> ContentScan:
    """For whoever works at the agency. What was scanned by these rules already is not scanned twice."""
    revision = locked_revision(actor, revision_id)
    if RevisionState(revision.state) not in UNDER_REVIEW | {RevisionState.APPROVED}:
        raise PublicationRefused(
            "wrong_state", Text("送审以后才扫描。", "It is scanned once it is submitted."), REG(17)
        )
    return ask_for_scan(revision)
