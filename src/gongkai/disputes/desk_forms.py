"""Forms of the register of reconsiderations and lawsuits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.disputes.models import Dispute, DisputeKind, DisputeResult

#: The reconsiderations that a lawsuit can be said to follow: the newest.
MOST_BEFORE = 200


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


class DisputeForm(forms.Form):
    """A case that was brought."""

    kind = forms.ChoiceField(label=_("类别"), choices=DisputeKind.choices)
    body = forms.CharField(label=_("复议机关或人民法院"), max_length=120)
    case_number = forms.CharField(label=_("案号"), max_length=80)
    matter = forms.CharField(label=_("事由"), max_length=300)
    filed_on = _day(_("收到日期"))
    after = forms.ModelChoiceField(
        label=_("所经复议"), queryset=Dispute.objects.none(), required=False, help_text=_("只有复议后起诉的案件填写。")
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = Dispute.objects.filter(agency=agency, kind=DisputeKind.RECONSIDERATION).order_by("-filed_on", "-pk")
        keys = list(before.values_list("pk", flat=True)[:MOST_BEFORE])
        self.fields["after"].queryset = Dispute.objects.filter(pk__in=keys)  # type: ignore[attr-defined]


class ResultForm(forms.Form):
    """How it ended."""

    result = forms.ChoiceField(label=_("结果"), choices=DisputeResult.choices)
    on = _day(_("审结日期"))
