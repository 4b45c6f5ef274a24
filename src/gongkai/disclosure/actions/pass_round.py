"""初审、复审、终审: a reviewer passes the round that is due, over the very content that the page showed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.disclosure.acting import locked_revision, signed, take, wrote
from gongkai.disclosure.models import Revision
from gongkai.disclosure.reviewing.gate import require_answered, require_open, require_same, standing
from gongkai.disclosure.reviewing.proofreading import require_read
from gongkai.disclosure.reviewing.remarks import LONGEST, checked_remark
from gongkai.disclosure.reviewing.telling import tell_step
from gongkai.documents.privacy.holding import release_field
from gongkai.law.publication import ROUNDS, PublicationAct, RevisionState, check_act
from gongkai.law.texts import Text


@transaction.atomic
def pass_round(
    *,
    actor: Person,
    revision_id: int,
    digest: str,
    proofread: Collection[str],
    remark: str = "",
    reasons: Mapping[str, str] | None = None,
    confirmed: Collection[str] = (),
    changes: int | None = None,
) -> Revision:
    """`digest`: of the content the reviewer saw. `reasons`: in the first two rounds, why a file that the scan holds back
    may go out, by its digest; `confirmed`: in the last, the digests of those that the reviewer has looked at and lets out.

    Raises PublicationRefused, Invalid (the proof-reading list, a reason, a confirmation), RevisionChanged."""
    revision = locked_revision(actor, revision_id, changes)
    act = _round_of(revision, actor)
    require_same(revision, digest)
    facts: dict[str, Any] = {"proofread": list(require_read(act, proofread))}
    if act is PublicationAct.FINAL_REVIEW:
        held = require_open(revision, confirmed).held
        facts["confirmed"] = sorted({each.digest for each in held} & set(confirmed))
    elif given := _answers(revision, reasons or {}):
        facts["release"] = given
    if act is PublicationAct.SECOND_REVIEW:
        require_answered(revision, {each["sha256"] for each in facts.get("release", ())})
    step = take(revision, act, actor=actor, remark=checked_remark(remark), facts=facts)
    tell_step(revision, step)
    return revision


def _round_of(revision: Revision, actor: Person) -> PublicationAct:
    """The round that is due. Raises PublicationRefused where none is, or it is not this person's."""
    state = RevisionState(revision.state)
    act = ROUNDS.get(state, PublicationAct.FIRST_REVIEW)
    check_act(
        act, state=state, roles=roles_of(actor, revision.item.agency), wrote=wrote(revision, actor),
        signed=signed(revision, actor),
    )  # fmt: skip
    return act


def _answers(revision: Revision, reasons: Mapping[str, str]) -> list[dict[str, Any]]:
    """What is written down of each file that the scan holds back and this reviewer would let out."""
    given = {digest: " ".join(text.split()) for digest, text in reasons.items() if text.strip()}
    for digest, text in given.items():
        if len(text) > LONGEST:
            message = Text(f"理由不超过{LONGEST}字。", f"A reason has at most {LONGEST} characters.")
            raise Invalid(release_field(digest), message)
    if not given:
        return []
    return [each.answered(given[each.digest]) for each in standing(revision).held if each.digest in given]
