"""The form of „检查年度报告“."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.annual_report.aggregate_forms import ReportsField
from gongkai.applications.asking import ask_by_name
from gongkai.law.agency_levels import AgencyLevel


class CheckForm(forms.Form):
    """Reports of anybody, and what their agency is if that is known."""

    reports = ReportsField(
        label=_("年度报告"),
        pages=True,  # the natural form of a published report; it is read in a bounded process and never shown again
        help_text=_("Word、PDF、Excel、文本文件或者保存下来的网页，一次最多30个。"),
    )
    level = forms.ChoiceField(
        label=_("机关层级"),
        required=False,
        help_text=_("用于判断有无规章制定权和报告期限；不选则不检查与层级有关的项目，本机关的报告按登记的层级检查。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "zh-hans"
        choices = [("", _("不确定")), *((level.value, level.label.of(language)) for level in AgencyLevel)]
        self.fields["level"].choices = choices  # type: ignore[attr-defined]
        ask_by_name(self)

    @property
    def chosen(self) -> AgencyLevel | None:
        """The level that was chosen."""
        return AgencyLevel(self.cleaned_data["level"]) if self.cleaned_data["level"] else None
