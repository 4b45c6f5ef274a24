"""One item at the desk: where it stands, what was done, what its reader may do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import calendar, roles_of, today
from gongkai.disclosure.acting import signed, wrote
from gongkai.disclosure.errors import ItemNotFound
from gongkai.disclosure.models import Attachment, Item, ItemState, Revision, RevisionStep, Suspension
from gongkai.disclosure.reviewing.waiting import due_day
from gongkai.disclosure.suspensions import may_suspend, to_decide_by
from gongkai.disclosure.visibility import is_public, items_for
from gongkai.law.publication import WRITERS, PublicationAct, RevisionState, possible
from gongkai.law.texts import Text

_ENDED = (RevisionState.PUBLISHED.value, RevisionState.ABANDONED.value)


def item_page(person: Person, item_id: int) -> ItemPage:
    """Raises ItemNotFound for whoever has no role at its agency."""
    item = items_for(person).select_related("current").filter(pk=item_id).first()
    if item is None:
        raise ItemNotFound
    return ItemPage(person, item)


@dataclass
class ItemPage:
    """An item for one person."""

    person: Person
    item: Item

    @cached_property
    def revisions(self) -> Sequence[Revision]:
        """All of them, the newest first."""
        rows = self.item.revisions.select_related("column", "made_by").defer("body").order_by("-number")
        return list(rows)

    @cached_property
    def under_way(self) -> Revision | None:
        row = self.item.revisions.exclude(state__in=_ENDED).select_related("column", "made_by").first()
        if row is not None:
            row.item = self.item
        return row

    @cached_property
    def shown(self) -> Revision:
        """What the page speaks of: what is under way, else what is public, else the newest."""
        return self.under_way or self.item.current or self.revisions[0]

    @property
    def title(self) -> str:
        return self.shown.title

    @property
    def state(self) -> Text:
        return RevisionState(self.shown.state).label

    @cached_property
    def acts(self) -> frozenset[PublicationAct]:
        """What this person may do to what is under way."""
        row = self.under_way
        if row is None:
            return frozenset()
        may = possible(
            state=RevisionState(row.state), roles=roles_of(self.person, self.item.agency),
            wrote=wrote(row, self.person), signed=signed(row, self.person),
        )  # fmt: skip
        return frozenset(may)

    @cached_property
    def may_write(self) -> bool:
        return bool(WRITERS & roles_of(self.person, self.item.agency))

    @property
    def may_edit(self) -> bool:
        return self.may_write and self.under_way is not None and self.under_way.state == RevisionState.DRAFT

    @property
    def may_correct(self) -> bool:
        """Whether a correction can be begun; by one, what was withdrawn or taken down comes back."""
        return self.may_write and self.under_way is None and self.item.state != ItemState.UNPUBLISHED

    @property
    def may_withdraw(self) -> bool:
        """Whether a withdrawal can be begun."""
        open_ = is_public(self.item) or self.suspended
        return self.may_write and self.under_way is None and open_

    @property
    def may_suspend(self) -> bool:
        """Whether this person may take it off the site at once."""
        return is_public(self.item) and may_suspend(self.person, self.item.agency)

    @property
    def suspended(self) -> bool:
        return self.item.state == ItemState.SUSPENDED

    @cached_property
    def suspensions(self) -> Sequence[Suspension]:
        """Every time it was taken down at once, the last first."""
        return list(self.item.suspensions.select_related("actor", "revision"))

    @property
    def decide_by(self) -> date | None:
        """The last day to decide on what is taken down now."""
        return to_decide_by(self.item.suspended_at) if self.item.suspended_at else None

    @property
    def decide_late(self) -> bool:
        return self.decide_by is not None and self.decide_by < today()

    @cached_property
    def due(self) -> date | None:
        return due_day(self.under_way, calendar()) if self.under_way is not None else None

    @property
    def late(self) -> bool:
        return self.due is not None and self.due < today()

    @property
    def due_since(self) -> date | None:
        """The day from which the limit runs (条例 26)."""
        return self.shown.formed_on or self.shown.made_on

    @cached_property
    def steps(self) -> Sequence[RevisionStep]:
        rows = RevisionStep.objects.filter(revision__item=self.item).select_related("actor", "revision")
        return list(rows.order_by("revision__number", "number"))

    @cached_property
    def attachments(self) -> Sequence[Attachment]:
        return list(self.shown.attachments.select_related("document"))


def desk_address(revision: Revision) -> Callable[[Attachment], str]:
    """Where a file of the revision is to be had at the desk."""
    return lambda row: reverse("desk:revision_file", args=[revision.pk, row.document.digest])


def desk_addresses(revision: Revision, attachments: Sequence[Attachment]) -> Mapping[str, str]:
    """The same by digest, for the pictures of the text."""
    address = desk_address(revision)
    return {row.document.digest: address(row) for row in attachments}
