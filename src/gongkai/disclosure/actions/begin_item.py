"""Begin an item: a draft that says little yet, or what somebody suggested for publication (条例 44)."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency, Person
from gongkai.disclosure.acting import take
from gongkai.disclosure.actions.draft_item import locked_draft, take_draft
from gongkai.disclosure.editing.metadata import column_fault
from gongkai.disclosure.models import Column, Item, Revision
from gongkai.disclosure.rich_text import from_plain
from gongkai.law.publication import PublicationAct


@transaction.atomic
def begin_item(
    *, actor: Person, agency: Agency, column: Column | None = None, title: str = "", draft_id: int | None = None
) -> Revision:
    """The first revision of a new item. ``draft_id``: the suggestion it comes from, which is taken by that.

    Raises PublicationRefused for who does not write there, Invalid for a column that takes no items, DraftNotFound."""
    if column is not None and (fault := column_fault(agency, column)):
        raise Invalid("column", fault)
    draft = locked_draft(actor, draft_id) if draft_id is not None else None
    if draft is not None:
        agency = draft.agency
    revision = Revision(
        item=Item.objects.create(agency=agency), number=1, column=column, title=title.strip()[:300],
        issuer_name=agency.name, source=agency.name, author=actor.display_name[:40], made_by=actor,
    )  # fmt: skip
    if draft is not None:
        revision.title, revision.body = draft.title, from_plain(draft.body)
    revision.save()
    take(revision, PublicationAct.BEGIN, actor=actor, facts={"draft": draft.pk} if draft else {})
    if draft is not None:
        revision.writers.add(draft.made_by)  # the words are theirs: they review none of it
        take_draft(draft, revision.item)
    return revision
