"""遮盖 at the desk: the pages of an original as pictures, boxes drawn on them, and the copy that is made of it.

Each change is one form of its own, sent at once; the answer is the page as it is then. The script draws and sends the
same forms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.signed_in import person_of
from gongkai.applications.actions import change_boxes
from gongkai.applications.actions.begin_redaction import begin_redaction, drop_redaction
from gongkai.applications.actions.finish_redaction import ask_for_copy
from gongkai.applications.desk_forms import in_words
from gongkai.applications.models import RedactionBox
from gongkai.applications.redaction_engine import page_picture
from gongkai.applications.redaction_forms import BoxForm, form_of, new_box
from gongkai.applications.selectors import paper_for_reading
from gongkai.applications.selectors.redactions import RedactionPage, redaction_for_reading, redaction_page
from gongkai.config.asked import whole_number
from gongkai.law.errors import LawError
from gongkai.law.texts import Text
from gongkai.law.withholding import WithholdingGround


@never_cache
@require_POST
def begin(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Begin to redact a paper, or go on."""
    paper = paper_for_reading(person_of(request), paper_id)
    try:
        redaction = begin_redaction(paper_id=paper_id, actor=person_of(request))
    except LawError as error:
        messages.error(request, in_words(error.message))
        return redirect(reverse("desk:case", args=[paper.application_id]) + "#papers-title")
    return redirect("desk:redaction", redaction.pk)


@never_cache
@require_safe
def redaction(request: HttpRequest, redaction_id: int) -> HttpResponse:
    """One page of the original with its boxes; while a copy is made, how far that is."""
    page = redaction_page(person_of(request), redaction_id, number_in(request.GET.get("page", "")))
    return show(request, page)


def number_in(text: str) -> int:
    """The page that the address names; the first where it names none."""
    number = whole_number(text)
    return 1 if number is None else number


@dataclass(frozen=True)
class ShownBox:
    """A box as the page shows it: in thousandths of the page, and as a form."""

    box: RedactionBox
    form: BoxForm

    @property
    def label(self) -> Text:
        return WithholdingGround(self.box.ground).label

    @property
    def place(self) -> dict[str, str]:
        box = self.box
        edges = {"x": box.left, "y": box.top, "width": box.right - box.left, "height": box.bottom - box.top}
        return {name: f"{1000 * value:.2f}" for name, value in edges.items()}


def show(
    request: HttpRequest,
    page: RedactionPage,
    *,
    failed: BoxForm | None = None,
    refusal: LawError | None = None,
) -> HttpResponse:
    """`failed` is the form of a box that could not be taken, with what was typed: a new one's, or that of one there."""
    last = request.POST.get("ground", "") or request.GET.get("ground", "")
    of_one = _box_id(request) if failed is not None else 0
    context = {
        "page": page,
        "paper": page.redaction.paper,
        "application": page.redaction.paper.application,
        "new": new_box(page.number, last) if failed is None or of_one else failed,
        "boxes": [ShownBox(box, failed if failed and box.pk == of_one else form_of(box)) for box in page.boxes],
        "form": failed,
        "refusal": refusal,
    }
    return render(request, "applications/redaction.html", context)


@never_cache
@require_safe
def picture(request: HttpRequest, redaction_id: int, number: int) -> HttpResponse:
    """One page as a picture: for readers of the case, kept by nobody."""
    found = redaction_for_reading(person_of(request), redaction_id)
    if not 1 <= number <= found.pages:
        raise Http404
    try:
        response = HttpResponse(page_picture(found.paper.document, number), content_type="image/png")
    except LawError as error:  # too slow, too large, missing: the page stands, and its boxes can be seen
        response = HttpResponse(in_words(error.message), content_type="text/plain; charset=utf-8", status=503)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@require_POST
