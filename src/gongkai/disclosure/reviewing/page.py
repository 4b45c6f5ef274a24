"""The review page of one revision: everything a reviewer needs before them, and what this person may do with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.errors import NotAllowed
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import calendar, roles_of, today
from gongkai.disclosure.acting import signed, wrote
from gongkai.disclosure.actions.review_secrecy import require_secrecy_reviewer
from gongkai.disclosure.content import digest_of
from gongkai.disclosure.errors import RevisionNotFound
from gongkai.disclosure.models import Attachment, Purpose, Revision, RevisionStep, SecrecyReview, Suspension
from gongkai.disclosure.public.item_body import item_body
from gongkai.disclosure.reviewing.differences import Differences, differences
from gongkai.disclosure.reviewing.gate import Standing, secrecy_before, silent, standing
from gongkai.disclosure.reviewing.requirements import gaps
from gongkai.disclosure.reviewing.waiting import due_day
from gongkai.disclosure.visibility import revisions_for
from gongkai.documents.models import UNFINISHED_CHECKS
from gongkai.documents.privacy.finding import Severity
from gongkai.documents.privacy.selectors import Group, by_severity
from gongkai.law.errors import LawError
from gongkai.law.publication import (
    PUBLISHERS,
    ROUNDS,
    UNDER_REVIEW,
    WRITERS,
    PublicationAct,
    PublicationRefused,
    RevisionState,
    check_act,
    possible,
)
from gongkai.law.texts import Text


def revision_for(person: Person, revision_id: int) -> Revision:
    """The revision, for whoever has a role at its agency. Raises RevisionNotFound."""
    rows = revisions_for(person).select_related("item__agency", "item__current", "column", "made_by")
    found = rows.filter(pk=revision_id).first()
    if found is None:
        raise RevisionNotFound
    return found


@dataclass(frozen=True)
class Scanned:
    """What the scan found in one part, the gravest first."""

    name: str
    groups: tuple[tuple[Severity, tuple[Group, ...]], ...]
    unread: bool


class ReviewPage:
    """Asked of the database as the template needs it."""

    def __init__(self, person: Person, revision: Revision) -> None:
        self.person, self.revision = person, revision
        self.item, self.agency = revision.item, revision.item.agency
        self.state = RevisionState(revision.state)

    @cached_property
    def roles(self) -> frozenset[Any]:
        return roles_of(self.person, self.agency)

    @cached_property
    def wrote(self) -> bool:
        return wrote(self.revision, self.person)

    @cached_property
    def acts(self) -> tuple[PublicationAct, ...]:
        """What this person may do now."""
        return possible(state=self.state, roles=self.roles, wrote=self.wrote, signed=signed(self.revision, self.person))

    @cached_property
    def digest(self) -> str:
        """Of the content before this person: of a draft as it is now. Asked before the content itself is, so that a change
        between the two is noticed."""
        return digest_of(self.revision) if self.state is RevisionState.DRAFT else self.revision.digest

    @property
    def round(self) -> PublicationAct | None:
        """The round that is due; None where none is."""
        return ROUNDS.get(self.state)

    @property
    def passes(self) -> bool:
        """Whether this person may pass it."""
        return self.round in self.acts

    @cached_property
    def why_not(self) -> Text | None:
        """Why this person may not pass the round that is due, or publish what is approved."""
        due = self.round or (PublicationAct.PUBLISH if self.state is RevisionState.APPROVED else None)
        if due is None or due in self.acts:
            return None
        try:
            check_act(
                due, state=self.state, roles=self.roles, wrote=self.wrote, signed=signed(self.revision, self.person)
            )
        except PublicationRefused as error:
            return error.message
        return None

    @cached_property
    def gaps(self) -> dict[str, Text]:
        """What is missing before it can be submitted."""
        return gaps(self.revision) if self.state is RevisionState.DRAFT else {}

    @cached_property
    def standing(self) -> Standing | None:
        """Where the gate stands; None for a draft."""
        return standing(self.revision) if self.under_way or self.revision.published_at else None

    @property
    def under_way(self) -> bool:
        return self.state in UNDER_REVIEW or self.state is RevisionState.APPROVED

    @property
    def obstacles(self) -> list[Text]:
        """What stands in the way of the final review or the publication."""
        return [text for _code, text in self.standing.obstacles] if self.standing and self.under_way else []

    @property
    def scanning(self) -> bool:
        scan = self.standing.scan if self.standing else None
        return scan is not None and scan.state in UNFINISHED_CHECKS

    @property
    def scan_again(self) -> bool:
        """Whether it must be asked for anew."""
        return self.under_way and any(code == "scan" for code, _text in self._obstacles) and not self.scanning

    @property
    def _obstacles(self) -> tuple[tuple[str, Text], ...]:
        return self.standing.obstacles if self.standing else ()

    @cached_property
    def scanned(self) -> list[Scanned]:
        """By part, what was found."""
        parts = self.standing.parts if self.standing else ()
        return [
            Scanned(part.name, tuple(by_severity(part.findings)), part.held is not None and part.held.unread)
            for part in parts
        ]

    @cached_property
    def steps(self) -> QuerySet[RevisionStep]:
        return self.revision.steps.select_related("actor").order_by("number")

    @cached_property
    def changed(self) -> Differences | None:
        """Against what the public reads now; None for a first publication and a withdrawal."""
        current = self.item.current
        if current is None or current.pk == self.revision.pk or self.revision.purpose == Purpose.WITHDRAW:
            return None
        return differences(current, self.revision)

    @cached_property
    def body(self) -> dict[str, Any]:
        """The content as the public will see it."""
        attachments = self.revision.attachments.select_related("document")
        return item_body(self.revision, attachments, self._address)

    def _address(self, attachment: Attachment) -> str:
        return reverse("desk:review_file", args=[self.revision.pk, attachment.pk])

    @property
    def suspended(self) -> QuerySet[Suspension]:
        """Why it is off the site now, for whoever puts it back."""
        since = self.item.suspended_at
        return self.item.suspensions.filter(at=since).select_related("actor") if since else Suspension.objects.none()

    @property
    def due_on(self) -> Any:
        return due_day(self.revision, calendar()) if not self.revision.published_at else None

    @property
    def late(self) -> bool:
        return self.due_on is not None and self.due_on < today()

    @cached_property
    def reviews_secrecy(self) -> bool:
        try:
            require_secrecy_reviewer(self.revision, self.person)
        except (LawError, NotAllowed):
            return False
        return True

    @cached_property
    def secrecy_before(self) -> list[SecrecyReview]:
        """What was said of its secrecy before."""
        return secrecy_before(self.revision, self.standing.secrecy) if self.standing else []

    @property
    def enters_consent(self) -> bool:
        open_ = self.state in UNDER_REVIEW or self.state is RevisionState.DRAFT
        return open_ and not WRITERS.isdisjoint(self.roles)

    @property
    def schedules(self) -> bool:
        return self.state is RevisionState.APPROVED and not PUBLISHERS.isdisjoint(self.roles)

    @property
    def waits(self) -> bool:
        """Whether its hour is still to come."""
        return self.revision.publish_from is not None and self.revision.publish_from > timezone.now()

    @cached_property
    def silent(self) -> list[str]:
        """The joint issuers that have not said anything of this content."""
        return silent(self.revision, self.standing.consents if self.standing else {})
