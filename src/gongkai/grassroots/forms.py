"""Forms of the catalogue: a row, a sheet, a tie, an area."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Column, ColumnKind
from gongkai.documents.upload_fields import UploadField
from gongkai.grassroots.models import Area, CatalogueLevel, CatalogueRow, Channel, Way
from gongkai.grassroots.rows import RowValues
from gongkai.grassroots.selectors import bodies_around

LISTING = (ColumnKind.ITEMS, ColumnKind.DOCUMENTS)


class RowForm(forms.Form):
    """A row: the nine standard fields, and the column in which its items stand."""

    area = forms.ModelChoiceField(label=_("领域"), queryset=Area.objects.none())
    number = forms.IntegerField(label=_("序号"), min_value=1, max_value=100_000)
    first_level = forms.CharField(label=_("一级事项"), max_length=100)
    second_level = forms.CharField(label=_("二级事项"), max_length=200)
    content = forms.CharField(label=_("公开内容（要素）"), max_length=4000, widget=forms.Textarea({"rows": 4}))
    basis = forms.CharField(label=_("公开依据"), max_length=4000, widget=forms.Textarea({"rows": 3}))
    limit_words = forms.CharField(
        label=_("公开时限"), max_length=300, help_text=_("例如：信息形成或者变更之日起20个工作日内；实时；每季度。")
    )
    body_name = forms.CharField(
        label=_("公开主体"),
        max_length=200,
        help_text=_("写机关全称或者简称，几个机关用顿号隔开。本站的机关会自动对应。"),
    )
    channels = forms.MultipleChoiceField(
        label=_("公开渠道和载体"), choices=Channel.choices, widget=forms.CheckboxSelectMultiple
    )
    whole_society = forms.BooleanField(label=_("公开对象：全社会"), required=False, initial=True)
    groups = forms.CharField(label=_("公开对象：特定群体"), max_length=200, required=False)
    way = forms.ChoiceField(label=_("公开方式"), choices=Way.choices, initial=Way.PROACTIVE)
    levels = forms.MultipleChoiceField(
        label=_("公开层级"), choices=CatalogueLevel.choices, widget=forms.CheckboxSelectMultiple
    )
    column = forms.ModelChoiceField(
        label=_("所在栏目"), queryset=Column.objects.none(), required=False,
        help_text=_("选了栏目，公开主体在该栏目发布的信息就算这一事项的信息。"),
    )  # fmt: skip
    changes = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, owner: Agency, row: CatalogueRow | None = None, **kwargs: Any) -> None:
        if row is not None:
            said = {**asdict(RowValues.of(row)), "area": row.area_id, "column": row.column_id, "changes": row.changes}
            kwargs["initial"] = {**said, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        area, column = self.fields["area"], self.fields["column"]
        assert isinstance(area, forms.ModelChoiceField)
        assert isinstance(column, forms.ModelChoiceField)
        area.queryset = Area.objects.filter(active=True)
        shared = Column.objects.filter(active=True, kind__in=LISTING, owner__isnull=True)
        own = Column.objects.filter(active=True, kind__in=LISTING, owner__in=bodies_around(owner))
        column.queryset = (shared | own).order_by("code")

    def values(self) -> RowValues:
        """What was typed, as the actions take it."""
        names = RowValues.__dataclass_fields__
        return RowValues(**{name: self.cleaned_data[name] for name in names})


class SheetForm(forms.Form):
    """A catalogue as a workbook."""

    area = forms.ModelChoiceField(
        label=_("领域"), queryset=Area.objects.none(), required=False,
        help_text=_("表中没有“领域”一列时在这里选择。"),
    )  # fmt: skip
    file = UploadField(label=_("标准目录表格"), help_text=_("XLSX，表头用国家统一的标准目录格式。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        assert isinstance(area, forms.ModelChoiceField)
        area.queryset = Area.objects.filter(active=True)


class AreaForm(forms.Form):
    """A local area."""

    name = forms.CharField(label=_("领域"), max_length=60)
    code = forms.SlugField(label=_("领域代码"), max_length=40, help_text=_("小写字母、数字和连字符，用在网址里。"))


class TieForm(forms.Form):
    """An item that counts for a row."""

    item = forms.IntegerField(label=_("信息编号"), min_value=1, help_text=_("公开网页地址 /items/ 后面的数字。"))
