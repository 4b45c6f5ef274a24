"""The small forms of the public pages, and how the application form is dressed for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.applications.actions.rate import SCORES
from gongkai.applications.asking import ask_by_name
from gongkai.applications.forms import CHOICE_ERRORS, ApplicationForm, PlainTextField
from gongkai.documents.gate.limits import shown_size, usual
from gongkai.documents.upload_fields import UploadsField
from gongkai.law.applicants import ApplicantKind

#: What browsers may fill in by themselves (WCAG 1.3.5), and which keyboard a phone shows.
INPUT_HINTS: Mapping[str, Mapping[str, str]] = {
    "applicant_name": {"autocomplete": "name"},
    "telephone": {"autocomplete": "tel", "inputmode": "tel"},
    "email": {"autocomplete": "email", "inputmode": "email"},
    "address": {"autocomplete": "address-line1"},
    "postcode": {"autocomplete": "postal-code", "inputmode": "numeric"},
    "agent_telephone": {"inputmode": "tel"},
}
PAPERS_HINT = _("有材料要一并提交的，请在这里选择。")


class QueryCodeForm(forms.Form):
    """The code and a second proof. Hyphens, blanks and small letters do not matter (`query_codes.normalise`)."""

    query_code = forms.CharField(
        label=_("查询码"),
        max_length=40,
        help_text=_("提交申请时给出的12位码。横线、空格、大小写都不要紧。"),
        error_messages={"required": _("请填写查询码。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "code-input"}),
    )
    proof = forms.CharField(
        label=_("姓名或者证件号码后4位"),
        max_length=100,
        help_text=_("申请人的姓名或者单位名称；也可以填申请人证件号码的后4位。"),
        error_messages={"required": _("请填写姓名或者证件号码后4位。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class FormBesideOthers(forms.Form):
    """One of several forms of a page: its fields have ids of their own."""

    ids = "id_%s"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": self.ids, **options})


class CorrectionForm(FormBesideOthers):
    """The applicant's answer to a correction notice (条例 30)."""

    ids = "correction_%s"
    text = PlainTextField(
        label=_("补正内容"),
        max_length=5000,
        help_text=_("请对照上面的每一项写清楚。"),
        error_messages={"required": _("请填写补正内容。")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    papers = UploadsField(label=_("补正材料"), required=False, came_by="correction", help_text=PAPERS_HINT)


class ReasonsForm(FormBesideOthers):
    """The applicant says why so much is asked for (条例 35)."""

    ids = "reasons_%s"
    text = PlainTextField(
        label=_("申请的理由"),
        max_length=5000,
        error_messages={"required": _("请填写申请的理由。")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    papers = UploadsField(label=_("说明理由的材料"), required=False, came_by="correction", help_text=PAPERS_HINT)


class WithdrawalForm(forms.Form):
    """Nobody has to give a reason for it."""

    reason = PlainTextField(
        label=_("撤回的原因"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class RatingForm(FormBesideOthers):
    """How content the applicant is with the handling."""

    ids = "rating_%s"
    score = forms.ChoiceField(
        label=_("您对这份申请的办理是否满意"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择是否满意。"), **CHOICE_ERRORS},
    )
    opinion = PlainTextField(
        label=_("您的意见"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        score = cast("forms.ChoiceField", self.fields["score"])
        score.choices = [(str(value), words.of(get_language() or "")) for value, words in SCORES]


def what_files() -> str:
    """Which files are taken, how many, how large: as this installation has it."""
    limits = usual()
    words = _("可以选PDF、OFD、Word、Excel、文本和图片，最多{files}个文件，每个不超过{size}。")
    return str(words).format(files=limits.files, size=shown_size(limits.size))


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
    form.fields["attachments"].help_text = f"{form.fields['attachments'].help_text}{what_files()}"
    ask_by_name(form)
    return form
