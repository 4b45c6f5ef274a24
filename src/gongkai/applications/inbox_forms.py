"""The forms around the inbox: what the list is narrowed by, what is done with several cases at once, a saved view."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gongkai.applications.desk_forms import in_words
from gongkai.applications.models import Channel
from gongkai.applications.selectors import Around, Filters
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Stage

#: For whom nothing can be chosen: no units, no people.
NO_CHOICES = Around({}, (), (), ())
#: A case came in on one of these days; others are slips of the pen.
EARLIEST, LATEST = date(2004, 1, 1), date(2099, 12, 31)
Choices = list[tuple[str, str]]


class _Day(forms.DateField):
    """A day, typed or picked."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("请填写2004年至2099年之间的日期。"))
        return day


class FilterForm(forms.Form):
    """筛选: a GET form, so that a list can be bookmarked. A value that cannot be taken is told at its field and left
    out; the others hold."""

    q = forms.CharField(max_length=100, required=False)
    clock = forms.ChoiceField(required=False)
    soon = forms.IntegerField(
        required=False, min_value=0, max_value=60, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    stage = forms.ChoiceField(required=False)
    unit = forms.ChoiceField(required=False)
    holder = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False)
    channel = forms.ChoiceField(required=False)
    outcome = forms.ChoiceField(required=False)
    since = _Day(required=False)
    until = _Day(required=False)

    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None, around: Around) -> None:
        super().__init__(data, auto_id="filter-%s")
        for name, (label, hint) in _labels().items():
            self.fields[name].label, self.fields[name].help_text = label, hint
        for name, choices in _choices(around).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("不限")), *choices]

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("结束日期早于开始日期。"))
        return self.cleaned_data


def _labels() -> dict[str, tuple[str, str]]:
    return {
        "q": (
            _("查找"),
            _("编号或申请内容中的文字；或者完整的申请人姓名（名称）、证件号码，须一字不差。"),
        ),
        "clock": (_("期限状态"), ""),
        "soon": (_("几个工作日内到期"), ""),
        "stage": (_("环节"), ""),
        "unit": (_("承办科室"), ""),
        "holder": (_("承办人员"), ""),
        "kind": (_("申请人类型"), ""),
        "channel": (_("提交方式"), ""),
        "outcome": (_("办理结果"), ""),
        "since": (_("收到日期从"), ""),
        "until": (_("收到日期至"), ""),
    }


def _choices(around: Around) -> dict[str, Choices]:
    people: Choices = [(str(person.pk), person.name) for person in around.people]
    return {
        "clock": [("late", _("已超期")), ("paused", _("暂停计时")), ("waiting", _("待确认收到"))],
        "stage": [(stage.value, in_words(stage.label)) for stage in Stage],
        "unit": [("none", _("未分科室")), *((str(unit.pk), unit.name) for unit in around.units)],
        "holder": [("me", _("我本人")), ("none", _("未认领")), *people],
        "kind": [(kind.value, in_words(kind.label)) for kind in ApplicantKind],
        "channel": [(channel.value, str(channel.label)) for channel in Channel],
        "outcome": [(outcome.value, in_words(outcome.label)) for outcome in Outcome],
    }


def filters_of(form: FilterForm) -> Filters:
    """What is asked for; what is wrong is left out."""
    form.is_valid()
    found = {
        name: value for name, value in form.cleaned_data.items() if name not in form.errors and value not in ("", None)
    }
    names = {"q": "text", "since": "received_from", "until": "received_to"}
    return Filters(**{names.get(name, name): value for name, value in found.items()})


def query_of(view: str, filters: Filters) -> str:
    """The same as the address has it: one way to write each list."""
    names = {"text": "q", "received_from": "since", "received_to": "until"}
    asked = {names.get(name, name): value for name, value in vars(filters).items() if value not in ("", None)}
    return urlencode({"view": view, **asked})


_KEY = re.compile(r"\d{1,18}", re.ASCII)


class _Cases(forms.Field):
    """The cases that were ticked in the list."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[int]:
        texts = value or []
        if not all(_KEY.fullmatch(text) for text in texts):
            raise forms.ValidationError(_("办件选择有误，请重新勾选。"))
        return sorted({int(text) for text in texts})


class AssignForm(forms.Form):
    """分办: the ticked cases are given to a unit, a person, or both."""

    case = _Cases(required=True)
    unit = forms.ChoiceField(required=False)
    holder = forms.ChoiceField(required=False)
    internal_due_on = _Day(required=False)
    remark = forms.CharField(max_length=500, required=False)

    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None, around: Around) -> None:
        super().__init__(data, auto_id="assign-%s")
        self.fields["case"].error_messages["required"] = _("请先在列表中勾选办件。")
        labels = {
            "unit": _("科室"), "holder": _("人员"), "internal_due_on": _("内部办理期限"), "remark": _("说明"),
            "case": _("办件"),
        }  # fmt: skip
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["internal_due_on"].help_text = _("不填的，按本机关规定的工作日数推算，不晚于答复期限。")
        for name, found in (("unit", around.units), ("holder", around.people)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("不指定")), *((str(choice.pk), choice.name) for choice in found)]

    @property
    def ticked(self) -> frozenset[int]:
        """The cases that were ticked when it was sent: they are ticked still when it comes back."""
        texts = self.data.getlist("case") if hasattr(self.data, "getlist") else []
        return frozenset(int(text) for text in texts if _KEY.fullmatch(text))


class SaveViewForm(forms.Form):
    """The present list under a name."""

    name = forms.CharField(max_length=40)
    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="save-%s")
        self.fields["name"].label = _("名称")
