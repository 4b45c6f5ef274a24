"""The reviews at the desk: what waits, one revision with everything a reviewer needs, its acts, its sheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.errors import Invalid
from gongkai.agencies.selectors import today
from gongkai.agencies.signed_in import person_of
from gongkai.config.asked import whole_number
from gongkai.disclosure.reviewing.acts import ACTS
from gongkai.disclosure.reviewing.page import ReviewPage, revision_for
from gongkai.disclosure.reviewing.sheet import review_sheet, sheet_name
from gongkai.disclosure.reviewing.waiting import under_way, waiting_for
from gongkai.documents.serving import bytes_response, file_response
from gongkai.law.errors import LawError

#: So many a page.
PAGE = 50


@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for this person, due first; with `?others=1` what is with others or waits for its hour."""
    person, others = person_of(request), request.GET.get("others") == "1"
    rows = under_way(person, today()) if others else waiting_for(person, today())
    start = whole_number(request.GET.get("from", "")) or 0
    more = f"?{'others=1&' if others else ''}from={start + PAGE}" if len(rows) > start + PAGE else ""
    context = {
        "rows": rows[start : start + PAGE], "others": others, "count": len(rows), "next_url": more,
        "first_url": request.path + ("?others=1" if others else "") if start else "",
    }  # fmt: skip
    return render(request, "disclosure/reviews.html", context)


def _page(request: HttpRequest, revision_id: int) -> ReviewPage:
    person = person_of(request)
    return ReviewPage(person, revision_for(person, revision_id))


@never_cache
@require_safe
def review(request: HttpRequest, revision_id: int) -> HttpResponse:
    """The content as the public will see it, what was found and said of it, and the forms of what one may do."""
    return _show(request, _page(request, revision_id))


def _show(
    request: HttpRequest, page: ReviewPage, name: str = "", form: Any = None, refusal: LawError | None = None
) -> HttpResponse:
    forms = {each.name: each.blank(page) for each in ACTS.values() if each.name != name and each.open_to(page)}
    if form is not None and name in ACTS:
        forms[name] = form
    context = {
        "page": page, "revision": page.revision, "item": page.item, "forms": forms, "form": form, "refusal": refusal,
        "acted": name, "looks_again": request.method == "GET" and page.scanning, **page.body,
        "agency": page.agency, "way": [page.revision.column] if page.revision.column else [],
    }  # fmt: skip
    return render(request, "disclosure/review.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, revision_id: int, act: str) -> HttpResponse:
    """One act. Refused, the page comes back with what was typed; looked at, it is the page itself."""
    if act not in ACTS:
        raise Http404
    page, taken = _page(request, revision_id), ACTS[act]
    if request.method != "POST":
        return redirect("desk:review", revision_id)
    form = taken.bound(page, request)
    refusal: LawError | None = None
    if form.is_valid():
        try:
            taken.do(page, form)
            messages.success(request, _("已办理：%(act)s。") % {"act": taken.label.of(get_language() or "")})
            return redirect("desk:review", revision_id)
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, error.message.of(get_language() or ""))
        except LawError as error:
            refusal = error
    return _show(request, _page(request, revision_id), act, form, refusal)


@never_cache
@require_safe
def attachment(request: HttpRequest, revision_id: int, attachment_id: int) -> HttpResponse:
    """A file of the revision, for who may read it."""
    revision = _page(request, revision_id).revision
    found = get_object_or_404(revision.attachments.select_related("document"), pk=attachment_id)
    return file_response(found.document, name=found.name, download="open" not in request.GET)


@never_cache
@require_safe
def paper(request: HttpRequest, revision_id: int, consent_id: int) -> HttpResponse:
    """The written word of a body that agreed or did not."""
    revision = _page(request, revision_id).revision
    found = get_object_or_404(revision.consents.select_related("paper"), pk=consent_id, paper__isnull=False)
    assert found.paper is not None, "asked for"
    return file_response(found.paper)


@never_cache
@require_safe
def sheet(request: HttpRequest, revision_id: int) -> HttpResponse:
    """审查单 as a page."""
    page = _page(request, revision_id)
    context = {"page": page, "revision": page.revision, "sheet": review_sheet(page.revision)}
    return render(request, "disclosure/review_sheet.html", context)


@never_cache
@require_safe
def sheet_pdf(request: HttpRequest, revision_id: int) -> HttpResponse:
    """审查单 as PDF, to be printed and filed."""
    from gongkai.documents.typesetting import MEDIA_TYPE, render_pdf

    revision = _page(request, revision_id).revision
    name = sheet_name(revision).of(get_language() or "")
    return bytes_response(render_pdf(review_sheet(revision)), name, MEDIA_TYPE, inline=True)
