"""Files in quarantine: the list, what an administrator decides, and the way out. No browser ever opens one here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.actions.quarantine import LONGEST_REASON, destroy, release, rescan, take_out
from gongkai.agencies.models import Person
from gongkai.agencies.signed_in import person_of
from gongkai.applications.desk_forms import in_words
from gongkai.config.asked import whole_number
from gongkai.desk.office_views import for_administrators
from gongkai.desk.quarantine_page import PAGE, quarantine_rows
from gongkai.desk.views import told_beside
from gongkai.documents.models import Quarantined, QuarantineState
from gongkai.documents.serving import bytes_response
from gongkai.law.errors import LawError
from gongkai.law.texts import Text

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("理由"), max_length=LONGEST_REASON)


@never_cache
@require_safe
def quarantine_list(request: HttpRequest) -> HttpResponse:
    """`?state=` shows one state, `?before=` pages on."""
    state, before = request.GET.get("state", ""), whole_number(request.GET.get("before", ""))
    rows = quarantine_rows(person_of(request), state, before)
    if rows is None:
        return render(request, "403.html", status=403)
    context = {
        "rows": rows[:PAGE],
        "next": rows[PAGE - 1].file.pk if len(rows) > PAGE else None,
        "state": state,
        "states": QuarantineState.choices,
    }
    return render(request, "desk/quarantine.html", context)


@dataclass(frozen=True)
class Act:
    """What can be decided about a file: its words, and what does it. It gives what is told afterwards."""

    question: StrPromise
    action: StrPromise
    consequence: Text
    do: Callable[[Person, int, str], str]


def _rescan(actor: Person, pk: int, reason: str) -> str:
    finding = rescan(actor=actor, quarantined_id=pk, reason=reason)
    return in_words(finding.message) if finding else _("重新检查没有发现问题，可以放行。")


def _release(actor: Person, pk: int, reason: str) -> str:
    row = release(actor=actor, quarantined_id=pk, reason=reason)
    return _("已放行，可以下载：%(name)s") % {"name": row.name}


def _destroy(actor: Person, pk: int, reason: str) -> str:
    row = destroy(actor=actor, quarantined_id=pk, reason=reason)
    return _("已销毁：%(name)s") % {"name": row.name}


ACTS = {
    "rescan": Act(
        gettext_lazy("重新扫描这个文件？"),
        gettext_lazy("重新扫描"),
        Text(
            "文件按现在的规则和病毒库再检查一遍，结果记入操作留痕；文件仍然隔离。",
            "The file is checked once more by the rules and signatures of today; the result goes into the ledger, and "
            "the file stays in quarantine.",
        ),
        _rescan,
    ),
    "release": Act(
        gettext_lazy("放行这个文件？"),
        gettext_lazy("放行"),
        Text(
            "先再检查一遍；没有问题的，管理员可以下载。它不会自动加入任何办件。",
            "It is checked once more; if nothing is found, administrators can download it. It joins no case by itself.",
        ),
        _release,
    ),
    "destroy": Act(
        gettext_lazy("销毁这个文件？"),
        gettext_lazy("销毁"),
        Text("文件内容被删除，不能恢复；登记保留。", "The content is deleted for good; the entry stays."),
        _destroy,
    ),
}


@never_cache
@for_administrators
def quarantine_act(request: HttpRequest, quarantined_id: int, act: str) -> HttpResponse:
    """Ask, with a reason, and do it."""
    if act not in ACTS:
        raise Http404
    row, chosen = get_object_or_404(Quarantined, pk=quarantined_id), ACTS[act]
    form = ReasonForm(request.POST if request.method == "POST" else None)
    refusal: LawError | None = None
    if form.is_bound and form.is_valid():
        try:
            messages.success(request, chosen.do(person_of(request), row.pk, form.cleaned_data["reason"]))
            return redirect("desk:quarantine")
        except LawError as error:
            refusal = told_beside(form, error)
    context = {
        "question": chosen.question,
        "consequences": [Text(f"文件：{row.name}", f"File: {row.name}"), chosen.consequence],
        "action": chosen.action,
        "back": reverse("desk:quarantine"),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "desk/confirm.html", context)


@never_cache
@require_POST
def quarantine_take_out(request: HttpRequest, quarantined_id: int) -> HttpResponse:
    """A released file, to be saved and never shown: as bytes of no kind."""
    try:
        row, data = take_out(actor=person_of(request), quarantined_id=quarantined_id)
    except LawError as error:
        messages.error(request, in_words(error.message))
        return redirect("desk:quarantine")
    response = bytes_response(data, row.name, "application/octet-stream")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
