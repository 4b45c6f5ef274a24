"""What every form of a step has, and the fields they are made of."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import today
from gongkai.applications.asking import ask_by_name
from gongkai.applications.models import Application
from gongkai.applications.selectors import CasePage
from gongkai.documents.upload_fields import UploadsField
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text


def in_words(text: Text) -> str:
    """A text of the law in the language of the page."""
    return text.of(get_language() or "")


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A date, with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    messages = {"required": _("请填写日期。"), "invalid": _("请填写正确的日期，例如 2025-03-03。")}
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget, error_messages=messages)


def passage_field(label: Any, *, required: bool = True, help_text: Any = "", rows: int = 4) -> forms.CharField:
    """A text of one or more paragraphs."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def files_field(label: Any, *, help_text: Any = "") -> UploadsField:
    """Papers that go with a step. A browser cannot send them again by itself when the form comes back."""
    return UploadsField(
        label=label,
        required=False,
        came_by="case",
        help_text=help_text or _("可以不附。表单退回修改的，须重新选择文件。"),
    )


def yes_or_no(label: Any, *, yes: Any, no: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """A choice of two that must be made: neither is the usual one."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("no", no), ("yes", yes)],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text=help_text,
    )


class StepForm(forms.Form):
    """What every step has: its legal date, and how many steps its sender had seen."""

    kind: ClassVar[StepKind]
    submit: ClassVar[Any] = _("办理")

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    on = day_field(_("日期"), help_text=_("这一步发生的日期，不是录入的日期。"))

    def __init__(self, *args: Any, page: CasePage, **kwargs: Any) -> None:
        self.page = page
        # What is entered late bears an earlier day, which only the person knows.
        usual = {
            "on": None if self.kind in page.late_entries else today(),
            "seen": page.application.steps_taken,
        }
        kwargs["initial"] = {**usual, **self.prefilled(page), **kwargs.get("initial", {})}
        kwargs.setdefault("auto_id", f"id_{self.kind.value}_%s")
        super().__init__(*args, **kwargs)
        ask_by_name(self)

    def prefilled(self, page: CasePage) -> dict[str, Any]:
        """What the case itself suggests for the fields."""
        return {}

    def take(self, actor: Person) -> Application:
        """Call the action. Raises LawError."""
        data = self.cleaned_data
        return self.act(case_id=self.page.application.pk, actor=actor, on=data["on"], seen=data["seen"])

    def act(self, **step: Any) -> Application:
        raise NotImplementedError
