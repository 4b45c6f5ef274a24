"""Forms of the register of documents: one made, one or many changed, a change struck, a clean-up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.disclosure.models import CampaignDocument, DocumentClass, Finding, NormativeDocument
from gongkai.law.validity import CHANGES, Validity


def day_field(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class DocumentForm(forms.Form):
    """A document that was made."""

    document_class = forms.ChoiceField(label=_("类别"), choices=DocumentClass.choices, initial=DocumentClass.NORMATIVE)
    title = forms.CharField(label=_("名称"), max_length=300)
    document_number = forms.CharField(label=_("发文字号"), max_length=80)
    made_on = day_field(_("成文日期"))
    in_force_from = day_field(_("施行日期"), required=False, help_text=_("不填的，自成文之日起施行。"))
    last_day = day_field(_("有效期至"), required=False, help_text=_("有效期的最后一日；没有规定有效期的不填。"))
    title_note = forms.CharField(
        label=_("题注"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("规章填写：公布和历次修改的日期、文号，施行日期。"),
    )  # fmt: skip


class ChangeForm(forms.Form):
    """What an act did to the chosen documents."""

    kind = forms.ChoiceField(label=_("变动"), choices=[(kind.value, kind.label.zh) for kind in CHANGES])
    on = day_field(_("变动日期"), help_text=_("自这一天起按变动后的状态显示。"))
    by_number = forms.CharField(
        label=_("依据文件的发文字号"),
        required=False,
        max_length=80,
        help_text=_("已经登记的，填写后与该文件互相链接。"),
    )
    basis = forms.CharField(
        label=_("依据文件"), required=False, max_length=300, help_text=_("没有登记的，写明名称和文号。")
    )
    note = forms.CharField(
        label=_("说明"), required=False, max_length=500, help_text=_("例如修改、废止了哪些条款，哪些继续有效。")
    )

    def __init__(self, *args: Any, agency_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency_id = agency_id
        self.fields["kind"].initial = Validity.REPEALED.value

    def clean_by_number(self) -> str:
        number: str = self.cleaned_data["by_number"].strip()
        self.by_id: int | None = None
        if number:
            rows = NormativeDocument.objects.filter(document_number=number)
            found = rows.filter(agency_id=self.agency_id).first() or rows.order_by("pk").first()
            if found is None:
                raise forms.ValidationError(_("没有登记过这个发文字号，请核对，或者在“依据文件”中写明。"))
            self.by_id = found.pk
        return number

    @property
    def told(self) -> dict[str, Any]:
        """What the action is given."""
        data = self.cleaned_data
        return {
            "kind": Validity(data["kind"]), "on": data["on"], "basis": data["basis"], "note": data["note"],
            "by_id": self.by_id,
        }  # fmt: skip


class StrikeForm(forms.Form):
    """A change that was entered by mistake."""

    reason = forms.CharField(label=_("更正的理由"), max_length=500)


class CampaignForm(forms.Form):
    """A clean-up to begin."""

    title = forms.CharField(label=_("名称"), max_length=120, help_text=_("例如：2026年行政规范性文件清理"))
    until = day_field(_("完成期限"))


class FindingForm(forms.Form):
    """What is to become of one document."""

    finding = forms.ChoiceField(
        label=_("清理意见"),
        choices=[row for row in Finding.choices if row[0] != Finding.OPEN],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("理由"), required=False, max_length=300, help_text=_("拟修改、废止或者宣布失效的，必须写明。")
    )

    @classmethod
    def of(cls, row: CampaignDocument, data: Any = None) -> FindingForm:
        said = row.finding if row.finding != Finding.OPEN else Finding.KEEP
        return cls(data, initial={"finding": said, "reason": row.reason})


class DocumentsFilter(forms.Form):
    """Which documents of the register to show."""

    state = forms.ChoiceField(label=_("有效性"), required=False)
    document_class = forms.ChoiceField(
        label=_("类别"), required=False, choices=[("", _("全部")), *DocumentClass.choices]
    )
    words = forms.CharField(label=_("名称或者发文字号"), required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("全部")),
            ("holds", _("继续有效的")),
            *[(state.value, state.label.zh) for state in Validity],
        ]

    @property
    def asked(self) -> dict[str, Any]:
        """As `register_of` takes it; what makes no sense asks for nothing."""
        if not self.is_valid():
            return {}
        state = self.cleaned_data["state"]
        states = [row for row in Validity if row.holds] if state == "holds" else [Validity(state)] if state else []
        kept = {"document_class": self.cleaned_data["document_class"], "words": self.cleaned_data["words"]}
        return {"states": states, **kept}
