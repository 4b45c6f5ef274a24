"""Intake at the desk: what came on paper, by fax, by e-mail or by word of mouth, as a clerk types it in (条例 29, 31)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import today
from gongkai.applications.asking import ask_by_name
from gongkai.applications.desk_forms import day_field
from gongkai.applications.forms import CHOICE_ERRORS, ApplicationForm, no_hidden_characters
from gongkai.applications.models import CHANNEL_OF_LAW, Channel, IdentityDocument, PaperKind
from gongkai.documents.upload_fields import Upload, UploadsField
from gongkai.law import receipts
from gongkai.law.applicants import ApplicantKind

#: Everything but the website, which people fill in themselves.
CHANNELS = tuple(channel for channel in Channel if channel is not Channel.WEB)
#: Where the day it came is the day of receipt, whatever anybody confirms later (条例 31(一), (二)).
COUNTS_AT_ONCE = tuple(
    channel
    for channel in CHANNELS
    if CHANNEL_OF_LAW[channel.value] in (receipts.Channel.IN_PERSON, receipts.Channel.SIGNED_MAIL)
)
#: What a letter may lack. It is taken in all the same, and asked for where it is needed (条例 28, 30).
MAY_LACK = ("id_type", "id_number", "telephone", "contact_person")


class IntakeForm(ApplicationForm):
    """The application form as a clerk fills it in from what came. Its `given` and `papers` are what `receive` takes."""

    agency = forms.ModelChoiceField(label=_("收到申请的机关"), queryset=Agency.objects.none(), empty_label=None)
    channel = forms.ChoiceField(
        label=_("提交方式"), choices=[(each.value, each.label) for each in CHANNELS], widget=forms.RadioSelect,
        error_messages=CHOICE_ERRORS,
    )  # fmt: skip
    on = day_field(_("到达日期"), help_text=_("当面提交、签收、投入信箱、传真或者邮件到达的那一天。"))
    confirmed = day_field(
        _("与申请人确认的日期"),
        required=False,
        help_text=_("平常信函、传真、电子邮件填写。还没有确认的，留空，登记时再确认；确认之前不开始计时。"),
    )
    unreachable = forms.BooleanField(
        label=_("平常信函到达当日联系不上申请人"), required=False, help_text=_("以恢复联系之日为收到之日。")
    )
    written_by = forms.CharField(
        label=_("代为填写的工作人员"),
        max_length=40,
        required=False,
        validators=[no_hidden_characters],
        help_text=_("口头提出的填写。留空的，是您本人。"),
    )
    letter = UploadsField(label=_("来信或者申请表的扫描件"), required=False, came_by="intake")
    another = forms.BooleanField(label=_("确实是另一份申请"), required=False, help_text=_("已经核对过，不是重复录入。"))

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dress(agencies)
        for name in MAY_LACK:
            self.fields[name].required = False
        self.fields["telephone"].help_text = self.fields["id_number"].help_text = _(
            "来信没有写明的，留空；需要的，告知申请人补正。"
        )
        self.fields["contact_person"].help_text = ""
        self.fields["content"].label = _("所需政府信息的名称或者描述")
        self.fields["content"].help_text = _("照来信的原话录入。信中有几个事项的，登记时再拆分。")
        self.fields["needs_help"].label = _("申请人在阅读、视听或者填写上有困难，需要帮助")
        self.fields["needs_help"].help_text = _("办件页会醒目提示（《条例》第四十三条）。")
        self.fields["form_wanted"].help_text = _("来信没有写明的，按纸质、邮寄录入。")
        self.fields["authority"].help_text = _("没有附的，先录入，再请申请人补交。")
        self.fields["attachments"].help_text = ""
        ask_by_name(self)

    def _dress(self, agencies: Sequence[Agency]) -> None:
        language = get_language() or ""
        kinds = cast("forms.ChoiceField", self.fields["applicant_kind"])
        kinds.choices = [(kind.value, kind.label.of(language)) for kind in ApplicantKind]
        documents = cast("forms.ChoiceField", self.fields["id_type"])
        documents.choices = [("", _("来信没有写明")), *IdentityDocument.choices]
        agency = cast("forms.ModelChoiceField[Agency]", self.fields["agency"])
        agency.queryset = Agency.objects.filter(pk__in=[each.pk for each in agencies])
        agency.initial = agencies[0].pk
        if len(agencies) == 1:
            agency.widget = forms.HiddenInput()
        self.fields["on"].initial = today()

    @property
    def papers(self) -> list[tuple[PaperKind, Upload]]:
        letters = [(PaperKind.FORM, upload) for upload in self.cleaned_data.get("letter") or ()]
        return [*letters, *super().papers]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        channel = cleaned.get("channel")
        if channel in COUNTS_AT_ONCE and cleaned.get("confirmed"):
            self.add_error("confirmed", _("这种提交方式以到达之日为收到之日，不用填写确认日期。"))
        if cleaned.get("unreachable") and channel and channel != Channel.ORDINARY_MAIL:
            self.add_error("unreachable", _("只有平常信函才有这种情况。"))
        return cleaned

    def _check_number(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("id_number"):
            cleaned["id_type"] = ""
        elif not cleaned.get("id_type") and "id_type" not in self.errors:
            self.add_error("id_type", _("请选择证件类型。"))
        super()._check_number(cleaned)

    def _check_contact(self, cleaned: dict[str, Any]) -> None:
        """A letter may not name whom to ask for."""

    def _check_agent(self, cleaned: dict[str, Any]) -> None:
        """An authority that did not come along is asked for; the application is taken in meanwhile."""
        super()._check_agent(cleaned)
        if not cleaned.get("authority") and not self.files.getlist("authority"):
            self.errors.pop("authority", None)