def change(request: HttpRequest, redaction_id: int) -> HttpResponse:
    """One change of the boxes. Refused, the page comes back as it is now, with the reason and what was typed."""
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    page = redaction_page(person_of(request), redaction_id, number_in(request.POST.get("page", "")))
    form = BoxForm(request.POST, auto_id="id_new_%s") if act in (_add, _edit) else None
    if form is not None and not form.is_valid():
        return show(request, page, failed=form)
    try:
        act(request, redaction_id, form)
    except LawError as error:
        fresh = redaction_page(person_of(request), redaction_id, page.number)
        return show(request, fresh, failed=form, refusal=error)
    address = f"{reverse('desk:redaction', args=[redaction_id])}?page={page.number}"
    ground = form.cleaned_data["ground"] if form is not None else ""
    return redirect(f"{address}&ground={ground}#boxes" if ground else f"{address}#boxes")


def _told(request: HttpRequest, redaction_id: int) -> dict[str, object]:
    """Which redaction, who, and how many changes they had seen."""
    return {
        "redaction_id": redaction_id,
        "actor": person_of(request),
        "seen": whole_number(request.POST.get("seen", "")),
    }


def _box_id(request: HttpRequest) -> int:
    return whole_number(request.POST.get("box", "")) or 0


def _add(request: HttpRequest, redaction_id: int, form: BoxForm | None) -> None:
    assert form is not None
    told, data = _told(request, redaction_id), form.cleaned_data
    change_boxes.add_box(**told, area=form.area(), ground=form.ground_chosen(), note=data["note"])  # type: ignore[arg-type]


def _edit(request: HttpRequest, redaction_id: int, form: BoxForm | None) -> None:
    assert form is not None
    change_boxes.edit_box(
        **_told(request, redaction_id),  # type: ignore[arg-type]
        box_id=_box_id(request),
        area=form.area(),
        ground=form.ground_chosen(),
        note=form.cleaned_data["note"],
    )


def _take(request: HttpRequest, redaction_id: int, form: BoxForm | None) -> None:
    change_boxes.take_box(**_told(request, redaction_id), box_id=_box_id(request))  # type: ignore[arg-type]


def _remove(request: HttpRequest, redaction_id: int, form: BoxForm | None) -> None:
    change_boxes.remove_box(**_told(request, redaction_id), box_id=_box_id(request))  # type: ignore[arg-type]


def _take_all(request: HttpRequest, redaction_id: int, form: BoxForm | None) -> None:
    rule = request.POST.get("rule", "")
    count = change_boxes.take_proposals(**_told(request, redaction_id), rule=rule)  # type: ignore[arg-type]
    messages.success(request, _("已采用 %(count)s 处扫描建议。") % {"count": count})


def _dismiss_all(request: HttpRequest, redaction_id: int, form: BoxForm | None) -> None:
    rule = request.POST.get("rule", "")
    count = change_boxes.dismiss_proposals(**_told(request, redaction_id), rule=rule)  # type: ignore[arg-type]
    messages.success(request, _("%(count)s 处扫描建议没有采用。") % {"count": count})


ACTS: Mapping[str, Callable[[HttpRequest, int, BoxForm | None], None]] = {
    "add": _add,
    "edit": _edit,
    "take": _take,
    "remove": _remove,
    "take_all": _take_all,
    "dismiss_all": _dismiss_all,
}


@never_cache
@require_POST
def finish(request: HttpRequest, redaction_id: int) -> HttpResponse:
    """Have the copy made."""
    page = redaction_page(person_of(request), redaction_id, number_in(request.POST.get("page", "")))
    told = _told(request, redaction_id)
    try:
        ask_for_copy(**told)  # type: ignore[arg-type]
    except LawError as error:
        return show(request, redaction_page(person_of(request), redaction_id, page.number), refusal=error)
    return redirect("desk:redaction", redaction_id)


@never_cache
@require_POST
def drop(request: HttpRequest, redaction_id: int) -> HttpResponse:
    """Give the draft up."""
    page = redaction_page(person_of(request), redaction_id, 1)
    try:
        paper = drop_redaction(**_told(request, redaction_id))  # type: ignore[arg-type]
    except LawError as error:
        return show(request, page, refusal=error)
    messages.success(request, _("已放弃遮盖，原件仍在材料中。"))
    return redirect(reverse("desk:case", args=[paper.application_id]) + "#papers-title")
