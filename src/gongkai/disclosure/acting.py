"""Every act on a revision begins and ends here: the revision locked for who may see it, the step and the ledger entry
written, the state derived, the changes counted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_held, roles_of
from gongkai.disclosure.content import digest_of
from gongkai.disclosure.errors import RevisionChanged, RevisionNotFound
from gongkai.disclosure.models import Item, Revision, RevisionStep
from gongkai.law.publication import ACTS, BEGINNINGS, ROUNDS, PublicationAct, RevisionState, check_act
from gongkai.ledger.actions import Happening, record, record_all


def locked_revision(actor: Person, revision_id: int, changes: int | None = None) -> Revision:
    """The revision and its item, held until the transaction ends. Raises RevisionNotFound for whoever has no role at
    its agency, and RevisionChanged where somebody changed it after `changes`."""
    row = Revision.objects.filter(pk=revision_id, item__agency__in=roles_held(actor)).values_list("item", flat=True)
    item = Item.objects.select_for_update(of=("self",)).filter(pk__in=row).first()
    if item is None:
        raise RevisionNotFound
    revision = Revision.objects.select_for_update(of=("self",)).select_related("column").get(pk=revision_id)
    revision.item = item
    if changes is not None and changes != revision.changes:
        raise RevisionChanged
    return revision


def wrote(revision: Revision, person: Person) -> bool:
    """Whether this person began, changed or submitted this revision: they review none of it."""
    mine = revision.steps.filter(actor=person, act__in=[PublicationAct.BEGIN, PublicationAct.SUBMIT])
    return revision.made_by_id == person.pk or mine.exists() or revision.writers.filter(pk=person.pk).exists()


def signed(revision: Revision, person: Person) -> bool:
    """Whether this person passed a round since it was submitted last: sent back, everybody looks anew."""
    submitted = revision.steps.filter(act=PublicationAct.SUBMIT).values_list("number", flat=True).last() or 0
    rounds = revision.steps.filter(act__in=list(ROUNDS.values()), number__gt=submitted)
    return bool(rounds.filter(actor=person).exists())


def take(
    revision: Revision,
    act: PublicationAct,
    *,
    actor: Person | None,
    remark: str = "",
    facts: Mapping[str, Any] | None = None,
) -> RevisionStep:
    """Take a step on a locked revision: asks the law, writes step and ledger entry, saves the revision with what the
    caller changed in it. Without an actor it is the clock, releasing what was approved. Raises PublicationRefused."""
    agency = revision.item.agency
    role = ""
    if actor is not None:
        begins = act in BEGINNINGS
        before = None if begins else RevisionState(revision.state)
        own = {} if begins else {"wrote": wrote(revision, actor), "signed": signed(revision, actor)}
        role = check_act(act, state=before, roles=roles_of(actor, agency), reason=remark, **own)
    step = RevisionStep.objects.create(
        revision=revision, number=revision.steps.count() + 1, act=act, role=role, actor=actor, remark=remark.strip(),
        digest=revision.digest, facts=dict(facts or {}),
    )  # fmt: skip
    revision.state = ACTS[act].after
    revision.changes += 1
    revision.save()
    told = {"item": revision.item_id, "version": revision.number, "digest": revision.digest, "remark": remark.strip()}
    subject = f"item:{revision.item_id}"
    record(
        chain=agency.slug, act=f"disclosure.{act.value}", subject=subject, facts={**told, **(facts or {})},
        actor=actor.username if actor else "",
    )  # fmt: skip
    return step


@dataclass(frozen=True, slots=True)
class Begun:
    """A revision that begins, not written yet, and what its first step says besides."""

    revision: Revision
    facts: Mapping[str, Any]


def begin_all(begun: Sequence[Begun], act: PublicationAct, *, actor: Person) -> None:
    """As `take` for many revisions of one agency that begin with this act, their items being written: revisions, steps
    and ledger entries are written together. Raises PublicationRefused."""
    if not begun:
        return
    agency = begun[0].revision.item.agency
    role = check_act(act, state=None, roles=roles_of(actor, agency), reason="")
    for one in begun:
        one.revision.state, one.revision.changes = ACTS[act].after, 1
    Revision.objects.bulk_create([one.revision for one in begun])
    RevisionStep.objects.bulk_create(
        RevisionStep(revision=one.revision, number=1, act=act, role=role, actor=actor, digest=one.revision.digest, facts=dict(one.facts))
        for one in begun
    )  # fmt: skip
    record_all(chain=agency.slug, entries=[_happening(one, act, actor) for one in begun])


def _happening(begun: Begun, act: PublicationAct, actor: Person) -> Happening:
    revision = begun.revision
    told = {"item": revision.item_id, "version": revision.number, "digest": revision.digest, "remark": ""}
    return Happening(f"disclosure.{act.value}", f"item:{revision.item_id}", {**told, **begun.facts}, actor.username)


def unchanged(revision: Revision) -> bool:
    """Whether the content is still what its digest says: what was reviewed is what goes out."""
    return revision.digest == digest_of(revision)
