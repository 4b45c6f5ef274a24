"""Who changes a draft: whoever writes at its agency, while it is a draft."""

from __future__ import annotations

from gongkai.agencies.errors import NotAllowed
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_of
from gongkai.disclosure.acting import locked_revision
from gongkai.disclosure.models import Revision
from gongkai.law.citations import REG
from gongkai.law.publication import WRITERS, PublicationRefused, RevisionState
from gongkai.law.texts import Text
from gongkai.ledger.actions import record


def may_write(person: Person, agency: Agency) -> bool:
    """Whether the person drafts for the agency."""
    return bool(WRITERS & roles_of(person, agency))


def draft_for_change(actor: Person, revision_id: int, changes: int | None = None) -> Revision:
    """The draft, locked, its changer noted: who changed it reviews none of it. Raises RevisionNotFound, RevisionChanged,
    NotAllowed, and PublicationRefused where it is a draft no more."""
    revision = locked_revision(actor, revision_id)
    if not may_write(actor, revision.item.agency):
        raise NotAllowed(Text("信息由经办、起草或编辑岗位修改。", "Clerks, drafters and editors change items."))
    if revision.state != RevisionState.DRAFT:
        where = RevisionState(revision.state).label
        words = Text(
            f"该信息处于“{where.zh}”，不能修改。已送审的，请先撤回送审；已发布的，请用“更正”。",
            f"It is {where.en} and cannot be changed: take it back first, or correct what is published.",
        )
        raise PublicationRefused("wrong_state", words, REG(17))
    if changes is not None:
        locked_revision(actor, revision_id, changes)
    revision.writers.add(actor)
    return revision


def told(revision: Revision, act: str, actor: Person, **facts: object) -> None:
    """The ledger's entry of a change that is no step of the procedure."""
    record(
        chain=revision.item.agency.slug, act=f"disclosure.{act}", subject=f"item:{revision.item_id}",
        facts={"version": revision.number, **facts}, actor=actor.username,
    )  # fmt: skip
