"""保密审查 (条例 17): result, basis and reason on record, over the content that lies before the reviewers."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.disclosure.acting import locked_revision, wrote
from gongkai.disclosure.models import Revision, SecrecyResult, SecrecyReview
from gongkai.disclosure.reviewing.gate import require_same, secrecy_of
from gongkai.disclosure.reviewing.remarks import checked_remark
from gongkai.law.citations import REG
from gongkai.law.publication import SECRECY_REVIEWERS, UNDER_REVIEW, PublicationRefused, RevisionState
from gongkai.law.texts import Text
from gongkai.ledger.actions import record


@transaction.atomic
def review_secrecy(
    *, actor: Person, revision_id: int, result: SecrecyResult | str, basis: str, digest: str, reason: str = ""
) -> SecrecyReview:
    """A later review replaces an earlier one; both stay on record, and who overrules another's no says why. Raises
    NotAllowed, Invalid, PublicationRefused where it is not under review, is the reviewer's own work or is no longer the
    content that was seen."""
    revision = locked_revision(actor, revision_id)
    require_secrecy_reviewer(revision, actor)
    require_same(revision, digest)
    if result not in SecrecyResult.values:
        raise Invalid("result", Text("请选择审查结论。", "Choose a result."))
    basis, reason = checked_remark(basis, "basis", 300), checked_remark(reason, "reason")
    if not basis:
        raise Invalid("basis", Text("请写明审查依据。", "Name the basis."))
    if result != SecrecyResult.PUBLISH and not reason:
        raise Invalid("reason", Text("不能直接公开的，请写明理由。", "Say why it cannot simply go out."))
    if result == SecrecyResult.PUBLISH and not reason and _said_no(revision, actor):
        message = Text(
            "其他人的审查结论是不能公开的，请写明改变结论的理由。", "Somebody else said no: say why it may go out."
        )
        raise Invalid("reason", message)
    row = SecrecyReview.objects.create(
        revision=revision, result=result, basis=basis, reason=reason, reviewer=actor, digest=revision.digest
    )
    facts = {"version": revision.number, "digest": revision.digest, "result": str(result), "basis": basis}
    record(
        chain=revision.item.agency.slug, act="disclosure.review_secrecy", subject=f"item:{revision.item_id}",
        facts={**facts, "reason": reason}, actor=actor.username,
    )  # fmt: skip
    return row


def _said_no(revision: Revision, actor: Person) -> bool:
    """Whether the review that holds now is another's, and lets it not out."""
    last = secrecy_of(revision)
    return last is not None and last.result != SecrecyResult.PUBLISH and last.reviewer_id != actor.pk


def require_secrecy_reviewer(revision: Revision, person: Person) -> None:
    """Raises NotAllowed or PublicationRefused where this person does not review its secrecy now."""
    if SECRECY_REVIEWERS.isdisjoint(roles_of(person, revision.item.agency)):
        raise NotAllowed
    if RevisionState(revision.state) not in UNDER_REVIEW:
        text = Text("送审以后、终审以前进行保密审查。", "Secrecy is reviewed between submission and the final review.")
        raise PublicationRefused("wrong_state", text, REG(17))
    if wrote(revision, person):
        text = Text("自己起草的信息，由其他人进行保密审查。", "Who wrote it does not review its secrecy.")
        raise PublicationRefused("own_work", text, REG(17))
