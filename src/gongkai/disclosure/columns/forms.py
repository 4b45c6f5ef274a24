"""Forms of the columns and of the guide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.disclosure.actions.arrange_columns import ADDABLE, Settings
from gongkai.disclosure.columns.selectors import Tree
from gongkai.disclosure.columns.tree import PAGE_TYPES
from gongkai.disclosure.models import Column, ColumnKind, ContentClass, UpdateClass
from gongkai.law.article20 import PROACTIVE_ITEMS


def _text(label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=20_000, widget=forms.Textarea(attrs={"rows": rows}), **options)


class ColumnForm(forms.Form):
    """What is said of a column."""

    name = forms.CharField(label=_("栏目名称"), max_length=60)
    description = forms.CharField(label=_("栏目说明"), max_length=200, help_text=_("用途和主要内容，写入网页标签。"))
    keywords = forms.CharField(label=_("关键词"), max_length=120, help_text=_("用逗号分开。"))
    page_type = forms.ChoiceField(label=_("栏目类别"), choices=[(name, name) for name in PAGE_TYPES])
    duty = forms.ChoiceField(
        label=_("公开事项"), required=False,
        choices=[("", _("不属于法定主动公开内容")), *[(key, item.name.zh) for key, item in PROACTIVE_ITEMS.items()]],
    )  # fmt: skip
    content_class = forms.ChoiceField(label=_("信息类别"), choices=ContentClass.choices, initial=ContentClass.GENERAL)
    update_class = forms.ChoiceField(label=_("更新类别"), choices=UpdateClass.choices, initial=UpdateClass.OTHER)
    interval_days = forms.IntegerField(
        label=_("更新间隔（日）"),
        required=False,
        min_value=1,
        max_value=3650,
        help_text=_("超过这个间隔没有更新，即为超期。"),
    )
    due_days = forms.IntegerField(label=_("公开期限（工作日）"), min_value=1, max_value=250, initial=20)
    link = forms.URLField(
        label=_("链接地址"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("只有“外部链接”类填写。"),
    )

    @property
    def settings(self) -> Settings:
        return Settings(**{name: self.cleaned_data[name] for name in Settings.__dataclass_fields__})

    @staticmethod
    def initial_of(column: Column) -> dict[str, Any]:
        return {name: getattr(column, name) for name in Settings.__dataclass_fields__}


class NewColumnForm(ColumnForm):
    """A column to be added."""

    code = forms.SlugField(
        label=_("栏目代码"), max_length=40, help_text=_("写入网址的英文小写字母、数字和短横线，以后不变。")
    )
    kind = forms.ChoiceField(label=_("内容"), choices=[(kind.value, kind.label) for kind in ADDABLE])
    parent = forms.TypedChoiceField(label=_("上级栏目"), required=False, coerce=int, empty_value=None)
    field_order = ("code", "name", "kind", "parent")

    def __init__(self, *args: Any, columns: Tree, agency_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", _("（顶级栏目）")), *folders(columns, agency_id)]  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """Where a column is to be."""

    parent = forms.TypedChoiceField(label=_("移到"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, columns: Tree, agency_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", _("（顶级栏目）")), *folders(columns, agency_id)]  # type: ignore[attr-defined]


def folders(columns: Tree, agency_id: int | None) -> list[tuple[int, str]]:
    """What can be above a column, with the way to it."""
    found = []
    for block in columns.blocks:
        for node in block.walk():
            if node.kind == ColumnKind.FOLDER and node.owner_id in (None, agency_id):
                found.append((node.id, " / ".join(each.name for each in columns.path(node.code))))
    return found


class AbsenceForm(forms.Form):
    """Why an agency has nothing for a column."""

    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("例如：本机关不承担该项职责。"))


class GuideForm(forms.Form):
    """What the guide says besides the office's own data."""

    classification = _text(_("政府信息的分类"), help_text=_("本机关的政府信息分哪几类，每类包括什么。"))
    arrangement = _text(_("编排体系"), help_text=_("目录怎样编排，索引号由哪几部分组成。"))
    ways = _text(_("获取方式"), help_text=_("主动公开的信息在哪里看：网站、公报、查阅点及其地址。"))
    summer_hours = forms.CharField(
        label=_("夏季办公时间"), required=False, max_length=120, help_text=_("与平时不同的填写，注明起止月份。")
    )
    remarks = _text(_("其他说明"), required=False, help_text=_("例如：哪些邮箱、电话不受理申请。"))
