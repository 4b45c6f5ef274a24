"""The applicant as a page shows them: masked for everybody, whole only where it was just asked for (PIPL 6, 51)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongkai.applications.actions.reveal import Identity, identity_of
from gongkai.applications.desk_forms import in_words
from gongkai.applications.models import Application, IdentityDocument, PaperKind
from gongkai.applications.selectors import CasePage
from gongkai.law.applicants import ApplicantKind
from gongkai.vault.masking import mask_email, mask_identity, mask_name, mask_telephone


@dataclass(frozen=True)
class Fact:
    """One line about the applicant; `missing` where the letter did not say it (条例 29 wants it)."""

    label: str
    text: str
    missing: bool = False


def masked_facts(page: CasePage) -> list[Fact]:
    """Who applies, for whoever reads the case."""
    return _facts(page, masked(identity_of(page.application)))


def whole_facts(page: CasePage, identity: Identity) -> list[Fact]:
    """The same whole: only on the answer to `reveal`."""
    return _facts(page, identity)


def masked(identity: Identity) -> Identity:
    """What is left of an identity for those who need not see it."""
    return Identity(
        name=mask_name(identity.name),
        id_type=identity.id_type,
        id_number=mask_identity(identity.id_number),
        contact_person=_name(identity.contact_person),
        telephone=mask_telephone(identity.telephone),
        email=mask_email(identity.email) if identity.email else "",
        address=_hidden(identity.address),
        postcode=_hidden(identity.postcode),
        agent_name=_name(identity.agent_name),
        agent_id_number=mask_identity(identity.agent_id_number),
        agent_telephone=mask_telephone(identity.agent_telephone),
    )


def _name(name: str) -> str:
    return mask_name(name) if name else ""


def _hidden(text: str) -> str:
    return "***" if text else ""


def _facts(page: CasePage, shown: Identity) -> list[Fact]:
    kind = in_words(ApplicantKind(page.application.applicant_kind).label)
    document = str(dict(IdentityDocument.choices).get(shown.id_type, "")) or _("证件号码")
    lines: list[tuple[Any, str, bool]] = [
        (_("申请人类型"), kind, False),
        (_("姓名或名称"), shown.name, False),
        (document, shown.id_number, True),
        (_("联系人"), shown.contact_person, False),
        (_("联系电话"), shown.telephone, True),
        (_("电子邮箱"), shown.email, False),
        (_("通信地址"), shown.address, False),
        (_("邮政编码"), shown.postcode, False),
        (_("代理人"), shown.agent_name, False),
        (_("代理人证件号码"), shown.agent_id_number, False),
        (_("代理人电话"), shown.agent_telephone, False),
    ]
    return [Fact(str(label), text, wanted and not text) for label, text, wanted in lines if text or wanted]


def missing_papers(page: CasePage) -> bool:
    """Whether an agent applies without an authority paper in the file."""
    application: Application = page.application
    kinds = {paper.kind for paper in page.beside.papers}
    return bool(application.agent_name) and PaperKind.AUTHORITY not in kinds
