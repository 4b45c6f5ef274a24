"""The application form: the closed list of 条例 29, the applicant's kind, and nothing about any purpose."""

from __future__ import annotations

import re
import secrets
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError as NumberError

from gongkai.applications.models import KIND_CHOICES, Form, IdentityDocument, PaperKind, Way
from gongkai.documents.letter import clean
from gongkai.documents.upload_fields import Upload, UploadsField
from gongkai.law.applicants import ApplicantKind

PERSON = ApplicantKind.NATURAL_PERSON.value
#: The fields that take files, and what these are in the case.
PAPER_FIELDS = {"authority": PaperKind.AUTHORITY, "attachments": PaperKind.ATTACHMENT}
TELEPHONE = RegexValidator(r"\A[0-9+\-() 转]{7,20}\Z", _("请填写正确的电话号码。"))


def is_resident_number(number: str) -> bool:
    """Whether a 公民身份号码 is well formed (GB 11643): a day of birth that exists, and the check digit.

    Not whether its region code was in use in the year of birth: many numbers were given out years later, at a place
    that had been renamed or made since, and their holders may apply too (条例 27).
    """
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return False
    try:
        ric.get_birth_date(number)
    except NumberError:
        return False
    return bool(ric.calc_check_digit(number) == number[-1])


CHECKED_NUMBERS = {
    IdentityDocument.RESIDENT_ID.value: (
        is_resident_number,
        _("身份证号码不正确，请核对后重新填写（18位，末位可为X）。"),
    ),
    IdentityDocument.CREDIT_CODE.value: (uscc.is_valid, _("统一社会信用代码不正确，请核对后重新填写（18位）。")),
}
#: The usual messages would repeat what was sent, however long it was.
CHOICE_ERRORS = {"invalid_choice": _("请从列出的选项中选择一项。")}
#: What each way of getting the information needs to be possible.
NEEDED_BY_WAY = {
    Way.EMAIL.value: ("email", _("选择电子邮件获取的，请填写电子邮箱。")),
    Way.POST.value: ("address", _("选择邮寄获取的，请填写通信地址。")),
}


def new_token() -> str:
    """The one-time token of a form: the same token sent twice is the same application."""
    return secrets.token_urlsafe(24)


def half_width(text: str) -> str:
    """Letters, digits and signs as a Chinese keyboard may give them (１２３，－，（）) as the usual ones."""
    return unicodedata.normalize("NFKC", text)


def shows_something(text: str) -> bool:
    """Whether there is more in it than blanks, controls and marks that turn text."""
    return any(unicodedata.category(character) not in ("Cc", "Cf", "Zs", "Zl", "Zp") for character in text)


class HalfWidthField(forms.CharField):
    """A number: full-width digits and signs are as good as the usual ones."""

    def to_python(self, value: Any) -> str:
        return half_width(super().to_python(value) or "")


class HalfWidthEmailField(forms.EmailField):
    """An e-mail address, also with ＠ and ．"""

    def to_python(self, value: Any) -> str:
        return half_width(super().to_python(value) or "")


class PlainTextField(forms.CharField):
    """A text without the invisible marks that come along when it is copied from a page; plain line ends. One in which
    nothing is to be seen is empty."""

    def to_python(self, value: Any) -> str:
        text = clean(super().to_python(value) or "").strip()
        return text if shows_something(text) else ""


#: Marks that turn, hide or break text; line separators; emoji; what stands for no character, or for a private one.
NOT_IN_NAMES = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp", "So"})


def no_hidden_characters(text: str) -> None:
    """A name stands in official letters: what turns, hides or breaks text on paper cannot be in it."""
    if any(unicodedata.category(character) in NOT_IN_NAMES for character in text):
        raise ValidationError(_("其中含有无法显示的字符，请重新输入。"), code="hidden")


