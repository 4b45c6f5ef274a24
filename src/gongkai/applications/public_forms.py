"""The small forms of the public pages, and how the application form is dressed for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.applications.asking import ask_by_name
from gongkai.applications.forms import ApplicationForm
from gongkai.law.applicants import ApplicantKind

#: What browsers may fill in by themselves (WCAG 1.3.5), and which keyboard a phone shows.
INPUT_HINTS: Mapping[str, Mapping[str, str]] = {
    "applicant_name": {"autocomplete": "name"},
    "telephone": {"autocomplete": "tel", "inputmode": "tel"},
    "email": {"autocomplete": "email", "inputmode": "email"},
    "address": {"autocomplete": "street-address"},
    "postcode": {"autocomplete": "postal-code", "inputmode": "numeric"},
}


class QueryCodeForm(forms.Form):
    """Hyphens, blanks and small letters do not matter (`query_codes.normalise`)."""

    query_code = forms.CharField(
        label=_("查询码"),
        max_length=40,
        help_text=_("提交申请时给出的12位码。横线、空格、大小写都不要紧。"),
        error_messages={"required": _("请填写查询码。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "code-input"}),
    )


class CorrectionForm(forms.Form):
    """The applicant's answer to a correction notice (条例 30)."""

    text = forms.CharField(
        label=_("补正内容"),
        max_length=5000,
        help_text=_("请对照上面的每一项写清楚。"),
        error_messages={"required": _("请填写补正内容。")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def empty_application_form(token: str) -> ApplicationForm:
    """An empty form with its one-time token."""
    return dressed(ApplicationForm(initial={"token": token}))


def dressed(form: ApplicationForm) -> ApplicationForm:
    """Labels in the language of the page, and hints for browsers."""
    language = get_language() or ""
    kinds = cast("forms.ChoiceField", form.fields["applicant_kind"])
    kinds.choices = [(kind.value, kind.label.of(language)) for kind in ApplicantKind]
    for name, hints in INPUT_HINTS.items():
        form.fields[name].widget.attrs.update(hints)
    ask_by_name(form)
    return form
