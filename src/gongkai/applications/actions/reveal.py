"""查看身份信息: the applicant's identity whole, once, for a reason that is kept (个人信息保护法 6, 51, 54)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.applications.history import locked
from gongkai.applications.models import Application, IdentityView
from gongkai.documents.letter import clean
from gongkai.law.procedure import Role
from gongkai.law.texts import Text
from gongkai.ledger.actions import record
from gongkai.ledger.digests import digest_of

#: Who needs the identity whole: whoever checks it and addresses the letters (law.md §8.2 [I]).
IDENTITY_ROLES = frozenset({Role.CLERK})
LONGEST = 200


@dataclass(frozen=True)
class Identity:
    """Everything about the applicant and the agent, as it was given."""

    name: str
    id_type: str
    id_number: str
    contact_person: str
    telephone: str
    email: str
    address: str
    postcode: str
    agent_name: str
    agent_id_number: str
    agent_telephone: str


@transaction.atomic
def reveal(*, case_id: int, actor: Person, reason: str) -> Identity:
    """Note who looks and why, and only then give the identity. Every look is a row, and cannot be taken back."""
    case = locked(case_id, actor)
    if roles_of(actor, case.agency).isdisjoint(IDENTITY_ROLES):
        message = Text("完整的身份信息只由经办岗位查看。", "The identity is shown whole only to the clerk.")
        raise NotAllowed(message)
    words = " ".join(clean(reason).split())
    if not words:
        raise Invalid("reason", Text("请写明查看的原因。", "Say why you need to see it."))
    if len(words) > LONGEST:
        raise Invalid("reason", Text(f"查看的原因最多{LONGEST}个字。", f"At most {LONGEST} characters."))
    _note(case, actor, words)
    return identity_of(case)


@transaction.atomic
def opened(*, case_id: int, actor: Person, what: str) -> None:
    """Note who opened something in which the identity stands: the form, a letter, a closed case file. Whoever reads the
    case may; like every look, it is a row (law.md §8.2 [I])."""
    _note(locked(case_id, actor), actor, " ".join(clean(what).split())[:LONGEST])


def _note(case: Application, actor: Person, words: str) -> None:
    view = IdentityView.objects.create(application=case, by=actor, reason=words)
    record(
        chain=case.agency.slug,
        act="applications.reveal",
        subject=f"application:{case.pk}",
        facts={"number": case.number, "view": view.pk, "digest": digest_of({"reason": words})},
        actor=actor.username,
    )


def identity_of(case: Application) -> Identity:
    return Identity(
        name=case.applicant_name,
        id_type=case.id_type,
        id_number=case.id_number,
        contact_person=case.contact_person,
        telephone=case.telephone,
        email=case.email,
        address=case.address,
        postcode=case.postcode,
        agent_name=case.agent_name,
        agent_id_number=case.agent_id_number,
        agent_telephone=case.agent_telephone,
    )
