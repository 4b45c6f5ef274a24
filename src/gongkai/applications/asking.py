"""What a form says where something was left empty: which thing, in the words of its label."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


def ask_by_name(form: forms.BaseForm) -> None:
    """Let every field that asks in Django's general words ask by its own name: 请填写证件号码。"""
    for field in form.fields.values():
        if field.label and field.error_messages["required"] == forms.Field.default_error_messages["required"]:
            field.error_messages["required"] = asking(field)


def asking(field: forms.Field) -> Any:
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return format_lazy(_("请选择{label}。"), label=field.label)
    return format_lazy(_("请填写{label}。"), label=field.label)
