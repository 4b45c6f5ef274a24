"""Forms of the figures: the explanation of a freeze, corrections, last year's report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.annual_report.actions.read_previous import ASKED
from gongkai.annual_report.linked_figures import printed
from gongkai.annual_report.reasons import LONGEST
from gongkai.applications.asking import ask_by_name
from gongkai.applications.desk_forms import in_words
from gongkai.documents.upload_fields import UploadField
from gongkai.law.report_form import Tables, Value, cells, table_3_rows

_REASON = forms.Textarea(attrs={"rows": 3})


class FigureActForm(forms.Form):
    """Freezing (`required` False: an explanation only where one is asked for) and opening again."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(max_length=LONGEST, widget=_REASON)

    def __init__(self, *args: Any, label: Any, required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].required = required
        ask_by_name(self)


def bound_together(address: str) -> Sequence[str]:
    """The cells that one correction of `address` hardly ever leaves alone: in table 3 those of its column, in table 4 of
    its group, in table 2 of its row. Sums are not among them, because they follow; a sum asked for stands alone."""
    table, row, column = address.split(".")
    if "total" in (row, column):
        return (address,)
    if table == "t3":
        return tuple(f"t3.{one.key}.{column}" for one in table_3_rows() if one.key != "total")
    if table == "t4":
        return tuple(a for a in cells() if a.startswith(f"t4.{row}.") and not a.endswith(".total"))
    return tuple(a for a in cells() if a.startswith(f"t2.{row}."))


class CorrectForm(forms.Form):
    """Numbers that belong together, each with what was counted. Only what was changed on this very page is taken: the
    records may have changed meanwhile."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, address: str, tables: Tables, counted: Tables, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.addresses = {one.replace(".", "-"): one for one in bound_together(address)}
        for name, one in self.addresses.items():
            self.fields[name] = _number(one, tables[one], counted[one])
        self.fields["reason"] = forms.CharField(label=_("更正理由"), max_length=LONGEST, widget=_REASON)
        ask_by_name(self)

    @property
    def values(self) -> dict[str, Value]:
        """What was changed."""
        return {one: self.cleaned_data[name] for name, one in self.addresses.items() if name in self.changed_data}


def _number(address: str, value: Value, counted: Value) -> forms.Field:
    cell = cells()[address]
    options: dict[str, Any] = {
        "label": in_words(cell.place),
        "initial": None if value is None else Decimal(value),
        "help_text": _("统计数：%(number)s") % {"number": "—" if counted is None else printed(counted)},
        "show_hidden_initial": True,
        "min_value": 0,
    }
    if cell.decimal:
        return forms.DecimalField(max_digits=18, decimal_places=6, **options)
    return forms.IntegerField(**options)


class PreviousFileForm(forms.Form):
    """Last year's report as it was published."""

    file = UploadField(
        label=_("上一年度报告"), help_text=_("DOCX、PDF、XLSX 或 TXT 文件；系统读出表格和文字，您核对以后保存。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_by_name(self)


class PreviousForm(forms.Form):
    """What was read, looked over: the numbers this year is held against, to be filled in where they were not read."""

    token = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, read: Mapping[str, Value], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.addresses = {one.replace(".", "-"): one for one in ASKED if one in read}
        for name, one in self.addresses.items():
            value = read[one]
            self.fields[name] = forms.IntegerField(
                label=in_words(cells()[one].place), initial=value, required=False, min_value=0, max_value=10**9
            )
        ask_by_name(self)

    @property
    def values(self) -> dict[str, Value]:
        return {one: self.cleaned_data[name] for name, one in self.addresses.items()}
