"""Forms of the review: each carries the content and the state that its page showed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.selectors import today
from gongkai.disclosure.models import SecrecyResult
from gongkai.disclosure.reviewing.proofreading import PROOF_READINGS
from gongkai.disclosure.reviewing.remarks import LONGEST
from gongkai.documents.privacy.holding import LOOKED_THROUGH, HeldBack, release_field
from gongkai.documents.upload_fields import UploadField
from gongkai.law.publication import PublicationAct
from gongkai.law.texts import Text


def _words(text: Text) -> str:
    return text.of(get_language() or "")


def _lines(label: Any, *, required: bool = False, help_text: Any = "", longest: int = LONGEST) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=longest, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": format_lazy(_("请填写{label}。"), label=label)},
    )  # fmt: skip


class SeenForm(forms.Form):
    """What its sender had before them."""

    changes = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    digest = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class SubmitForm(SeenForm):
    """送审."""

    remark = _lines(_("给审核人的说明"))


class RecallForm(SeenForm):
    """撤回送审."""

    reason = _lines(_("说明"))


class ReturnForm(SeenForm):
    """退回修改."""

    reason = _lines(_("退回理由"), required=True, help_text=_("起草人会看到。请写明哪里要改、怎么改。"))


class PassForm(SeenForm):
    """A round: the list of what was read for, and what becomes of the files that the scan holds back."""

    proofread = forms.MultipleChoiceField(
        label="", widget=forms.CheckboxSelectMultiple, error_messages={"required": _("请逐项校对并勾选。")}
    )
    remark = _lines(_("审核意见"), help_text=_("不填的，记为“同意”。"))

    def __init__(self, *args: Any, act: PublicationAct, held: Iterable[HeldBack], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.final, self.held = act is PublicationAct.FINAL_REVIEW, list(held)
        reading = PROOF_READINGS[act]
        listed: Any = self.fields["proofread"]
        listed.label, listed.choices = _words(reading.name), [(one.key, _words(one.text)) for one in reading.points]
        if self.final and self.held:
            self.fields["confirmed"] = forms.MultipleChoiceField(
                label=_("扫描有提示而仍予发布的，逐项确认"), required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(each.digest, each.name) for each in self.held],
            )  # fmt: skip
        for each in [] if self.final else self.held:
            self.fields[release_field(each.digest)] = _reason_field(each)
        self.order_fields([*(name for name in self.fields if name != "remark"), "remark"])

    @property
    def reasons(self) -> dict[str, str]:
        """By the digest of the file, why it may go out."""
        return {each.digest: self.cleaned_data.get(release_field(each.digest), "") for each in self.held}


def _reason_field(held: HeldBack) -> forms.CharField:
    found = "；".join(held.found) or LOOKED_THROUGH
    hint = (
        _("扫描提示：{found}。认为仍可公开的写明理由，由终审人确认；否则请退回。")
        if held.blocking
        else _("不能自动检查。逐页核对过的，写明“已逐页人工核对”，由终审人确认。")
    )
    return _lines(format_lazy(_("“{name}”可以公开的理由"), name=held.name), help_text=format_lazy(hint, found=found))


class SecrecyForm(SeenForm):
    """保密审查."""

    result = forms.ChoiceField(
        label=_("审查结论"), choices=SecrecyResult.choices, widget=forms.RadioSelect,
        error_messages={"required": _("请选择审查结论。")},
    )  # fmt: skip
    basis = forms.CharField(
        label=_("审查依据"), max_length=300, help_text=_("例如：《中华人民共和国政府信息公开条例》第十四条、第十七条。"),
        error_messages={"required": _("请填写审查依据。")},
    )  # fmt: skip
    reason = _lines(_("理由"), help_text=_("不能直接公开的，或者扫描发现密级标志而仍可公开的，必须填写。"))


class ConsentForm(SeenForm):
    """共同制作机关意见."""

    body = forms.CharField(label=_("机关名称"), max_length=200, error_messages={"required": _("请填写机关名称。")})
    agrees = forms.ChoiceField(
        label=_("意见"), choices=[("yes", _("同意公开")), ("no", _("不同意公开"))], widget=forms.RadioSelect,
        error_messages={"required": _("请选择意见。")},
    )  # fmt: skip
    on = forms.DateField(
        label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请填写日期。")},
    )  # fmt: skip
    paper = UploadField(label=_("书面意见（可以不传）"), required=False)
    note = forms.CharField(label=_("说明"), max_length=300, required=False)

    def __init__(self, *args: Any, bodies: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()
        if waiting := next(iter(bodies), ""):
            self.fields["body"].initial = waiting


class ScheduleForm(SeenForm):
    """定时发布."""

    at = forms.DateTimeField(
        label=_("发布时间"), help_text=_("北京时间；到时自动发布。"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": _("请填写发布时间。")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].widget.attrs["min"] = f"{timezone.localtime():%Y-%m-%dT%H:%M}"
