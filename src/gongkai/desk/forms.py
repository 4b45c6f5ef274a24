"""Forms of sign-in, calendar and people. They check what was typed; the actions check whose it is to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import STAFF_ROLES, Agency, Unit
from gongkai.agencies.selectors import today
from gongkai.applications.asking import ask_by_name
from gongkai.applications.desk_forms import day_field, in_words


class SignInForm(AuthenticationForm):
    """Which of the two was wrong is not told."""

    error_messages = {
        "invalid_login": _("用户名或者密码不对，请重新填写。"),
        "inactive": _("这个账号已经停用。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("用户名")
        self.fields["password"].label = _("密码")
        ask_by_name(self)


class CalendarDayForm(forms.Form):
    """One day of a notice, laid over the national calendar."""

    day = day_field(_("日期"))
    working = forms.TypedChoiceField(
        label=_("这一天是"),
        choices=[("yes", _("工作日")), ("no", _("休息日"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("通知的名称或者文号。"))


class PublishedYearForm(forms.Form):
    """The notice with which a year's schedule came out."""

    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("通知的名称或者文号。"))


class PasswordForm(PasswordChangeForm):
    """The old password and twice the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"old_password": _("现在的密码"), "new_password1": _("新密码"), "new_password2": _("再输入一次新密码")}
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["new_password1"].help_text = _("至少10个字符，不能全是数字，不能是常见的密码。")
        ask_by_name(self)


class EndForm(forms.Form):
    """The last day of a role."""

    until = day_field(_("截止日"), help_text=_("这一天是最后一天。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = today


class AppointForm(forms.Form):
    """A role at an agency."""

    agency = forms.ModelChoiceField(label=_("机关"), queryset=Agency.objects.none(), empty_label=None)
    role = forms.ChoiceField(label=_("岗位"), widget=forms.RadioSelect)
    unit = forms.TypedChoiceField(
        label=_("科室"), required=False, coerce=int, empty_value=None, help_text=_("只能选所选机关的科室。")
    )
    since = day_field(_("起始日期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.order_by("path")  # type: ignore[attr-defined]
        self.fields["role"].choices = [(role.value, in_words(role.label)) for role in STAFF_ROLES]  # type: ignore[attr-defined]
        self.fields["unit"].choices = _units()  # type: ignore[attr-defined]
        self.fields["since"].initial = today
        ask_by_name(self)


def _units() -> list[tuple[str, Any]]:
    """The units in use, under the names of their agencies."""
    under: dict[str, list[tuple[int, str]]] = {}
    rows = Unit.objects.filter(active=True).select_related("agency").order_by("agency__path", "id")
    for unit in rows:
        under.setdefault(unit.agency.name, []).append((unit.pk, unit.name))
    return [("", _("不分科室")), *under.items()]


class PersonForm(AppointForm):
    """A new person with a first role."""

    display_name = forms.CharField(label=_("姓名"), max_length=40)
    username = forms.CharField(label=_("用户名"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    password = forms.CharField(
        label=_("初始密码"),
        strip=False,
        help_text=_("至少10个字符，不能全是数字。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order = ["display_name", "username", "password", "agency", "role", "unit", "since"]
