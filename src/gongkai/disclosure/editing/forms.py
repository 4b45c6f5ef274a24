"""The form of an item: what is said of it in groups, its text, its files. A draft may be kept with most of it empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.agencies.models import Agency
from gongkai.disclosure.actions.edit_revision import FIELDS
from gongkai.disclosure.columns.selectors import Node, Tree, tree
from gongkai.disclosure.editing.metadata import GENRES, required, subjects
from gongkai.disclosure.models import Column, DocumentClass, InterpretationForm, Item, OpenType, Purpose, Revision
from gongkai.disclosure.rich_text import LONGEST, shown
from gongkai.documents.gate import Limits
from gongkai.documents.gate.large import OnDisk, let_in_large
from gongkai.documents.upload_fields import Upload, UploadField, UploadsField

_WORDS = {
    "max_length": gettext_lazy("最多%(limit_value)s个字，现有%(show_value)s个字。"),
    "null_characters_not_allowed": gettext_lazy("其中含有无法显示的字符，请重新输入。"),
    "invalid_choice": gettext_lazy("请从列出的选项中选择一项。"),
}
#: Fields of a kind on the page: heading, names. `body`, `new_files` and `interprets` have places of their own.
GROUPS = (
    (gettext_lazy("栏目和标题"), ("column", "title", "summary")),
    (
        gettext_lazy("制作和日期"),
        ("issuer_name", "joint_issuers", "made_on", "formed_on", "open_type", "source", "author"),
    ),
    (gettext_lazy("分类"), ("subject", "keywords", "audience", "review_due")),
    (
        gettext_lazy("政策文件"),
        ("document_class", "document_number", "genre", "in_force_from", "last_day", "title_note"),
    ),
)


def item_limits() -> Limits:
    """Of files that go out with an item (GONGKAI_ITEM_FILE_MAX_MB); one form carries no more than one such file's size."""
    return Limits(size=settings.ITEM_FILE_MAX_BYTES, files=20, total=settings.ITEM_FILE_MAX_BYTES)


class ItemFilesField(UploadsField):
    """Files that go out with an item: large ones stay on disk on their way."""

    @property
    def limits(self) -> Limits:
        return item_limits()

    def let_in(self, file: UploadedFile[Any]) -> Upload | OnDisk:
        return let_in_large(file, self.limits, self.came_by)


def _text(label: Any, longest: int, hint: Any = "", **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False, help_text=hint, **options)


