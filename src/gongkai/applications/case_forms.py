"""The small forms of the case page beside its steps: giving it out, splitting, papers, notes, identity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Unit
from gongkai.agencies.selectors import people_with, today
from gongkai.applications.actions import note, reveal
from gongkai.applications.actions.assign import HOLDING_ROLES
from gongkai.applications.asking import ask_by_name
from gongkai.applications.desk_forms import day_field, passage_field
from gongkai.applications.models import AFTER_CLOSING, Application, PaperKind
from gongkai.applications.selectors import CasePage
from gongkai.documents.upload_fields import UploadsField


class SideForm(forms.Form):
    """A form of the case page that takes no step. Each knows the case it stands in."""

    def __init__(self, *args: Any, page: CasePage, **kwargs: Any) -> None:
        self.page = page
        kwargs.setdefault("auto_id", f"id_{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)
        self.prepare(page.application)
        ask_by_name(self)

    def prepare(self, application: Application) -> None:
        """What the case offers to choose from."""


class AssignForm(SideForm):
    """分办."""

    unit = forms.ModelChoiceField(
        label=_("承办科室"), queryset=Unit.objects.none(), required=False, empty_label=_("不指定科室")
    )
    holder = forms.TypedChoiceField(label=_("承办人员"), required=False, coerce=int, empty_value=None)
    internal_due_on = day_field(
        _("内部办理期限"), required=False, help_text=_("不填的，按本机关规定的工作日数计算，不超过答复期限。")
    )
    remark = forms.CharField(label=_("说明"), max_length=500, required=False)

    def prepare(self, application: Application) -> None:
        unit: Any = self.fields["unit"]
        unit.queryset = application.agency.units.filter(active=True)
        holder: Any = self.fields["holder"]
        holder.choices = [("", _("不指定人员")), *holders(application.agency)]
        unit.initial, holder.initial = application.unit_id, application.holder_id


def holders(agency: Agency) -> list[tuple[int, str]]:
    """Who can have a case of this agency today."""
    return [(person.pk, person.display_name) for person in people_with(agency, HOLDING_ROLES)]


class NoteForm(SideForm):
    """内部备注."""

    text = forms.CharField(
        label=_("备注"), max_length=note.LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("只给同事看，不入卷，申请人看不到。"),
    )  # fmt: skip


class RevealForm(SideForm):
    """查看完整身份信息."""

    reason = forms.CharField(
        label=_("查看的原因"),
        max_length=reveal.LONGEST,
        help_text=_("例如：核对身份证明、寄送答复书。谁在何时因何查看，都会留痕。"),
    )


class SplitForm(SideForm):
    """一事一申请."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    matters = passage_field(
        _("各个事项"), rows=5,
        help_text=_("一行一项，写完整。第一项留在本件，其余各成一件，收到日期、申请人和材料相同。"),
    )  # fmt: skip
    on = day_field(_("登记日期"))

    def prepare(self, application: Application) -> None:
        self.initial = {"on": today(), "seen": application.steps_taken, "matters": application.content}

    def clean_matters(self) -> list[str]:
        return [line for line in str(self.cleaned_data["matters"]).splitlines() if line.strip()]


class PaperForm(SideForm):
    """添加材料."""

    kind = forms.ChoiceField(label=_("材料类别"))
    uploads = UploadsField(label=_("文件"), came_by="case")

    def prepare(self, application: Application) -> None:
        offered = AFTER_CLOSING if self.page.closed else ADDED_BY_HAND
        kind: Any = self.fields["kind"]
        kind.choices = [(each.value, each.label) for each in offered]
        kind.initial = offered[0].value

    def clean_kind(self) -> PaperKind:
        return PaperKind(self.cleaned_data["kind"])


#: The kinds in the order in which they are wanted; a paper that belongs to a step can come with the step as well.
_WANTED_FIRST = (PaperKind.MATERIAL, PaperKind.ENCLOSURE, PaperKind.ORIGINAL)
ADDED_BY_HAND = (*_WANTED_FIRST, *(kind for kind in PaperKind if kind not in _WANTED_FIRST))

SIDE_FORMS: Mapping[str, type[SideForm]] = {
    "assign": AssignForm,
    "split": SplitForm,
    "paper": PaperForm,
    "note": NoteForm,
    "reveal": RevealForm,
}


def side_forms(page: CasePage, failed: SideForm | None = None) -> dict[str, SideForm]:
    """The forms that this person may send, empty or as they were sent and not taken."""
    may = {
        "assign": page.may.assign,
        "split": page.may.split,
        "paper": page.may.add_papers,
        "note": page.may.note,
        "reveal": page.may.reveal,
    }
    offered = {name: form(page=page) for name, form in SIDE_FORMS.items() if may[name]}
    if failed is not None:
        offered |= {name: failed for name, form in SIDE_FORMS.items() if isinstance(failed, form)}
    return offered
