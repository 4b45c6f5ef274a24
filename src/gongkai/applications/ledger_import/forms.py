"""The forms of the import at the desk: the file, and what a person decides about its columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongkai.applications.asking import ask_by_name
from gongkai.applications.desk_forms import in_words
from gongkai.applications.ledger_import.columns import Column, Layout
from gongkai.applications.ledger_import.examination import Options, admit
from gongkai.applications.ledger_import.fields import FIELDS, Field
from gongkai.applications.models import KIND_CHOICES, Channel
from gongkai.documents.gate import UploadRefused, usual
from gongkai.documents.gate.inspection import require_size
from gongkai.documents.gate.refusals import Fault
from gongkai.documents.upload_fields import Upload
from gongkai.law.errors import LawError

#: Said of a column that is not taken over.
LEFT_OUT = "-"


class LedgerFileField(forms.FileField):
    """A ledger that has passed the upload gate; its value is an `Upload`."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        try:
            require_size(file.size, usual())
            content = file.read()
            return Upload(admit(content, file.name), "application/octet-stream", content)
        except Fault as fault:
            raise ValidationError(in_words(UploadRefused.because(fault, file.name).message)) from fault
        except LawError as error:
            raise ValidationError(in_words(error.message), code=error.code) from error


class LedgerFileForm(forms.Form):
    """Which file."""

    file = LedgerFileField(
        label=_("台账文件"),
        allow_empty_file=True,  # said by the gate, in its own words
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("Excel 工作簿（.xlsx）或者 CSV，不超过20MB。先核对，确认以后才写入。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_by_name(self)


class ColumnsForm(forms.Form):
    """What each column is, and what stands where the kind of applicant or the channel is empty. Sent by GET: it only
    looks, and its address can be gone back to."""

    applicant_kind = forms.ChoiceField(
        label=_("没有填写申请人类型的，一律按"), choices=[("", _("逐行报错")), *KIND_CHOICES], required=False
    )
    channel = forms.ChoiceField(
        label=_("没有填写提交方式的，一律按"), choices=[("", _("逐行报错")), *Channel.choices], required=False
    )

    def __init__(self, data: Any, *, layout: Layout) -> None:
        super().__init__(data)
        self.layout = layout
        fields = [(LEFT_OUT, _("不导入")), *((field.value, in_words(label)) for field, label in FIELDS.items())]
        for column in layout.columns:
            self.fields[name_of(column)] = forms.ChoiceField(
                label=column.name,
                choices=fields,
                required=False,
                initial=column.field.value if column.field else LEFT_OUT,
            )

    def columns(self) -> Iterator[tuple[Column, forms.BoundField]]:
        """Each column with its field, for the table of the page."""
        for column in self.layout.columns:
            yield column, self[name_of(column)]


def name_of(column: Column) -> str:
    return f"column_{column.place + 1}"


def options_of(asked: Any) -> Options:
    """What the address says was decided. What makes no sense there counts as not said."""
    columns: dict[str, Field | None] = {}
    for name, value in asked.items():
        number = name.removeprefix("column_")
        if number != name and number.isdecimal() and (value == LEFT_OUT or value in list(Field)):
            columns[f"#{int(number)}"] = None if value == LEFT_OUT else Field(value)
    defaults = {}
    if asked.get("applicant_kind") in dict(KIND_CHOICES):
        defaults[Field.APPLICANT_KIND] = asked["applicant_kind"]
    if asked.get("channel") in Channel.values:
        defaults[Field.CHANNEL] = asked["channel"]
    sheet = asked.get("sheet") or None
    # Columns were chosen for one sheet; for another one they would be somebody else's.
    return Options(sheet, columns if asked.get("of_sheet", sheet) in (sheet, None) else {}, defaults)


def twice(asked: Any) -> list[Field]:
    """Fields that two columns were both said to be."""
    chosen = list(options_of(asked).columns.values())
    return [field for field in Field if chosen.count(field) > 1]
