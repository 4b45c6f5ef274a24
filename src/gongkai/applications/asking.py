"""What a form says where something was left empty or cannot be taken: in our words, not in Django's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

#: Django's own Chinese speaks of variables and empty strings.
PLAINLY = {
    "max_length": _("最多%(limit_value)s个字，现有%(show_value)s个字。"),
    "min_value": _("应不小于%(limit_value)s。"),
    "max_value": _("应不大于%(limit_value)s。"),
    "null_characters_not_allowed": _("其中含有无法显示的字符，请重新输入。"),
    "invalid_choice": _("请从列出的选项中选择一项。"),
}


def ask_by_name(form: forms.BaseForm) -> None:
    """Let every field that asks in Django's general words ask by its own name (请填写证件号码。), and say plainly what
    cannot be taken."""
    for field in form.fields.values():
        if field.label and _is_general(field, "required"):
            field.error_messages["required"] = asking(field)
        if not isinstance(field, forms.FileField):
            field.error_messages.update({code: words for code, words in PLAINLY.items() if _is_general(field, code)})


def _is_general(field: forms.Field, code: str) -> bool:
    """Whether nobody has given this field words of its own."""
    general = [kind.__dict__["default_error_messages"].get(code) for kind in type(field).__mro__ if _has_words(kind)]
    return field.error_messages.get(code) in [None, *general]


def _has_words(kind: type) -> bool:
    return kind.__module__.startswith("django.") and "default_error_messages" in kind.__dict__


def asking(field: forms.Field) -> Any:
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return format_lazy(_("请选择{label}。"), label=field.label)
    return format_lazy(_("请填写{label}。"), label=field.label)
