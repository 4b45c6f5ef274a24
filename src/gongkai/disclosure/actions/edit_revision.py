"""Change a draft. What is typed is kept as a draft even where much is missing; what must be there is asked when it is
submitted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.errors import Invalid, checked
from gongkai.agencies.models import Person
from gongkai.disclosure.editing.access import draft_for_change, told
from gongkai.disclosure.editing.metadata import GENRES, column_fault, subjects
from gongkai.disclosure.models import DocumentClass, Item, Purpose, Revision
from gongkai.disclosure.names import distinct
from gongkai.disclosure.rich_text import TURNED, clean, seen
from gongkai.disclosure.visibility import public_items
from gongkai.law.index_numbers import document_number
from gongkai.law.texts import Text

#: What a writer says of an item; `interprets` besides.
FIELDS = frozenset(
    """column title body summary document_number issuer_name joint_issuers made_on formed_on in_force_from last_day
    document_class title_note subject genre keywords open_type source author audience form review_due reason""".split()
)
#: Of a withdrawal nothing is changed but why.
OF_WITHDRAWAL = frozenset({"reason"})
MOST_JOINT = 30


@dataclass(frozen=True, slots=True)
class Edited:
    """The draft as it is kept, and what the person should be told: what was taken out of the text, what was mended."""

    revision: Revision
    notes: tuple[Text, ...]


@transaction.atomic
def edit_revision(
    *,
    actor: Person,
    revision_id: int,
    values: Mapping[str, Any],
    changes: int | None = None,
    interprets: Iterable[int] | None = None,
    unseen: bool = False,
) -> Edited:
    """Keep what was written. ``changes``: the count that the person's page had; somebody's later change is not written
    over. ``unseen``: kept by the page itself while the person writes, so the ledger tells only of the saving.

    Raises RevisionNotFound, NotAllowed, PublicationRefused for what is no draft, RevisionChanged, and Invalid."""
    revision = draft_for_change(actor, revision_id, changes)
    allowed = OF_WITHDRAWAL if revision.purpose == Purpose.WITHDRAW else FIELDS
    if unknown := values.keys() - allowed:
        raise Invalid(min(unknown), Text("这一项不能修改。", "This cannot be changed."))
    said, notes = _mended(revision, dict(values))
    _check(revision, said)
    before = {name: getattr(revision, name) for name in said}
    for name, value in said.items():
        setattr(revision, name, value)
    changed = sorted(name for name in said if getattr(revision, name) != before[name])
    if interprets is not None and _interpret(revision, frozenset(interprets)):
        changed.append("interprets")
    if changed:
        revision.changes += 1
        checked(revision).save()
        if not unseen:
            told(revision, "edit_item", actor, fields=changed)
    return Edited(revision, notes)


def _mended(revision: Revision, said: dict[str, Any]) -> tuple[dict[str, Any], tuple[Text, ...]]:
    """The values as they are kept, and what became of them in words."""
    notes: list[Text] = []
    turned = False
    for name, value in said.items():
        if isinstance(value, str) and name != "body":
            value, hidden = seen(value)
            said[name], turned = value.strip(), turned or hidden
    if turned:
        notes.append(Text(f"已去除{TURNED.zh}。", f"Taken out: {TURNED.en}."))
    if "body" in said:
        pictures = revision.attachments.values_list("document__digest", flat=True)
        cleaned = clean(said["body"], frozenset(pictures))
        said["body"] = cleaned.html
        if cleaned.removed:
            zh, en = "、".join(one.zh for one in cleaned.removed), ", ".join(one.en for one in cleaned.removed)
            notes.append(Text(f"为了安全和统一，正文中已去除：{zh}。", f"Taken out of the text: {en}."))
    if typed := said.get("document_number"):
        said["document_number"] = document_number(typed)
        if said["document_number"] != typed:
            words = Text(f"发文字号已规范为：{said['document_number']}。", f"Now {said['document_number']}.")
            notes.append(words)
    if "joint_issuers" in said:
        said["joint_issuers"] = distinct(seen(name)[0] for name in said["joint_issuers"])
    return said, tuple(notes)


def _check(revision: Revision, said: Mapping[str, Any]) -> None:
    """What not even a draft may hold. Raises Invalid."""
    column = said.get("column")
    if column is not None and (fault := column_fault(revision.item.agency, column)):
        raise Invalid("column", fault)
    _one_of("subject", said, subjects(), keeps=revision.subject)
    _one_of("genre", said, GENRES, keeps=revision.genre)
    _one_of("document_class", said, DocumentClass.values, keeps="")
    joint = said.get("joint_issuers", [])
    if len(joint) > MOST_JOINT or any(len(name) > 120 for name in joint):
        raise Invalid("joint_issuers", Text("联合发文机关过多或名称过长。", "Too many issuers, or too long a name."))
    made, last = (said.get(name, getattr(revision, name)) for name in ("made_on", "last_day"))
    if isinstance(made, date) and isinstance(last, date) and last < made:
        raise Invalid("last_day", Text("有效期不能早于成文日期。", "It cannot end before it was made."))
    if revision.purpose != Purpose.PUBLISH and "reason" in said and not said["reason"]:
        raise Invalid("reason", Text("请写明理由。", "Say why."))


def _one_of(field: str, said: Mapping[str, Any], names: Iterable[str], keeps: str) -> None:
    """`keeps`: what the revision has already stays, should the list have changed since."""
    if said.get(field) and said[field] not in names and said[field] != keeps:
        raise Invalid(field, Text("请从列出的选项中选择。", "Choose one of those listed."))


def _interpret(revision: Revision, chosen: frozenset[int]) -> bool:
    """The policies it explains: public ones of any agency, and those under way at its own."""
    there = frozenset(revision.interprets.values_list("pk", flat=True))
    if chosen == there:
        return False
    known = set(public_items().filter(pk__in=chosen).values_list("pk", flat=True))
    known |= set(Item.objects.filter(agency=revision.item.agency, pk__in=chosen).values_list("pk", flat=True))
    if chosen - known - there or revision.item_id in chosen:
        raise Invalid("interprets", Text("没有这条政策文件。", "There is no such policy."))
    revision.interprets.set(chosen)
    return True
