"""转入: items of an earlier site become items here, public at once, or drafts where the scan holds something back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.disclosure.acting import take
from gongkai.disclosure.actions.change_documents import change_documents
from gongkai.disclosure.actions.publish_revision import show
from gongkai.disclosure.content import digest_of
from gongkai.disclosure.importing.preparing import Ready
from gongkai.disclosure.index_numbers import allot
from gongkai.disclosure.models import Attachment, Item, OldAddress, Revision
from gongkai.disclosure.publicly import changed
from gongkai.law.errors import LawError
from gongkai.law.procedure import Role
from gongkai.law.publication import PublicationAct
from gongkai.law.texts import Text
from gongkai.law.validity import Validity
from gongkai.ledger.actions import record

_TEXTS = (
    "title", "document_number", "issuer_name", "summary", "subject", "genre", "keywords", "source", "author",
    "document_class",
)  # fmt: skip


@dataclass
class Outcome:
    """What became of one row: the item, or why there is none; what the person should know besides."""

    ready: Ready
    item: Item | None = None
    known: bool = False
    fault: LawError | None = None
    notes: list[Text] = field(default_factory=list)


@transaction.atomic
def take_over_items(*, actor: Person, rows: Sequence[Ready], batch: str) -> list[Outcome]:
    """Each row on its own: one that cannot be taken leaves the others alone. What was taken over before is known again
    and not made twice. `batch`: which import it is, for the ledger. Raises NotAllowed for who is no editor there."""
    for agency in {row.agency.pk: row.agency for row in rows}.values():
        if Role.EDITOR not in roles_of(actor, agency):
            raise NotAllowed(Text("转入信息由编辑岗位办理。", "Items are taken over by the editor."))
    known = set(Item.objects.filter(source_key__in=[row.key for row in rows]).values_list("source_key", flat=True))
    outcomes = []
    for row in rows:
        if row.key in known:
            outcomes.append(Outcome(row, known=True))
            continue
        outcome = _one(actor, row, batch)
        if outcome.item is not None:
            known.add(row.key)
        outcomes.append(outcome)
    public = [one.item.pk for one in outcomes if one.item is not None and one.item.current_id]
    if public:
        changed(*public)
    _write(actor, outcomes, batch)
    return outcomes


def _one(actor: Person, row: Ready, batch: str) -> Outcome:
    outcome = Outcome(row)
    try:
        with transaction.atomic():
            outcome.item = _make(actor, row, batch, outcome)
    except LawError as error:
        outcome.fault = error
    except IntegrityError:
        outcome.fault = Invalid("title", Text("与已有的信息矛盾。", "It contradicts what is there."))
    return outcome


def _make(actor: Person, row: Ready, batch: str, outcome: Outcome) -> Item:
    item = Item(agency=row.agency, source_key=row.key, original_published_on=row.dates.get("published_on"))
    item.column_id = row.column_id
    item.save()
    revision = _revision(actor, row, item)
    facts = {"import": batch, "line": row.row.line, "assumed": list(row.assumed)}
    if row.held:
        take(revision, PublicationAct.BEGIN, actor=actor, facts={**facts, "held": [text.zh for text in row.held]})
    else:
        now = timezone.now()
        revision.digest, revision.published_at = digest_of(revision), now
        take(revision, PublicationAct.TAKE_OVER, actor=actor, facts=facts)
        _number(item, row, outcome)
        show(item, revision, now, actor)
        item.save()
        _repeal(actor, item, row)
    _old_address(item, row, outcome)
    return item


def _revision(actor: Person, row: Ready, item: Item) -> Revision:
    revision = Revision(item=item, number=1, column_id=row.column_id, body=row.html, made_by=actor)
    for name in _TEXTS:
        setattr(revision, name, row.texts.get(name, ""))
    for name in ("made_on", "in_force_from", "last_day"):
        setattr(revision, name, row.dates.get(name))
    revision.save()
    Attachment.objects.bulk_create(
        Attachment(revision=revision, document=document, name=name, position=place)
        for place, (document, name) in enumerate(row.files)
    )
    return revision


def _number(item: Item, row: Ready, outcome: Outcome) -> None:
    """The number it bore, where it is free; else one of ours, and that is said."""
    brought = row.texts.get("index_number", "")
    try:
        allot(item, brought=brought)
    except Invalid as error:
        allot(item)
        zh = f"原索引号“{brought}”不能沿用（{error.message.zh}），已编为 {item.index_number}。"
        outcome.notes.append(Text(zh, f"{brought!r} could not be kept; it is {item.index_number} now."))


def _repeal(actor: Person, item: Item, row: Ready) -> None:
    """What the earlier site marked as repealed is so here."""
    on = row.dates.get("repealed_on")
    if on is not None and item.document is not None and item.document.repealed_on is None:
        change_documents(
            actor=actor, document_ids=[item.document.pk], kind=Validity.REPEALED, on=on, basis="原网站标明已废止"
        )


def _old_address(item: Item, row: Ready, outcome: Outcome) -> None:
    if row.old and not OldAddress.objects.get_or_create(path=row.old, defaults={"item": item})[1]:
        outcome.notes.append(Text("原网址已属于另一条信息。", "Its address is another item's."))


def _write(actor: Person, outcomes: Sequence[Outcome], batch: str) -> None:
    """One entry of the batch in each agency's chain."""
    agencies = {one.ready.agency.pk: one.ready.agency for one in outcomes}
    for agency in agencies.values():
        mine = [one for one in outcomes if one.ready.agency.pk == agency.pk]
        public = sum(1 for one in mine if one.item is not None and one.item.current_id)
        facts = {
            "import": batch, "public": public, "drafts": sum(1 for one in mine if one.item is not None) - public,
            "known": sum(one.known for one in mine), "refused": sum(one.fault is not None for one in mine),
        }  # fmt: skip
        record(
            chain=agency.slug, act="disclosure.take_over_items", subject=f"agency:{agency.pk}", facts=facts,
            actor=actor.username,
        )  # fmt: skip
