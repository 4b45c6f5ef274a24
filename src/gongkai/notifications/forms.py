"""The form of a person's wishes. It checks what was typed; the action the rest."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class PreferenceForm(forms.Form):
    """How to be told."""

    email = forms.EmailField(
        label=_("电子邮箱"),
        required=False,
        help_text=_("不填写的，只在工作台内通知。"),
        error_messages={"invalid": _("电子邮箱地址有误。")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    by_mail = forms.BooleanField(label=_("用邮件通知"), required=False)
    digest = forms.BooleanField(label=_("每个工作日早上发送待办摘要"), required=False)
    mobile = forms.CharField(
        label=_("手机号码"),
        required=False,
        max_length=20,
        help_text=_("加密保存，只用于发送短信通知。"),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    by_sms = forms.BooleanField(label=_("用短信通知"), required=False)
    language = forms.ChoiceField(label=_("邮件和短信的语言"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
