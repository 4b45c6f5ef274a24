"""Enter a reconsideration or lawsuit, and its end."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from gongkai.agencies.errors import Invalid, NotAllowed, checked
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_of, today
from gongkai.disputes.models import Dispute, DisputeKind, DisputeResult
from gongkai.law.procedure import Role
from gongkai.law.texts import Text
from gongkai.ledger.actions import record


def require_clerk(actor: Person, agency: Agency) -> None:
    if Role.CLERK not in roles_of(actor, agency):
        raise NotAllowed(Text("复议、诉讼由经办岗位登记。", "Disputes are entered by the clerk."))


@transaction.atomic
def open_dispute(
    *, actor: Person, agency: Agency, kind: DisputeKind, body: str, case_number: str, matter: str, filed_on: date,
    after: Dispute | None = None,
) -> Dispute:  # fmt: skip
    """A case was brought. A lawsuit after reconsideration names the reconsideration it follows."""
    require_clerk(actor, agency)
    if filed_on > today():
        raise Invalid("filed_on", Text("收到日期不能晚于今天。", "It cannot be dated in the future."))
    _check_after(agency, kind, filed_on, after)
    dispute = Dispute(
        agency=agency, kind=kind, body=body.strip(), case_number=case_number.strip(),
        matter=matter.strip(), filed_on=filed_on, after=after,
    )  # fmt: skip
    try:
        with transaction.atomic():
            checked(dispute).save()
    except IntegrityError as error:
        raise Invalid("case_number", Text("该案号已登记。", "This case number is already registered.")) from error
    _write(dispute, "disputes.open", actor, {"kind": str(kind), "filed_on": filed_on.isoformat()})
    return dispute


def _check_after(agency: Agency, kind: DisputeKind, filed_on: date, after: Dispute | None) -> None:
    """A lawsuit after reconsideration follows one of the same agency; nothing else does."""
    if (kind == DisputeKind.LITIGATION_AFTER) != (after is not None):
        message = Text(
            "复议后起诉的应指明所经复议，其他案件没有所经复议。", "Only a suit after reconsideration names one."
        )
        raise Invalid("after", message)
    if after is None:
        return
    if after.kind != DisputeKind.RECONSIDERATION or after.agency_id != agency.pk:
        raise Invalid("after", Text("所经复议应为本机关的行政复议案件。", "It must follow a reconsideration of ours."))
    if filed_on < after.filed_on:
        raise Invalid("filed_on", Text("起诉不能早于所经复议。", "It cannot be earlier than the reconsideration."))


@transaction.atomic
def conclude_dispute(*, actor: Person, dispute_id: int, result: DisputeResult, on: date) -> Dispute:
    """The case ended."""
    rows = Dispute.objects.select_for_update(of=("self",)).select_related("agency")
    dispute = rows.filter(pk=dispute_id).first()
    if dispute is None:
        raise Invalid("dispute", Text("没有这个案件。", "There is no such case."))
    require_clerk(actor, dispute.agency)
    if dispute.concluded_on is not None:
        raise Invalid("result", Text("该案已经审结。", "This case has ended already."))
    if result not in DisputeResult.values:
        raise Invalid("result", Text("请选择结果。", "Choose the result."))
    if not dispute.filed_on <= on <= today():
        raise Invalid("on", Text("审结日期应在收到之后、不晚于今天。", "It ends between its filing and today."))
    dispute.result, dispute.concluded_on = result, on
    dispute.save(update_fields=["result", "concluded_on"])
    _write(dispute, "disputes.conclude", actor, {"result": str(result), "on": on.isoformat()})
    return dispute


def _write(dispute: Dispute, act: str, actor: Person, facts: dict[str, str]) -> None:
    facts = {"case_number": dispute.case_number, **facts}
    record(chain=dispute.agency.slug, act=act, subject=f"dispute:{dispute.pk}", facts=facts, actor=actor.username)
