"""The forms of the steps that every case goes through, and of correction and consultation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import route_of
from gongkai.applications.actions import accept, archive, consult, correct, decide, deliver, register, serve
from gongkai.applications.desk_forms.base import StepForm, day_field, files_field, in_words, passage_field, yes_or_no
from gongkai.applications.models import Application
from gongkai.applications.selectors import CasePage
from gongkai.documents.privacy.holding import LONGEST, NotReleased, released_in_words
from gongkai.law.clock import Consulted
from gongkai.law.procedure import Role, StepKind


class RegisterForm(StepForm):
    kind = StepKind.REGISTER
    submit = _("登记")

    def act(self, **step: Any) -> Application:
        return register.register(**step)


class AcceptForm(StepForm):
    kind = StepKind.ACCEPT
    submit = _("受理")

    def act(self, **step: Any) -> Application:
        return accept.accept(**step)


class CorrectionNoticeForm(StepForm):
    kind = StepKind.CORRECTION_NOTICE
    submit = _("发出补正告知书")

    points = passage_field(_("需要补正的事项"), help_text=_("一行一项。只能告知一次，请一次写全。"))
    correct_by = day_field(_("补正期限"), help_text=_("到这一天为止，应当是合理的期限。"))
    field_order = ["points", "correct_by", "on"]

    def act(self, **step: Any) -> Application:
        points = self.cleaned_data["points"].splitlines()
        return correct.notify_correction(points=points, correct_by=self.cleaned_data["correct_by"], **step)


class CorrectedForm(StepForm):
    kind = StepKind.CORRECTED
    submit = _("记录收到补正")

    text = passage_field(_("补正内容"), help_text=_("申请人书面或者当面补正的，在此录入。"))
    papers = files_field(_("补正材料"))
    field_order = ["text", "papers", "on"]

    def act(self, **step: Any) -> Application:
        return correct.receive_correction(text=self.cleaned_data["text"], papers=self.cleaned_data["papers"], **step)


class ConsultationForm(StepForm):
    kind = StepKind.CONSULTATION
    submit = _("发出征求意见书")

    consulted = forms.ChoiceField(label=_("向谁征求意见"), widget=forms.RadioSelect)
    addressee = forms.CharField(label=_("名称"), max_length=120, help_text=_("征求意见书的主送单位或者个人。"))
    text = passage_field(_("所涉及的政府信息"), help_text=_("写明要征求意见的信息。不要写出申请人是谁。"))
    received = day_field(
        _("对方收到的日期"), required=False, help_text=_("已经知道的，请填写；15个工作日从收到次日起算。")
    )
    field_order = ["consulted", "addressee", "text", "on", "received"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consulted"].choices = [(who.value, in_words(who.label)) for who in Consulted]  # type: ignore[attr-defined]

    def act(self, **step: Any) -> Application:
        data = self.cleaned_data
        return consult.consult(
            consulted=Consulted(data["consulted"]),
            addressee=data["addressee"],
            text=data["text"],
            received=data["received"],
            **step,
        )


class ConsultationReplyForm(StepForm):
    kind = StepKind.CONSULTATION_REPLY
    submit = _("记录收到意见")

    consultation = forms.TypedChoiceField(label=_("答复的是哪一次征求意见"), coerce=int, widget=forms.RadioSelect)
    objected = yes_or_no(_("对方的意见"), yes=_("不同意公开"), no=_("同意公开"))
    text = passage_field(_("意见内容"), required=False)
    papers = files_field(_("对方的书面意见"))
    field_order = ["consultation", "objected", "text", "papers", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consultation"].choices = [  # type: ignore[attr-defined]
            (row.number, f"{row.facts['addressee']}（{row.on:%Y-%m-%d}）") for row in self.page.open_consultations
        ]

    def prefilled(self, page: CasePage) -> dict[str, Any]:
        waiting = page.open_consultations
        return {"consultation": waiting[0].number} if len(waiting) == 1 else {}

    def act(self, **step: Any) -> Application:
        data = self.cleaned_data
        return consult.receive_opinion(
            consultation=data["consultation"],
            objected=data["objected"],
            text=data["text"],
            papers=data["papers"],
            **step,
        )


class DecisionForm(StepForm):
    kind = StepKind.DECISION
    submit = _("送请审批")

    @property
    def route(self) -> tuple[Role, ...]:
        """Who will look at it one after the other, as the agency's route for this outcome now stands."""
        outcome = self.page.case.outcome if self.page.case else None
        return route_of(self.page.application.agency, outcome.value) if outcome else ()

    def act(self, **step: Any) -> Application:
        return decide.draw_up(**step)


