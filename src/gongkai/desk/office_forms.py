"""Forms of an agency: what it says of itself, units, routes, delegations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actions.delegate import LONGEST, NOT_DELEGATED
from gongkai.agencies.actions.edit_agency import ARCHIVE, EDITABLE
from gongkai.agencies.actions.set_route import ROUTE_ROLES
from gongkai.agencies.models import Agency, Appointment, Person, Unit
from gongkai.agencies.selectors import in_office, today
from gongkai.applications.asking import ask_by_name
from gongkai.applications.desk_forms import day_field, in_words
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role

ROUTE_FIELDS = ("first", "second", "third")


class AgencyForm(forms.ModelForm):  # type: ignore[type-arg]
    """Contact data, remedies and the office's own order of work."""

    class Meta:
        model = Agency
        fields = EDITABLE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_organ"].help_text = _("写入每一份答复的救济途径。")
        self.fields["court"].help_text = _("写入政府信息公开指南；留空时写“有管辖权的人民法院”。")
        self.fields["receipt_rule"].help_text = _("改动只影响以后收到的申请。")
        self.fields["credit_code"].help_text = _("其中第9至17位是索引号的前缀；留空时以网址标识代替。")
        self.fields["index_template"].help_text = _(
            "改动只影响以后发布的信息。可用的空位：{org9} 组织机构代码、{credit} 信用代码、{slug} 网址标识、{column} 栏目代码、{year} 年份、{date} 日期、{seq:05} 五位流水号。"
        )
        ask_by_name(self)


class ArchiveForm(forms.ModelForm):  # type: ignore[type-arg]
    """Of what the numbers of the archive are made."""

    class Meta:
        model = Agency
        fields = ARCHIVE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fonds"].help_text = _("由同级档案馆给定。留空时卷宗照常归档，只是没有档号。")
        self.fields["archive_retention"].help_text = _(
            "例如：Y（永久）、D30（30年）、D10（10年）。按档案行政管理部门的要求填写。"
        )
        self.fields["archive_template"].help_text = _(
            "可用的空位：{fonds} 全宗号、{category} 门类、{year} 年度、{retention} 保管期限、{unit} 机构、{number:04} 四位件号。"
        )
        ask_by_name(self)


class NewUnitForm(forms.Form):
    """A unit by its name."""

    name = forms.CharField(label=_("科室名称"), max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_by_name(self)


class UnitForm(NewUnitForm):
    """A unit that is there: its name, and whether new cases go to it."""

    active = forms.BooleanField(
        label=_("在用"), required=False, help_text=_("停用以后不再分到新的办件，已有的办件不变。")
    )


class PlaceForm(forms.Form):
    """The unit in which a role is held."""

    unit = forms.ModelChoiceField(
        label=_("科室"), queryset=Unit.objects.none(), required=False, empty_label=_("不分科室")
    )

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = agency.units.filter(active=True)  # type: ignore[attr-defined]


class RouteForm(forms.Form):
    """An outcome, and the roles that look at it one after the other."""

    outcome = forms.ChoiceField(label=_("办理结果"), required=False)
    first = forms.ChoiceField(label=_("第一个岗位"), required=False)
    second = forms.ChoiceField(label=_("第二个岗位"), required=False)
    third = forms.ChoiceField(
        label=_("第三个岗位"),
        required=False,
        help_text=_("用不着的留空；最后一个须是审批人，由其签发。全部留空，该结果恢复按常用路线报批。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = [(outcome.value, in_words(outcome.label)) for outcome in Outcome]
        roles = [("", _("（无）")), *[(role.value, in_words(role.label)) for role in ROUTE_ROLES]]
        self.fields["outcome"].choices = [("", _("其他各种结果（常用路线）")), *outcomes]  # type: ignore[attr-defined]
        for name in ROUTE_FIELDS:
            self.fields[name].choices = roles  # type: ignore[attr-defined]

    def route(self) -> tuple[Outcome | None, list[Role]]:
        """What was chosen, gaps closed."""
        data = self.cleaned_data
        outcome = Outcome(data["outcome"]) if data["outcome"] else None
        return outcome, [Role(data[name]) for name in ROUTE_FIELDS if data[name]]


class _RoleField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A role that somebody holds: whose it is, what it is, where."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.display_name} {in_words(Role(obj.role).label)} {obj.agency.short_name}"


class _PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A person by name; the user name tells two of the same name apart."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.display_name} {obj.username}"


class DelegateForm(forms.Form):
    """Which role, to whom, from when until when."""

    appointment = _RoleField(label=_("岗位"), queryset=Appointment.objects.none(), empty_label=None)
    taker = _PersonField(label=_("受托人"), queryset=Person.objects.none(), empty_label=_("请选择"))
    since = day_field(_("起始日"))
    until = day_field(_("截止日"), help_text=format_lazy(_("这一天是最后一天。一次最长{days}天。"), days=LONGEST))

    def __init__(self, own: QuerySet[Appointment], giver: Person | None, *args: Any, **kwargs: Any) -> None:
        """`own`: the roles to choose from; `giver`: whose they all are, None where it is several people's."""
        super().__init__(*args, **kwargs)
        givable = own.exclude(role__in=[role.value for role in NOT_DELEGATED]).select_related("person", "agency")
        colleagues = in_office().filter(agency__in=own.values("agency")).exclude(person=giver).values("person")
        self.fields["appointment"].queryset = givable.order_by("agency__path", "person__display_name", "role")  # type: ignore[attr-defined]
        self.fields["taker"].queryset = Person.objects.filter(pk__in=colleagues).order_by("display_name")  # type: ignore[attr-defined]
        self.fields["since"].initial = today
        ask_by_name(self)
