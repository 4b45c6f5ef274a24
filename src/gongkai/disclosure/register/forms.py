"""Forms of the register: the monthly figures of a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.disclosure.actions.decision_counts import MOST_CHARGED, MOST_DECIDED, Figure
from gongkai.disclosure.models import DecisionCount, DecisionKind
from gongkai.documents.upload_fields import UploadField

#: So many departments can be added at once; so many are on a page (a form has a thousand fields at most).
NEW_LINES, LINES = 3, 30


class CountsFileForm(forms.Form):
    """The filled sheet."""

    file = UploadField(label=_("填报表"), help_text=_("请使用下载的填报表（XLSX）。"))


class CountsForm(forms.Form):
    """The figures of one kind and year: a line a department, a field a month. Only what was changed on this very page is
    recorded, so that what another entered meanwhile is not written over."""

    def __init__(
        self, *args: Any, kind: DecisionKind, rows: Sequence[DecisionCount], after: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        later = sorted({row.department for row in rows if row.department > after})
        self.departments, self.more = later[:LINES], len(later) > LINES
        at = {(row.department, row.month): row.figure for row in rows if row.kind == kind}
        for place, department in enumerate(self.departments):
            for month in range(1, 13):
                self.fields[f"f{place}-{month}"] = self._field(department, month, at.get((department, month)))
        for place in range(NEW_LINES):
            label = _("新部门 %(number)s") % {"number": place + 1}
            self.fields[f"d{place}"] = forms.CharField(label=label, max_length=100, required=False)
            for month in range(1, 13):
                self.fields[f"n{place}-{month}"] = self._field(label, month, None)

    def _field(self, department: Any, month: int, value: int | Decimal | None) -> forms.Field:
        options: dict[str, Any] = {
            "label": _("%(department)s，%(month)s月") % {"department": department, "month": month},
            "required": False,
            "initial": value,
            "show_hidden_initial": True,
            "min_value": 0,
        }
        if self.kind == DecisionKind.CHARGES:
            return forms.DecimalField(max_digits=16, decimal_places=2, max_value=MOST_CHARGED, **options)
        return forms.IntegerField(max_value=MOST_DECIDED, **options)

    @property
    def lines(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """For the page: the department (or the field of its name) and its twelve fields."""
        for place, department in enumerate(self.departments):
            yield department, [self[f"f{place}-{month}"] for month in range(1, 13)]

    @property
    def new_lines(self) -> Iterator[tuple[forms.BoundField, list[forms.BoundField]]]:
        for place in range(NEW_LINES):
            yield self[f"d{place}"], [self[f"n{place}-{month}"] for month in range(1, 13)]

    def clean(self) -> dict[str, Any]:
        for place in range(NEW_LINES):
            typed = any(self.cleaned_data.get(f"n{place}-{month}") is not None for month in range(1, 13))
            if typed and not self.cleaned_data.get(f"d{place}", "").strip():
                self.add_error(f"d{place}", _("请填写部门。"))
        for name in self.changed_data:
            if name.startswith("f") and name in self.cleaned_data and self.cleaned_data[name] is None:
                self.add_error(name, _("已经填报的数字不能删去；没有的，填 0。"))
        return self.cleaned_data

    @property
    def figures(self) -> Iterator[Figure]:
        """What was changed."""
        for name in self.changed_data:
            if name.startswith("d") or self.cleaned_data.get(name) is None:
                continue
            line, month = name[1:].split("-")
            department = self.departments[int(line)] if name[0] == "f" else self.cleaned_data[f"d{line}"].strip()
            yield Figure(department, self.kind, int(month), self.cleaned_data[name])
