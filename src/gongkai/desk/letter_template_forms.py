"""Forms of an agency's own wording of a paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.selectors import today
from gongkai.applications.actions.set_letter_template import LONGEST
from gongkai.applications.asking import ask_by_name
from gongkai.applications.desk_forms import SLOT_PREFIX, day_field, in_words
from gongkai.applications.letters import Slot, SlotKind
from gongkai.applications.models import Application, LetterForm
from gongkai.applications.selectors.letter_templates import TemplatePage
from gongkai.documents.upload_fields import UploadField


class WordingForm(forms.Form):
    """The open places of a paper: what the agency adds, and from when."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    form = forms.ChoiceField(label=_("版式"), choices=LetterForm.choices, widget=forms.RadioSelect)
    closing = forms.CharField(
        label=_("结尾段落"), required=False, max_length=LONGEST["closing"], widget=forms.Textarea(attrs={"rows": 3})
    )
    note = forms.CharField(
        label=_("附注"),
        required=False,
        max_length=LONGEST["note"],
        help_text=_("印在成文日期下面的括号里；不填的，写联系电话。"),
    )
    copies = forms.CharField(
        label=_("抄送"),
        required=False,
        max_length=LONGEST["copies"],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("一行一个机关；只有文件格式写抄送。"),
    )
    word = UploadField(
        label=_("本机关的Word模板"),
        required=False,
        help_text=_("可以不传。只能使用列出的空位，含宏、外部链接的不接收。"),
    )
    keep_word = forms.BooleanField(label=_("继续使用现有的Word模板"), required=False)
    owner = forms.CharField(label=_("归口科室"), max_length=LONGEST["owner"], help_text=_("谁负责维护这份模板。"))
    since = day_field(_("启用日期"), help_text=_("从这一天起制发的文书使用；已制发的文书不变。"))

    def __init__(self, *args: Any, page: TemplatePage, **kwargs: Any) -> None:
        kwargs["initial"] = {**_initial(page), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        names = "、".join(f"{{{name}}}" for name in page.placeholders)
        help_text = _("印在救济途径之前（没有救济途径的，印在正文最后）。可以使用：{names}。")
        self.fields["closing"].help_text = format_lazy(help_text, names=names)
        if page.newest is None or page.newest.word is None:
            del self.fields["keep_word"]
        self.places = page.open_places
        for slot in self.places:
            self.fields[SLOT_PREFIX + slot.name] = _default_field(slot)
        ask_by_name(self)
        first = ["form", *(SLOT_PREFIX + slot.name for slot in self.places)]
        self.order_fields([*first, "closing", "note", "copies", "word", "keep_word", "owner", "since"])

    def wording(self) -> dict[str, Any]:
        """What the letter is made of."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("form", "closing", "note", "copies")},
            "defaults": {slot.name: data[SLOT_PREFIX + slot.name] for slot in self.places},
        }

    def version(self) -> dict[str, Any]:
        """The whole version, as the action takes it."""
        data = self.cleaned_data
        kept = {name: data[name] for name in ("word", "owner", "since", "seen")}
        return {**self.wording(), **kept, "keep_word": data.get("keep_word", False)}


def _initial(page: TemplatePage) -> dict[str, Any]:
    newest = page.newest
    if newest is None or newest.retired:
        owner = newest.owner if newest else page.agency.office_name[: LONGEST["owner"]]
        usual = {"form": LetterForm.LETTER.value, "owner": owner}
    else:
        usual = {name: getattr(newest, name) for name in ("form", "closing", "note", "copies", "owner")}
        usual |= {SLOT_PREFIX + name: text for name, text in newest.defaults.items()}
    since = max(today(), newest.since) if newest else today()
    return {**usual, "keep_word": True, "since": since, "seen": newest.version if newest else 0}


def _default_field(slot: Slot) -> forms.CharField:
    """The usual words of an open place: the drafter finds them there, and may write others."""
    widget = forms.Textarea(attrs={"rows": 3}) if slot.kind is SlotKind.PASSAGE else forms.TextInput()
    label = format_lazy(_("默认内容：{place}"), place=in_words(slot.label))
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST["defaults"],
        widget=widget,
        help_text=_("预先填入办理意见表单的这一项，承办人可以改。可以不填。"),
    )


class RetireForm(forms.Form):
    """From when on the shared template holds again."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    since = day_field(_("停用日期"), help_text=_("从这一天起恢复使用通用模板。"))

    def __init__(self, *args: Any, page: TemplatePage, **kwargs: Any) -> None:
        newest = page.newest
        since = max(today(), newest.since) if newest else today()
        kwargs["initial"] = {"since": since, "seen": newest.version if newest else 0}
        super().__init__(*args, **kwargs)
        ask_by_name(self)


class PreviewForm(forms.Form):
    """With which case a wording is looked at."""

    case = forms.ChoiceField(label=_("用哪一件预览"), required=False)

    def __init__(self, *args: Any, cases: list[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(case.pk), case.number) for case in cases]
        self.fields["case"].choices = [("", _("虚构的示例")), *offered]  # type: ignore[attr-defined]
