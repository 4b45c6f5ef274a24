"""Forms for what comes from below: files, whose a file is, the parent's word."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.annual_report.actions.receive_file import AS_NAMED
from gongkai.annual_report.models import IncomingFile
from gongkai.annual_report.reasons import LONGEST
from gongkai.annual_report.tree import children_of
from gongkai.applications.asking import ask_by_name
from gongkai.documents.gate import Limits, usual
from gongkai.documents.upload_fields import UploadsField

#: What is not taken at all; a choice beside the agencies.
NOT_TAKEN = "none"
#: Files of one form: as many as the server takes in one request.
MOST_FILES = 30


class ReportsField(UploadsField):
    """Reports come by the dozen."""

    @property
    def limits(self) -> Limits:
        own = usual()
        return Limits(size=own.size, files=MOST_FILES, total=own.total)


class FilesForm(forms.Form):
    """Children's reports, many at once."""

    reports = ReportsField(
        label=_("下级机关的年度报告"),
        help_text=_("Word、PDF、Excel 或者文本文件，一次最多30个。机关按标题识别，不能确定的，稍后请您确认。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_by_name(self)


class WhoseForm(forms.Form):
    """Whose report a file is."""

    child = forms.ChoiceField(label=_("这是哪个机关的报告"))

    def __init__(self, *args: Any, file: IncomingFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_by_name(self)
        children: list[tuple[int, str]] = list(children_of(file.parent).values_list("pk", "name"))
        likely = [(str(pk), name) for pk, name in children if pk in file.candidates]
        others = [(str(pk), name) for pk, name in children if pk not in file.candidates]
        named = [(str(AS_NAMED), _("目录以外的机关：%s") % file.agency_name)] if file.agency_name else []
        rest = [*named, (NOT_TAKEN, _("不接收这个文件"))]
        grouped = [("", "—"), (_("可能是"), likely), (_("其他下级机关"), others), (_("都不是"), rest)]
        self.fields["child"].choices = [one for one in grouped if one[1]]  # type: ignore[attr-defined]

    @property
    def said(self) -> int | None:
        """As `settle_file` takes it."""
        chosen = self.cleaned_data["child"]
        return None if chosen == NOT_TAKEN else int(chosen)


def _words(label: Any, *, required: bool, rows: int) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=area)


class SendBackForm(forms.Form):
    """Why it goes back."""

    remark = _words(_("退回意见"), required=True, rows=6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_by_name(self)


class AcceptForm(forms.Form):
    """Into the sum; why, where there are errors."""

    blank_is_zero = forms.BooleanField(label=_("没有读到数字的格，经核对都是零"), required=False)
    reason = _words(_("采用的理由"), required=False, rows=3)

    def __init__(self, *args: Any, blank: int, errors_found: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not blank:
            del self.fields["blank_is_zero"]
        if not blank and not errors_found:
            del self.fields["reason"]
