"""What each step of a case says, as labelled texts for the time line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongkai.applications import letters
from gongkai.applications.actions.deliver import Delivery
from gongkai.applications.actions.withdraw import Withdrawal
from gongkai.applications.desk_forms import in_words
from gongkai.applications.enclosures import names_of
from gongkai.applications.ledger_import.fields import Field
from gongkai.documents.privacy.holding import released_in_words
from gongkai.law.clock import Consulted
from gongkai.law.dates import day_text
from gongkai.law.fees import FeeMethod
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import ReopenGround, Role, StepKind

Facts = Mapping[str, Any]
Said = tuple[str, str]


def what_it_says(kind: StepKind, facts: Facts) -> list[Said]:
    """The facts of a step as labelled texts; empty ones are left out."""
    tell = _TELLERS.get(kind)
    return [(label, text) for label, text in (tell(facts) if tell else []) if text]


def _day(iso: str | None) -> str:
    return in_words(day_text(date.fromisoformat(iso))) if iso else ""


def _correction_notice(facts: Facts) -> list[Said]:
    return [(_("需要补正的事项"), "\n".join(facts["points"])), (_("补正期限"), _day(facts["correct_by"]))]


def _consultation(facts: Facts) -> list[Said]:
    return [
        (_("征求谁的意见"), f"{in_words(Consulted(facts['consulted']).label)} {facts['addressee']}"),
        (_("所涉及的政府信息"), facts["text"]),
        (_("对方收到的日期"), _day(facts.get("received"))),
    ]


def _consultation_reply(facts: Facts) -> list[Said]:
    position = _("不同意公开") if facts["objected"] else _("同意公开")
    return [(_("对方的意见"), position), (_("意见内容"), facts.get("text", ""))]


def _extension(facts: Facts) -> list[Said]:
    return [
        (_("延长的工作日数"), str(facts["days"])),
        (_("同意延期的日期"), _day(facts["consented"])),
        (_("延期的理由"), facts.get("reason", "")),
    ]


def _reasons_asked(facts: Facts) -> list[Said]:
    return [(_("数量、频次为何明显超过合理范围"), facts.get("volume", "")), (_("说明理由的期限"), _day(facts["until"]))]


def _agreed_delay(facts: Facts) -> list[Said]:
    return [(_("延迟答复的期限"), _day(facts["until"])), (_("不能按期答复的理由"), facts.get("reason", ""))]


def _fee_notice(facts: Facts) -> list[Said]:
    bands = [
        _("第%(first)s至%(last)s，每件（页）%(rate)s元") % {"first": first, "last": last, "rate": rate}
        for first, last, rate in facts.get("bands", ())
    ]
    return [
        (_("计收方式"), in_words(FeeMethod(facts["method"]).label) if facts.get("method") else ""),
        (_("件数或者页数"), str(facts.get("count", ""))),
        (_("本自然月内此前的件数"), str(facts.get("before") or "")),
        (_("计算过程"), "\n".join(bands)),
        (_("应缴金额（元）"), str(facts.get("amount", ""))),
        (_("缴纳方式"), facts.get("how_to_pay", "")),
        (_("申请人收到通知的日期"), _day(facts.get("received"))),
    ]


def _fee_paid(facts: Facts) -> list[Said]:
    return [
        (_("缴费票据号码"), facts.get("voucher", "")),
        (_("申请人收到收费通知的日期"), _day(facts.get("received"))),
    ]


def _withdrawal(facts: Facts) -> list[Said]:
    way = str(Withdrawal(facts["way"]).label) if facts.get("way") else ""
    return [(_("撤回的方式"), way), (_("申请人所说的原因"), facts.get("reason", ""))]


def _opinion(facts: Facts) -> list[Said]:
    outcome = Outcome(facts["outcome"])
    slots = facts.get("slots", {})
    filled = [
        (in_words(slot.label), _slot_words(slot, slots.get(slot.name, ""))) for slot in letters.required_slots(outcome)
    ]
    return [
        (_("办理结果"), in_words(outcome.label)),
        (_("查明的情况"), facts.get("findings", "")),
        *filled,
        (_("随答复提供的文件"), "\n".join(names_of(facts))),
        (_("扫描有提示、仍要提供的文件"), _released(facts)),
        (_("理由"), facts.get("reasons", "")),
        (_("决定公开的理由（告知第三方）"), facts.get("third_party_reasons", "")),
    ]


def _released(facts: Facts) -> str:
    return "\n".join(released_in_words(each) for each in facts.get("release", ()))


def _confirmed(facts: Facts) -> str:
    count = len(facts.get("release_confirmed", ()))
    return _("%(count)s 件（扫描有提示，见办理意见）") % {"count": count} if count else ""


def _slot_words(slot: letters.Slot, value: str) -> str:
    labels = {choice.value: in_words(choice.label) for choice in slot.choices}
    if slot.kind is letters.SlotKind.CHOICES:
        return "\n".join(label for choice, label in labels.items() if choice in letters.several(value))
    return labels.get(value, value)


def _decision(facts: Facts) -> list[Said]:
    return [(_("报批路线"), " → ".join(in_words(Role(role).label) for role in facts.get("route", ())))]


def _delivery(facts: Facts) -> list[Said]:
    return [
        (_("送达方式"), str(Delivery(facts["way"]).label)),
        (_("申请人收到的日期"), _day(facts.get("received_on"))),
        (_("扫描有提示、仍要提供的文件"), _released(facts)),
    ]


def _reopening(facts: Facts) -> list[Said]:
    return [
        (_("重新办理的原因"), in_words(ReopenGround(facts["ground"]).label)),
        (_("原答复有何错误"), facts.get("reason", "")),
        (_("复议决定书或者判决书的文号"), facts.get("document", "")),
        (_("所定的重新答复期限"), _day(facts.get("until"))),
    ]


def _recount(facts: Facts) -> list[Said]:
    return [
        (_("原届满日"), _day(facts.get("before"))),
        (_("重新推算的届满日"), _day(facts.get("after"))),
        (_("已告知申请人的日期"), _day(facts.get("until"))),
    ]


def _due_decision(facts: Facts) -> list[Said]:
    kept = _("保留不变") if facts["kept"] else _("改为重新推算的较早日期")
    return [(_("已告知申请人的日期"), kept), (_("理由"), facts.get("reason", ""))]


def _receipt(facts: Facts) -> list[Said]:
    """Of a case of the old register: what it did not tell, and was filled in."""
    labels = [in_words(Field(name).label) for name in facts.get("assumed", ()) if name in list(Field)]
    return [(_("台账没有写明、按惯例填写的"), _("、").join(labels))]


def _taken_over(facts: Facts) -> list[Said]:
    outcome = in_words(Outcome(facts["outcome"]).label) if facts.get("outcome") else ""
    return [
        (_("台账所记办理结果"), outcome),
        (_("答复文号"), facts.get("reply_number", "")),
        (_("台账备注"), facts.get("remark", "")),
    ]


_TELLERS: Mapping[StepKind, Callable[[Facts], Sequence[Said]]] = {
    StepKind.RECEIPT: _receipt,
    StepKind.REGISTER: lambda facts: [(_("台账备注"), facts.get("remark", "") if "line" in facts else "")],
    StepKind.TAKEN_OVER: _taken_over,
    StepKind.CORRECTION_NOTICE: _correction_notice,
    StepKind.CORRECTED: lambda facts: [(_("补正内容"), facts["text"])],
    StepKind.CONSULTATION: _consultation,
    StepKind.CONSULTATION_REPLY: _consultation_reply,
    StepKind.EXTENSION: _extension,
    StepKind.REASONS_ASKED: _reasons_asked,
    StepKind.REASONS_GIVEN: lambda facts: [(_("申请人说明的理由"), facts["text"])],
    StepKind.AGREED_DELAY: _agreed_delay,
    StepKind.FEE_NOTICE: _fee_notice,
    StepKind.FEE_PAID: _fee_paid,
    StepKind.WITHDRAWAL: _withdrawal,
    StepKind.OPINION: _opinion,
    StepKind.DECISION: _decision,
    StepKind.REVIEW: lambda facts: [(_("审核意见"), facts.get("remark", ""))],
    StepKind.SIGN: lambda facts: [(_("确认放行的文件"), _confirmed(facts))],
    StepKind.RETURN: lambda facts: [(_("退回的理由"), facts["reason"])],
    StepKind.DELIVER: _delivery,
    StepKind.SERVED: lambda facts: [(_("申请人收到的日期"), _day(facts["received"]))],
    StepKind.REOPEN: _reopening,
    StepKind.RECOUNT: _recount,
    StepKind.DUE_DECISION: _due_decision,
}
