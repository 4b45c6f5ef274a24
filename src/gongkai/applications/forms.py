"""The application form: the closed list of 条例 29, the applicant's kind, and nothing about any purpose."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError as NumberError

from gongkai.applications.models import KIND_CHOICES, Form, IdentityDocument, Way
from gongkai.law.applicants import ApplicantKind

PERSON = ApplicantKind.NATURAL_PERSON.value
CHECKED_NUMBERS = {
    IdentityDocument.RESIDENT_ID.value: (ric, _("身份证号码不正确，请核对后重新填写（18位，末位可为X）。")),
    IdentityDocument.CREDIT_CODE.value: (uscc, _("统一社会信用代码不正确，请核对后重新填写（18位）。")),
}
#: What each way of getting the information needs to be possible.
NEEDED_BY_WAY = {
    Way.EMAIL.value: ("email", _("选择电子邮件获取的，请填写电子邮箱。")),
    Way.POST.value: ("address", _("选择邮寄获取的，请填写通信地址。")),
}


def new_token() -> str:
    """The one-time token of a form: the same token sent twice is the same application."""
    return secrets.token_urlsafe(24)


class ApplicationForm(forms.Form):
    """What a citizen fills in. Its cleaned data is what `actions.receive` takes."""

    token = forms.CharField(widget=forms.HiddenInput, min_length=16, max_length=64)
    applicant_kind = forms.ChoiceField(label=_("申请人类型"), choices=KIND_CHOICES, widget=forms.RadioSelect)
    applicant_name = forms.CharField(label=_("姓名或单位名称"), max_length=100)
    id_type = forms.ChoiceField(label=_("证件类型"), choices=IdentityDocument.choices)
    id_number = forms.CharField(
        label=_("证件号码"), max_length=40, help_text=_("用于确认您的身份，加密保存，不会公开。")
    )
    contact_person = forms.CharField(
        label=_("联系人"), max_length=50, required=False, help_text=_("单位申请的，请填写联系人姓名。")
    )
    telephone = forms.CharField(
        label=_("联系电话"),
        max_length=20,
        validators=[RegexValidator(r"^[0-9+\-() ]{7,20}$", _("请填写正确的电话号码。"))],
    )
    email = forms.EmailField(label=_("电子邮箱"), max_length=120, required=False)
    address = forms.CharField(label=_("通信地址"), max_length=200, required=False)
    postcode = forms.CharField(
        label=_("邮政编码"), required=False, validators=[RegexValidator(r"^\d{6}$", _("邮政编码为6位数字。"))]
    )
    content = forms.CharField(
        label=_("您需要什么政府信息"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("请写明信息的名称，或者能让我们查到它的描述，例如时间、地点、事项。一份申请写一项信息。"),
    )
    document_number = forms.CharField(
        label=_("文号"), max_length=100, required=False, help_text=_("如果知道，请填写。")
    )
    features = forms.CharField(
        label=_("其他有助查找的描述"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    form_wanted = forms.ChoiceField(label=_("希望得到的形式"), choices=Form.choices, widget=forms.RadioSelect)
    way_wanted = forms.ChoiceField(label=_("希望如何得到"), choices=Way.choices, widget=forms.RadioSelect)
    needs_help = forms.BooleanField(
        label=_("我在阅读、视听或填写上有困难，需要帮助"),
        required=False,
        help_text=_("我们会主动与您联系（《条例》第四十三条）。"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._check_number(cleaned)
        self._check_contact(cleaned)
        if needed := NEEDED_BY_WAY.get(cleaned.get("way_wanted", "")):
            field, message = needed
            if field not in self.errors and not cleaned.get(field):
                self.add_error(field, message)
        return cleaned

    def _check_number(self, cleaned: dict[str, Any]) -> None:
        number = "".join(cleaned.get("id_number", "").split()).upper()
        if not number:
            return
        cleaned["id_number"] = number
        id_type = cleaned.get("id_type", "")
        if id_type == IdentityDocument.CREDIT_CODE and cleaned.get("applicant_kind") == PERSON:
            self.add_error("id_type", _("自然人请选择个人证件。"))
        elif checked := CHECKED_NUMBERS.get(id_type):
            module, message = checked
            try:
                module.validate(number)
            except NumberError:
                self.add_error("id_number", message)

    def _check_contact(self, cleaned: dict[str, Any]) -> None:
        organisation = cleaned.get("applicant_kind") not in (None, PERSON)
        if organisation and "contact_person" not in self.errors and not cleaned.get("contact_person"):
            self.add_error("contact_person", _("单位申请的，请填写联系人姓名。"))
