"""The forms of the steps that few cases have: extension, reasons, fee, withdrawal, reopening, the date told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.selectors import today
from gongkai.applications.actions import decide_due, extend, fee, reasons, reopen, withdraw
from gongkai.applications.counted_items import counted_before
from gongkai.applications.desk_forms.base import StepForm, day_field, files_field, in_words, passage_field, yes_or_no
from gongkai.applications.models import Application
from gongkai.applications.selectors import CasePage
from gongkai.law.fees import MOST, FeeMethod
from gongkai.law.procedure import ReopenGround, Role, StepKind
from gongkai.law.time_limits import TIME_LIMITS


class ExtensionForm(StepForm):
    kind = StepKind.EXTENSION
    submit = _("同意延期并告知申请人")

    days = forms.IntegerField(
        label=_("延长的工作日数"), min_value=1, max_value=TIME_LIMITS["extension"].days, help_text=_("1至20个工作日。")
    )
    consented = day_field(_("同意延期的日期"), help_text=_("政府信息公开工作机构负责人同意的日期。"))
    reason = passage_field(_("延期的理由"), rows=2, help_text=_("写入延期答复告知书，接在“因”字之后。"))
    on = day_field(_("告知申请人的日期"))
    field_order = ["days", "reason", "consented", "on"]

    def prefilled(self, page: CasePage) -> dict[str, Any]:
        return {"consented": today()}

    def act(self, **step: Any) -> Application:
        data = self.cleaned_data
        return extend.extend(days=data["days"], consented=data["consented"], reason=data["reason"], **step)


class ReasonsAskedForm(StepForm):
    kind = StepKind.REASONS_ASKED
    submit = _("发出说明理由告知书")

    volume = passage_field(_("数量、频次为何明显超过合理范围"), rows=2, help_text=_("写明期间和件数，写入告知书。"))
    until = day_field(_("说明理由的期限"), help_text=_("到这一天为止，应当是合理的期限。"))
    field_order = ["volume", "until", "on"]

    def act(self, **step: Any) -> Application:
        return reasons.ask_reasons(volume=self.cleaned_data["volume"], until=self.cleaned_data["until"], **step)


class ReasonsGivenForm(StepForm):
    kind = StepKind.REASONS_GIVEN
    submit = _("记录收到理由")

    text = passage_field(_("申请人说明的理由"), help_text=_("申请人书面或者当面说明的，在此录入。"))
    papers = files_field(_("说明理由的材料"))
    field_order = ["text", "papers", "on"]

    def act(self, **step: Any) -> Application:
        return reasons.receive_reasons(text=self.cleaned_data["text"], papers=self.cleaned_data["papers"], **step)


class AgreedDelayForm(StepForm):
    kind = StepKind.AGREED_DELAY
    submit = _("确定延迟答复的期限并告知申请人")

    until = day_field(_("延迟答复的期限"), help_text=_("到这一天为止，晚于现在的答复期限，应当合理。"))
    reason = passage_field(_("不能按期答复的理由"), rows=2, help_text=_("写入延期答复告知书，接在“因”字之后。"))
    field_order = ["until", "reason", "on"]

    def act(self, **step: Any) -> Application:
        return reasons.agree_delay(until=self.cleaned_data["until"], reason=self.cleaned_data["reason"], **step)


class FeeNoticeForm(StepForm):
    kind = StepKind.FEE_NOTICE
    submit = _("发出收费通知书")

    method = forms.ChoiceField(label=_("计收方式"), widget=forms.RadioSelect, help_text=_("每件申请只能选用一种。"))
    count = forms.IntegerField(label=_("件数或者页数"), min_value=1, max_value=MOST)
    how_to_pay = passage_field(_("缴纳方式"), rows=3, help_text=_("收款单位、账户、缴费网址等，写入收费通知书。"))
    received = day_field(
        _("申请人收到通知的日期"), required=False, help_text=_("当面交付等已经知道的，请填写；缴费期限从次日起算。")
    )
    field_order = ["method", "count", "how_to_pay", "on", "received"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = [(way.value, in_words(way.label)) for way in FeeMethod]  # type: ignore[attr-defined]
        before = counted_before(self.page.application)
        self.fields["count"].help_text = _(
            "按件的，填本件申请包含的件数，申请人本自然月内此前已有%(before)s件，一并累进计算；按量的，填需要提供的页数。"
        ) % {"before": before}

    def act(self, **step: Any) -> Application:
        data = self.cleaned_data
        return fee.ask_fee(
            method=FeeMethod(data["method"]),
            count=data["count"],
            how_to_pay=data["how_to_pay"],
            received=data["received"],
            **step,
        )


class FeePaidForm(StepForm):
    kind = StepKind.FEE_PAID
    submit = _("记录缴费")

    on = day_field(_("缴费日期"), help_text=_("答复期限从缴费次日起重新计算。"))
    voucher = forms.CharField(label=_("缴费票据号码"), max_length=60)
    received = day_field(_("申请人收到收费通知的日期"), required=False, help_text=_("已经知道的，请填写。"))
    papers = files_field(_("缴费凭证"))
    field_order = ["on", "voucher", "received", "papers"]

    def act(self, **step: Any) -> Application:
        data = self.cleaned_data
        return fee.record_payment(
            voucher=data["voucher"], received=data["received"], papers=data["papers"], **step
        )  # fmt: skip


class WithdrawalForm(StepForm):
    kind = StepKind.WITHDRAWAL
    submit = _("记录撤回")

    way = forms.ChoiceField(label=_("撤回的方式"), widget=forms.RadioSelect, choices=withdraw.Withdrawal.choices[:2])
    reason = passage_field(_("申请人所说的原因"), required=False, rows=2, help_text=_("申请人不必说明原因。"))
    field_order = ["way", "reason", "on"]

    def act(self, **step: Any) -> Application:
        way = withdraw.Withdrawal(self.cleaned_data["way"])
        return withdraw.withdraw(way=way, reason=self.cleaned_data["reason"], **step)


class ReopenForm(StepForm):
    kind = StepKind.REOPEN
    submit = _("重新办理")

    ground = forms.ChoiceField(label=_("重新办理的原因"), widget=forms.RadioSelect)
    reason = passage_field(_("原答复有何错误"), required=False, rows=3)
    document = forms.CharField(label=_("复议决定书或者判决书的文号"), required=False, max_length=100)
    until = day_field(_("所定的重新答复期限"), required=False, help_text=_("复议决定、判决定有期限的，填写最后一日。"))
    papers = files_field(_("复议、诉讼文书"))
    field_order = ["ground", "reason", "document", "until", "papers", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = [each for each in ReopenGround if each is not ReopenGround.ERROR or self._may_correct()]
        self.fields["ground"].choices = [(each.value, in_words(each.label)) for each in grounds]  # type: ignore[attr-defined]

    def _may_correct(self) -> bool:
        """An own error is corrected by decision of the approver."""
        return Role.APPROVER in self.page.roles

    def act(self, **step: Any) -> Application:
        data = self.cleaned_data
        return reopen.reopen(
            ground=ReopenGround(data["ground"]),
            document=data["document"],
            reason=data["reason"],
            until=data["until"],
            papers=data["papers"],
            **step,
        )


class DueDecisionForm(StepForm):
    kind = StepKind.DUE_DECISION
    submit = _("决定")

    kept = yes_or_no(
        _("已告知申请人的日期"),
        yes=_("保留不变"),
        no=_("改为重新推算的较早日期"),
        help_text=_("工作日安排调整后，重新推算的期限早于已告知申请人的日期。"),
    )
    reason = passage_field(_("理由"), rows=2)
    field_order = ["kept", "reason", "on"]

    def act(self, **step: Any) -> Application:
        return decide_due.decide_due(kept=self.cleaned_data["kept"], reason=self.cleaned_data["reason"], **step)
