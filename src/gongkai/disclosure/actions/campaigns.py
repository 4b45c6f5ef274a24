"""文件清理: go through the documents in force one by one, say of each what is to become of it, close when all are said.

What is to be amended or repealed is then done by an act, entered with `change_documents`: the clean-up itself changes no
document.
"""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.errors import Invalid, checked
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_held, today
from gongkai.disclosure.actions.normative_documents import require_editor
from gongkai.disclosure.errors import DocumentNotFound
from gongkai.disclosure.models import Campaign, CampaignDocument, Finding, NormativeDocument
from gongkai.disclosure.register.validity import in_state
from gongkai.law.texts import Text
from gongkai.law.validity import HOLDING, Validity
from gongkai.ledger.actions import record


@transaction.atomic
def begin_campaign(*, actor: Person, agency: Agency, title: str, until: date) -> Campaign:
    """All documents of the agency that are in force today, or not yet, are to be looked at by a day."""
    require_editor(actor, agency)
    if not title.strip():
        raise Invalid("title", Text("请填写名称。", "Give it a name."))
    if until < today():
        raise Invalid("until", Text("完成期限不能早于今天。", "It cannot end before today."))
    campaign = checked(Campaign(agency=agency, title=title.strip(), until=until, made_by=actor))
    try:
        with transaction.atomic():
            campaign.save()
    except IntegrityError as error:
        raise Invalid("title", Text("已有同名的清理。", "There is one of that name already.")) from error
    lasting = in_state(NormativeDocument.objects.filter(agency=agency), HOLDING | {Validity.NOT_YET})
    documents = [CampaignDocument(campaign=campaign, document=row) for row in lasting.order_by("made_on", "pk")]
    if not documents:
        raise Invalid("title", Text("没有现行有效的文件，不需要清理。", "There is no document in force to go through."))
    CampaignDocument.objects.bulk_create(documents)
    _write(campaign, actor, "begin_campaign", {"documents": len(documents), "until": until.isoformat()})
    return campaign


@transaction.atomic
def find(*, actor: Person, row_id: int, finding: Finding, reason: str = "") -> CampaignDocument:
    """What is to become of one document. Said again, the later word holds, until the clean-up is closed."""
    row = CampaignDocument.objects.filter(pk=row_id, campaign__agency__in=roles_held(actor)).first()
    if row is None:
        raise DocumentNotFound
    campaign = _open(actor, row.campaign_id)
    if finding == Finding.OPEN:
        raise Invalid("finding", Text("请选择清理意见。", "Say what is to become of it."))
    if finding != Finding.KEEP and not reason.strip():
        raise Invalid("reason", Text("拟修改、废止或者宣布失效的，请写明理由。", "Say why it is not to stay as it is."))
    row.finding, row.reason, row.found_by, row.found_at = finding, reason.strip(), actor, timezone.now()
    checked(row).save()
    _write(
        campaign, actor, "find_document", {"document": row.document_id, "finding": str(finding), "reason": row.reason}
    )
    return row


@transaction.atomic
def close_campaign(*, actor: Person, campaign_id: int) -> Campaign:
    """All are said; the result stands."""
    campaign = _open(actor, campaign_id)
    left = campaign.documents.filter(finding=Finding.OPEN).count()
    if left:
        message = Text(f"还有{left}份文件没有清理意见。", f"{left} documents are still to be looked at.")
        raise Invalid("campaign", message)
    campaign.closed_at = timezone.now()
    campaign.save(update_fields=["closed_at"])
    _write(campaign, actor, "close_campaign", {})
    return campaign


def _open(actor: Person, campaign_id: int) -> Campaign:
    """The clean-up, held. Raises DocumentNotFound, NotAllowed, and Invalid where it is closed."""
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("agency")
    campaign = rows.filter(pk=campaign_id, agency__in=roles_held(actor)).first()
    if campaign is None:
        raise DocumentNotFound
    require_editor(actor, campaign.agency)
    if campaign.closed_at is not None:
        raise Invalid("campaign", Text("这次清理已经结束。", "This clean-up is closed."))
    return campaign


def _write(campaign: Campaign, actor: Person, act: str, facts: dict[str, object]) -> None:
    told = {"title": campaign.title, **facts}
    subject = f"campaign:{campaign.pk}"
    record(chain=campaign.agency.slug, act=f"disclosure.{act}", subject=subject, facts=told, actor=actor.username)