class ReviewForm(StepForm):
    kind = StepKind.REVIEW
    submit = _("审核通过")

    remark = passage_field(_("审核意见"), required=False, rows=2, help_text=_("可以不写。不同意的，请退回并写明理由。"))
    field_order = ["remark", "on"]

    def act(self, **step: Any) -> Application:
        return decide.review(remark=self.cleaned_data["remark"], **step)


class ReturnForm(StepForm):
    kind = StepKind.RETURN
    submit = _("退回")

    reason = passage_field(_("退回的理由"))
    field_order = ["reason", "on"]

    def act(self, **step: Any) -> Application:
        return decide.send_back(reason=self.cleaned_data["reason"], **step)


class SignForm(StepForm):
    kind = StepKind.SIGN
    submit = _("签发")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if release := self.page.opinion.get("release", ()):
            self.fields["release_confirmed"] = forms.MultipleChoiceField(
                label=_("扫描有提示、仍要提供的文件"),
                choices=[(each["sha256"], released_in_words(each)) for each in release],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                help_text=_("请打开文件查看后逐件确认放行；不同意的，请退回。"),
            )
            self.order_fields(["release_confirmed", "on"])

    def act(self, **step: Any) -> Application:
        return decide.sign(release_confirmed=self.cleaned_data.get("release_confirmed", ()), **step)


class DeliverForm(StepForm):
    kind = StepKind.DELIVER
    submit = _("记录送达")

    way = forms.ChoiceField(label=_("送达方式"), choices=deliver.Delivery.choices, widget=forms.RadioSelect)
    on = day_field(_("送出日期"), help_text=_("邮寄的为交邮之日，当面的为签收之日。是否按期答复看这一天。"))
    received_on = day_field(
        _("申请人收到的日期"), required=False, help_text=_("已经知道的，请填写；复议、诉讼期限从这一天起算。")
    )
    papers = files_field(_("送达凭证"), help_text=_("签收单、邮寄凭证等，可以不附。表单退回修改的，须重新选择文件。"))
    field_order = ["way", "on", "received_on", "papers"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "release_reason" in self.data:
            self._ask_release()

    def _ask_release(self) -> None:
        """Only where the scan has learned since the signing to see more (see `actions.deliver`)."""
        self.fields["release_reason"] = forms.CharField(
            label=_("仍要提供的理由"), required=False, max_length=LONGEST, help_text=_("签发之后扫描规则有更新。")
        )

    def take(self, actor: Person) -> Application:
        try:
            return super().take(actor)
        except NotReleased:
            self._ask_release()
            raise

    def act(self, **step: Any) -> Application:
        data = self.cleaned_data
        way, reason = deliver.Delivery(data["way"]), data.get("release_reason", "")
        return deliver.deliver(
            way=way, received_on=data["received_on"], papers=data["papers"], release_reason=reason, **step
        )


class ServedForm(StepForm):
    kind = StepKind.SERVED
    submit = _("记录送达回证")

    received = day_field(_("申请人收到的日期"), help_text=_("以送达回证上签收的日期为准；复议、诉讼期限从这一天起算。"))
    on = day_field(_("收到回证的日期"))
    papers = files_field(_("送达回证"))
    field_order = ["received", "on", "papers"]

    def act(self, **step: Any) -> Application:
        return serve.record_service(
            received=self.cleaned_data["received"], papers=self.cleaned_data["papers"], **step
        )  # fmt: skip


class ArchiveForm(StepForm):
    kind = StepKind.ARCHIVE
    submit = _("归档")

    def act(self, **step: Any) -> Application:
        return archive.archive(**step)