def _day(label: Any, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    words = {"invalid": gettext_lazy("请填写日期，例如 2024-05-06。")}
    return forms.DateField(label=label, required=False, help_text=hint, widget=widget, error_messages=words)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RevisionForm(forms.Form):
    """Everything that is said of an item."""

    changes = forms.IntegerField(widget=forms.HiddenInput)
    column = forms.ChoiceField(
        label=gettext_lazy("栏目"), required=False, help_text=gettext_lazy("只能选择最末一级的栏目。")
    )
    title = _text(gettext_lazy("标题"), 300)
    summary = _text(
        gettext_lazy("内容概述"), 100, gettext_lazy("100字以内，说明主要内容；列表和搜索结果中显示。"), widget=_area(3)
    )
    body = forms.CharField(
        label=gettext_lazy("正文"),
        max_length=LONGEST,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "data-rich-text": True, "spellcheck": "false"}),
        help_text=gettext_lazy("可以直接粘贴 Word 或网页内容，格式会自动整理。没有编辑工具栏时，段落之间空一行即可。"),
    )
    issuer_name = _text(gettext_lazy("发文机关"), 200, gettext_lazy("填写全称，不用简称；联合发文的，填写编号的机关。"))
    joint_issuers = forms.CharField(
        label=gettext_lazy("联合发文机关"),
        required=False,
        max_length=2000,
        widget=_area(2),
        help_text=gettext_lazy("一行一个。每个机关都要在发布以前表示同意公开。"),
    )
    made_on = _day(gettext_lazy("成文日期"), gettext_lazy("公文为签发日期，其他信息为首次完整形成的日期。"))
    formed_on = _day(
        gettext_lazy("形成或变更日期"), gettext_lazy("与成文日期不同时填写；20个工作日的公开期限由此起算。")
    )
    open_type = forms.ChoiceField(
        label=gettext_lazy("公开属性"),
        choices=OpenType.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("拟稿时确定。只有“主动公开”的可以发布，其他的只能留作草稿。"),
    )
    source = _text(gettext_lazy("来源"), 120)
    author = _text(gettext_lazy("责任编辑"), 40)
    subject = forms.ChoiceField(label=gettext_lazy("主题分类"), required=False)
    keywords = _text(gettext_lazy("主题词"), 120, gettext_lazy("几个词，用空格隔开。"))
    audience = _text(gettext_lazy("服务对象"), 60, gettext_lazy("例如：企业、老年人。"))
    review_due = _day(gettext_lazy("复核日期"), gettext_lazy("到这一天提醒核对内容是否仍然准确。"))
    document_class = forms.ChoiceField(
        label=gettext_lazy("文件类别"),
        required=False,
        choices=[("", gettext_lazy("不是政策文件")), *DocumentClass.choices],
        help_text=gettext_lazy("政策文件发布时自动登记，有效性由登记管理。"),
    )
    document_number = _text(
        gettext_lazy("发文字号"), 80, gettext_lazy("例如：演政办〔2024〕3号；括号和数字会自动规范。")
    )
    genre = forms.ChoiceField(
        label=gettext_lazy("体裁"),
        required=False,
        choices=[("", gettext_lazy("请选择")), *((genre, genre) for genre in GENRES)],
    )
    in_force_from = _day(gettext_lazy("施行日期"), gettext_lazy("不填为成文之日起施行。"))
    last_day = _day(gettext_lazy("有效期至"), gettext_lazy("有效期的最后一天；没有规定有效期的不填。"))
    title_note = forms.CharField(
        label=gettext_lazy("题注"),
        required=False,
        max_length=1000,
        widget=_area(2),
        help_text=gettext_lazy("规章：公布和历次修改的日期、文号。"),
    )
    form = forms.ChoiceField(
        label=gettext_lazy("解读形式"),
        required=False,
        choices=[("", gettext_lazy("不是政策解读")), *InterpretationForm.choices],
    )
    interprets = forms.MultipleChoiceField(
        label=gettext_lazy("所解读的政策文件"), required=False, widget=forms.CheckboxSelectMultiple
    )
    policy_q = forms.CharField(label=gettext_lazy("查找政策文件"), required=False, max_length=80)
    new_files = ItemFilesField(label=gettext_lazy("添加附件"), required=False)
    file_text = UploadField(
        label=gettext_lazy("从文件读入正文"), required=False, help_text=gettext_lazy("Word（DOCX）或纯文本（TXT）。")
    )

    def __init__(
        self, *args: Any, revision: Revision, policies: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.revision = revision
        if revision.purpose == Purpose.WITHDRAW:
            self.fields = {"changes": self.fields["changes"]}
        else:
            self._offer(revision, policies or {})
        for field in self.fields.values():
            if not isinstance(field, forms.FileField):
                field.error_messages.update(_WORDS)
        if revision.purpose != Purpose.PUBLISH:
            label = _("撤下理由") if revision.purpose == Purpose.WITHDRAW else _("更正理由")
            hint = _("公众会看到这一理由。") if revision.purpose == Purpose.WITHDRAW else ""
            self.fields["reason"] = _text(label, 300, hint, widget=_area(2))

    def _offer(self, revision: Revision, policies: Mapping[str, str]) -> None:
        """What can be chosen."""
        agency = revision.item.agency
        self.fields["column"].choices = column_choices(agency, revision.column)  # type: ignore[attr-defined]
        known = [("", _("请选择")), *((name, name) for name in subjects())]
        self.fields["subject"].choices = _with(known, revision.subject)  # type: ignore[attr-defined]
        self.fields["interprets"].choices = list(policies.items())  # type: ignore[attr-defined]

    @property
    def marked(self) -> frozenset[str]:
        """The fields that must be filled before it is submitted, for the column as it is chosen now."""
        node = tree().by_id.get(self._column_id)
        return required(node.content_class if node else "")

    @property
    def _column_id(self) -> int:
        value = str(self["column"].value() or "")
        return int(value) if value.isascii() and value.isdecimal() else 0

    @property
    def groups(self) -> Iterator[tuple[Any, list[tuple[forms.BoundField, bool]]]]:
        marked = self.marked
        for heading, names in GROUPS:
            yield heading, [(self[name], name in marked) for name in names]

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, as `edit_revision` takes it; what could not be read is left out."""
        data = {name: value for name, value in self.cleaned_data.items() if name in FIELDS}
        if "joint_issuers" in data:
            data["joint_issuers"] = data["joint_issuers"].splitlines()
        if "column" in data:
            data["column"] = Column.objects.filter(pk=int(data["column"])).first() if data["column"] else None
        return data

    @property
    def interpreted(self) -> list[int] | None:
        chosen = self.cleaned_data.get("interprets")
        return None if chosen is None else [int(key) for key in chosen]


def as_typed(revision: Revision, addresses: Mapping[str, str]) -> dict[str, Any]:
    """The form of a revision as it is kept."""
    data = {name: getattr(revision, name) for name in FIELDS if name != "column"}
    return {
        **data,
        "column": str(revision.column_id or ""),
        "joint_issuers": "\n".join(revision.joint_issuers),
        "body": shown(revision.body, addresses),
        "interprets": [str(key) for key in revision.interprets.values_list("pk", flat=True)],
        "changes": revision.changes,
    }


def column_choices(agency: Agency, kept: Column | None = None) -> list[Any]:
    """The leaves of the agency, by block; a column that is none any more stays while the draft has it."""
    found: list[Any] = [("", _("请选择"))]
    columns = tree()
    for block in columns.of(agency.pk):
        leaves = [(str(node.id), _way(columns, block, node)) for node in block.walk() if node.is_leaf]
        if leaves:
            found.append((block.name, leaves))
    listed = {key for _name, leaves in found[1:] for key, _label in leaves}
    if kept is not None and str(kept.pk) not in listed:
        found.append((_("原栏目（已不能选用）"), [(str(kept.pk), kept.name)]))
    return found


def _way(columns: Tree, block: Node, leaf: Node) -> str:
    path = columns.path(leaf.code)
    names = [node.name for node in path if node.id != block.id] or [leaf.name]
    return " / ".join(names)


def _with(choices: list[Any], kept: str) -> list[Any]:
    return choices if not kept or any(key == kept for key, _label in choices) else [*choices, (kept, kept)]


class BeginForm(forms.Form):
    """A new item: for whom, where, under which title."""

    agency = forms.ChoiceField(label=gettext_lazy("机关"))
    column = forms.ChoiceField(
        label=gettext_lazy("栏目"), required=False, help_text=gettext_lazy("以后也可以选择或更换。")
    )
    title = _text(gettext_lazy("标题"), 300)

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {str(agency.pk): agency for agency in agencies}
        self.fields["agency"].choices = [(key, agency.name) for key, agency in self.agencies.items()]  # type: ignore[attr-defined]
        self.fields["column"].choices = column_choices(agencies[0])  # type: ignore[attr-defined]
        if len(agencies) == 1:
            self.fields["agency"].widget = forms.HiddenInput()
            self.fields["agency"].initial = str(agencies[0].pk)

    @property
    def chosen(self) -> tuple[Agency, Column | None]:
        data = self.cleaned_data
        return self.agencies[data["agency"]], Column.objects.filter(pk=data["column"]).first() if data[
            "column"
        ] else None


class ReasonForm(forms.Form):
    """Why something is corrected, withdrawn or given up."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=300, widget=_area(3),
        error_messages={**_WORDS, "required": gettext_lazy("请写明理由。")},
    )  # fmt: skip


class ListForm(forms.Form):
    """What a list is narrowed to."""

    q = forms.CharField(label=gettext_lazy("标题、文号、索引号"), required=False, max_length=80)
    column = forms.ChoiceField(label=gettext_lazy("栏目"), required=False)
    year = forms.IntegerField(label=gettext_lazy("年份"), required=False, min_value=1990, max_value=2100)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["column"].choices = column_choices(agency)  # type: ignore[attr-defined]


def label_policies(items: list[Item], label: Any) -> dict[str, str]:
    return {str(item.pk): f"{label(item)}　{item.agency.short_name}" for item in items}
