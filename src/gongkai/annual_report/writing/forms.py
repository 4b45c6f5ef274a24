"""Forms of the report as it is written: the words of a section with figures to insert, the acts, the answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.annual_report.actions.submit import LONGEST_ANSWER
from gongkai.annual_report.actions.write_section import LONGEST
from gongkai.annual_report.figure_groups import groups, place_of
from gongkai.annual_report.linked_figures import UnknownFigure, figure
from gongkai.annual_report.reasons import LONGEST as LONGEST_REASON
from gongkai.annual_report.writing.checks import Note
from gongkai.applications.asking import ask_by_name
from gongkai.applications.desk_forms import in_words
from gongkai.law.report_form import Tables, cells
from gongkai.law.report_procedure import ACTS, ReportAct

#: How a figure is said; `share` needs a whole.
MANNERS = [
    ("", _("数字")),
    ("last", _("上年的数字")),
    ("more", _("比上年增加或减少多少")),
    ("change", _("比上年增长或下降百分之几")),
    ("share", _("占比（百分之几）")),
]
WHOLES = ("t3.total.total", "t3.received.total", "t4.reconsideration.total", "t4.litigation.total")


def link_of(quantity: str, manner: str, whole: str) -> str:
    """What stands in the text for a figure that was chosen."""
    said = f"share {quantity} of {whole}" if manner == "share" else f"{manner} {quantity}".strip()
    return f"{{{{ {said} }}}}"


class SectionForm(forms.Form):
    """The words of a section. `seen`: the version they began from."""

    text = forms.CharField(
        label=_("内容"), required=False, max_length=LONGEST, strip=False, widget=forms.Textarea(attrs={"rows": 16})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    quantity = forms.ChoiceField(label=_("数据"), required=False)
    manner = forms.ChoiceField(label=_("写法"), required=False, choices=MANNERS)
    whole = forms.ChoiceField(label=_("占比的分母"), required=False)

    def __init__(self, *args: Any, tables: Tables, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = name
        self.fields["quantity"].choices = [("", "—"), *quantities(tables)]  # type: ignore[attr-defined]
        self.fields["whole"].choices = [(name, _named(name, tables)) for name in WHOLES]  # type: ignore[attr-defined]
        ask_by_name(self)

    @property
    def insertion(self) -> list[forms.BoundField]:
        """The fields of the figure to insert."""
        return [self[name] for name in ("quantity", "manner", "whole")]

    @property
    def inserted(self) -> str:
        """The link that was asked for; empty where no figure was chosen."""
        chosen = self.cleaned_data
        return link_of(chosen["quantity"], chosen["manner"], chosen["whole"]) if chosen["quantity"] else ""


def quantities(tables: Tables) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Every cell and group with its number, by table, for a list to choose from."""
    names = [*cells(tables.form), *groups(tables.form)]
    for prefix, title in (("t3.", _("第三部分")), ("t2.", _("第二部分")), ("t4.", _("第四部分"))):
        yield str(title), [(name, _named(name, tables)) for name in names if name.startswith(prefix)]


def _named(name: str, tables: Tables) -> str:
    place = place_of(name, tables.form)
    try:
        value = figure(name, tables)
    except UnknownFigure:
        value = "—"
    said = in_words(place)
    return f"{said.partition('表格')[2] or said}：{value}"


class ActForm(forms.Form):
    """An act with its reason, and what its sender had seen."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    digest = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    reason = forms.CharField(
        label=_("理由"), required=False, max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, act: ReportAct, again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if act is ReportAct.PUBLISH and again:
            self.fields["reason"].label = _("变更理由（将向社会公布；不填的，公布重新编制的理由）")
        elif act is ReportAct.SUBMIT:
            self.fields["reason"].label = _("给审批人的说明（可以不填）")
        elif ACTS[act].reason:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]
        ask_by_name(self)


class SubmitForm(ActForm):
    """The submission: an answer to each doubt."""

    def __init__(self, *args: Any, notes: Sequence[Note], **kwargs: Any) -> None:
        super().__init__(*args, act=ReportAct.SUBMIT, **kwargs)
        self.asked = [note for note in notes if note.asks]
        for note in self.asked:
            self.fields[note.key] = forms.CharField(
                label=f"{in_words(note.place)}：{in_words(note.message)}",
                max_length=LONGEST_ANSWER,
                help_text=_("已核对，保留的理由："),
                error_messages={"required": _("请改正，或者写明保留的理由。")},
            )

    @property
    def answers(self) -> dict[str, str]:
        return {note.key: self.cleaned_data[note.key] for note in self.asked}
