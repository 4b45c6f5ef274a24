"""A box of a redaction as a form: the page, its edges in per cent, why it is covered, what it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.applications.actions.change_boxes import LONGEST_NOTE, Area
from gongkai.applications.asking import ask_by_name
from gongkai.applications.desk_forms import in_words
from gongkai.applications.models import RedactionBox
from gongkai.applications.withheld_parts import USUAL_GROUND
from gongkai.law.withholding import WithholdingGround

EDGES = ("left", "top", "right", "bottom")


def edge_field(label: Any) -> forms.FloatField:
    """Per cent of the page. NaN and infinity are no numbers here (Django refuses them)."""
    widget = forms.NumberInput(attrs={"step": "any", "min": 0, "max": 100, "inputmode": "decimal"})
    return forms.FloatField(label=label, min_value=0, max_value=100, widget=widget)


class BoxForm(forms.Form):
    """A new box, or one that is there with other values."""

    page = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    left = edge_field(_("左边（%）"))
    top = edge_field(_("上边（%）"))
    right = edge_field(_("右边（%）"))
    bottom = edge_field(_("下边（%）"))
    ground = forms.ChoiceField(label=_("不予公开的依据"))
    note = forms.CharField(
        label=_("遮盖的是什么"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=_("例如：合同单价。不要写出内容；会写入答复书的建议文字。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ground: Any = self.fields["ground"]
        ground.choices = [(each.value, in_words(each.label)) for each in WithholdingGround]
        ask_by_name(self)

    def area(self) -> Area:
        left, top, right, bottom = (self.cleaned_data[name] / 100 for name in EDGES)
        return Area(self.cleaned_data["page"], left, top, right, bottom)

    def ground_chosen(self) -> WithholdingGround:
        return WithholdingGround(self.cleaned_data["ground"])


def new_box(page: int, ground: str = "") -> BoxForm:
    """Empty; with the ground that was used last, which is mostly the next one's, too."""
    known = ground if ground in list(WithholdingGround) else USUAL_GROUND.value
    return BoxForm(initial={"page": page, "ground": known}, auto_id="id_new_%s")


def form_of(box: RedactionBox) -> BoxForm:
    edges = {name: round(getattr(box, name) * 100, 3) for name in EDGES}
    initial = {"page": box.page, "ground": box.ground, "note": box.note, **edges}
    return BoxForm(initial=initial, auto_id=f"id_{box.pk}_%s")