class ApplicationForm(forms.Form):
    """What a citizen fills in. Its cleaned data is what `actions.receive` takes."""

    token = forms.CharField(widget=forms.HiddenInput, min_length=16, max_length=64)
    applicant_kind = forms.ChoiceField(
        label=_("申请人类型"), choices=KIND_CHOICES, widget=forms.RadioSelect, error_messages=CHOICE_ERRORS
    )
    applicant_name = PlainTextField(label=_("姓名或单位名称"), max_length=100, validators=[no_hidden_characters])
    id_type = forms.ChoiceField(label=_("证件类型"), choices=IdentityDocument.choices, error_messages=CHOICE_ERRORS)
    id_number = HalfWidthField(
        label=_("证件号码"), max_length=40, help_text=_("用于确认您的身份，加密保存，不会公开。")
    )
    contact_person = PlainTextField(
        label=_("联系人"),
        max_length=50,
        required=False,
        validators=[no_hidden_characters],
        help_text=_("单位申请的，请填写联系人姓名。"),
    )
    telephone = HalfWidthField(
        label=_("联系电话"),
        max_length=20,
        validators=[TELEPHONE],
    )
    email = HalfWidthEmailField(label=_("电子邮箱"), max_length=120, required=False)
    address = PlainTextField(label=_("通信地址"), max_length=200, required=False)
    postcode = HalfWidthField(
        label=_("邮政编码"),
        max_length=20,
        required=False,
        validators=[RegexValidator(r"\A[0-9]{6}\Z", _("邮政编码为6位数字。"))],
    )
    content = PlainTextField(
        label=_("您需要什么政府信息"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("请写明信息的名称，或者能让我们查到它的描述，例如时间、地点、事项。一份申请写一项信息。"),
    )
    document_number = PlainTextField(label=_("文号"), max_length=100, required=False, help_text=_("如果知道，请填写。"))
    features = PlainTextField(
        label=_("其他有助查找的描述"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    form_wanted = forms.ChoiceField(
        label=_("希望得到的形式"), choices=Form.choices, widget=forms.RadioSelect, error_messages=CHOICE_ERRORS
    )
    way_wanted = forms.ChoiceField(
        label=_("希望如何得到"), choices=Way.choices, widget=forms.RadioSelect, error_messages=CHOICE_ERRORS
    )
    needs_help = forms.BooleanField(
        label=_("我在阅读、视听或填写上有困难，需要帮助"),
        required=False,
        help_text=_("我们会主动与您联系（《条例》第四十三条）。"),
    )

    agent_name = PlainTextField(label=_("代理人姓名"), max_length=50, required=False, validators=[no_hidden_characters])
    agent_id_number = HalfWidthField(label=_("代理人证件号码"), max_length=40, required=False)
    agent_telephone = HalfWidthField(label=_("代理人电话"), max_length=20, required=False, validators=[TELEPHONE])
    authority = UploadsField(
        label=_("授权委托书"),
        required=False,
        came_by="application",
        help_text=_("委托书的照片或者扫描件，可以同时上传代理人的身份证明。"),
    )
    attachments = UploadsField(
        label=_("附件"), required=False, came_by="application", help_text=_("有助于查找的材料，没有可以不传。")
    )

    @property
    def given(self) -> dict[str, Any]:
        """What was typed and chosen, once it is valid: what `actions.receive` takes as its data."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("token", *PAPER_FIELDS)}

    @property
    def papers(self) -> list[tuple[PaperKind, Upload]]:
        """The files that came along, each with what it is in the case."""
        return [(kind, upload) for name, kind in PAPER_FIELDS.items() for upload in self.cleaned_data.get(name) or ()]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._check_number(cleaned)
        self._check_contact(cleaned)
        self._check_agent(cleaned)
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
            holds, message = checked
            cleaned["id_number"] = number.replace("-", "")
            if not holds(cleaned["id_number"]):
                self.add_error("id_number", message)

    def _check_contact(self, cleaned: dict[str, Any]) -> None:
        organisation = cleaned.get("applicant_kind") not in (None, PERSON)
        if organisation and "contact_person" not in self.errors and not cleaned.get("contact_person"):
            self.add_error("contact_person", _("单位申请的，请填写联系人姓名。"))

    def _check_agent(self, cleaned: dict[str, Any]) -> None:
        """Whoever acts for another says who they are and shows that they may."""
        number = "".join(cleaned.get("agent_id_number", "").split()).upper()
        if number:
            cleaned["agent_id_number"] = number
        if re.fullmatch(r"[0-9]{17}[0-9X]", number) and not is_resident_number(number):
            self.add_error("agent_id_number", _("代理人的身份证号码不正确，请核对后重新填写。"))
        told = number or cleaned.get("agent_telephone") or cleaned.get("authority")
        if told and not cleaned.get("agent_name") and "agent_name" not in self.errors:
            self.add_error("agent_name", _("由代理人申请的，请填写代理人姓名。"))
        if cleaned.get("agent_name") and not cleaned.get("authority") and "authority" not in self.errors:
            self.add_error("authority", _("由代理人申请的，请上传授权委托书。"))
