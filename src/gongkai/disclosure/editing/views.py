"""Items at the desk: the list, one item, begin, correct, withdraw, give up, look at it as the public will."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import agencies_of, roles_held
from gongkai.agencies.signed_in import person_of
from gongkai.config.asked import whole_number
from gongkai.disclosure.actions.abandon_revision import abandon_revision
from gongkai.disclosure.actions.begin_correction import begin_correction, begin_withdrawal
from gongkai.disclosure.actions.begin_item import begin_item
from gongkai.disclosure.actions.suspend_item import suspend_item
from gongkai.disclosure.editing.forms import BeginForm, ListForm, ReasonForm
from gongkai.disclosure.editing.item_page import ItemPage, desk_address, item_page
from gongkai.disclosure.editing.lists import TABS, Wanted, listed
from gongkai.disclosure.errors import RevisionNotFound
from gongkai.disclosure.reviewing.differences import differences
from gongkai.disclosure.visibility import revisions_for
from gongkai.documents.serving import file_response
from gongkai.law.errors import LawError
from gongkai.law.publication import WRITERS


def words(error: LawError) -> str:
    """The refusal in the language of the page."""
    return error.message.of(get_language() or "")


def refuse(form: Any, error: LawError) -> None:
    """The refusal at its field."""
    field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
    form.add_error(field, words(error))


def _writes_for(request: HttpRequest) -> list[Agency]:
    held = roles_held(person_of(request))
    writing = [agency for agency, roles in held.items() if WRITERS & roles]
    return list(agencies_of(person_of(request)).filter(pk__in=writing))


@never_cache
@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """The items of one of the person's agencies, by where they stand."""
    person = person_of(request)
    held = roles_held(person)
    agencies = list(Agency.objects.filter(pk__in=held).order_by("path"))
    if not agencies:
        raise Http404
    asked = request.GET.get("agency", "")
    agency = next((one for one in agencies if one.slug == asked), agencies[0])
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "mine"
    form = ListForm(request.GET, agency=agency)
    form.is_valid()  # what is nonsense is left out
    narrowed: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if value}
    column = int(narrowed["column"]) if "column" in narrowed else None
    before = whole_number(request.GET.get("before", ""))
    wanted = Wanted(tab, column, narrowed.get("year"), narrowed.get("q", ""), before)
    rows, more = listed(person, agency, wanted)
    base = {"agency": agency.slug, "tab": tab, **narrowed}
    context = {
        "agency": agency, "agencies": agencies, "tab": tab, "form": form, "rows": rows, "narrowed": narrowed,
        "may_begin": bool(WRITERS & held[agency.pk]),
        "tabs": [(key, name, f"?{urlencode({**base, 'tab': key})}") for key, name in TABS.items()],
        "next_url": f"?{urlencode({**base, 'before': more})}" if more else "",
        "first_url": f"?{urlencode(base)}" if wanted.before else "",
    }  # fmt: skip
    return render(request, "disclosure/items.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def item_new(request: HttpRequest) -> HttpResponse:
    """Begin an item; with a suggestion (`draft`) nothing more is asked."""
    agencies = _writes_for(request)
    if not agencies:
        raise NotAllowed
    chosen = request.GET.get("agency", "")
    agencies.sort(key=lambda one: one.slug != chosen)
    form = BeginForm(request.POST if request.method == "POST" else None, agencies=agencies)
    if form.is_bound:
        try:
            if (draft := whole_number(request.POST.get("draft", ""))) is not None:
                revision = begin_item(actor=person_of(request), agency=agencies[0], draft_id=draft)
                return redirect("desk:item_edit", revision.item_id)
            if form.is_valid():
                agency, column = form.chosen
                title = form.cleaned_data["title"]
                revision = begin_item(actor=person_of(request), agency=agency, column=column, title=title)
                return redirect("desk:item_edit", revision.item_id)
        except LawError as error:
            refuse(form, error)
    return render(request, "disclosure/item_new.html", {"form": form})


@never_cache
@require_safe
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Where it stands, its history, what can be done next."""
    return render(request, "disclosure/item.html", {"page": item_page(person_of(request), item_id)})


@never_cache
@require_safe
def preview(request: HttpRequest, item_id: int) -> HttpResponse:
    """As the public will see it."""
    from gongkai.disclosure.columns.selectors import tree
    from gongkai.disclosure.public.item_body import item_body

    page = item_page(person_of(request), item_id)
    row = page.shown
    way = tree().path(row.column.code) if row.column else ()
    context = {
        "page": page, "item": page.item, "agency": page.item.agency, "way": way,
        **item_body(row, page.attachments, desk_address(row)),
    }  # fmt: skip
    return render(request, "disclosure/item_preview.html", context)


@never_cache
@require_safe
def compare(request: HttpRequest, item_id: int, before: int, after: int) -> HttpResponse:
    """What one version says otherwise than another."""
    page = item_page(person_of(request), item_id)
    rows = {row.number: row for row in page.item.revisions.select_related("column", "made_by")}
    if before not in rows or after not in rows:
        raise RevisionNotFound
    context = {
        "page": page, "before": rows[before], "after": rows[after], "told": differences(rows[before], rows[after]),
    }  # fmt: skip
    return render(request, "disclosure/item_compare.html", context)


@never_cache
@require_safe
def revision_file(request: HttpRequest, revision_id: int, digest: str) -> HttpResponse:
    """A file of a revision, for who may see the revision."""
    revision = revisions_for(person_of(request)).filter(pk=revision_id).first()
    row = revision and revision.attachments.select_related("document").filter(document__digest=digest).first()
    if not row:
        raise RevisionNotFound
    return file_response(row.document, name=row.name, download=False)


# --- Acts that ask for a reason -----------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, item_id: int) -> HttpResponse:
    """Begin a correction."""
    told = (
        _("更正已发布的信息"),
        _("更正稿以现在公开的内容为底稿，经过同样的审核以后发布；在此以前公众看到的不变。"),
        _("开始更正"),
    )
    return _with_reason(request, item_id, told, lambda page, reason: begin_correction(
        actor=page.person, item_id=page.item.pk, reason=reason), "desk:item_edit")  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, item_id: int) -> HttpResponse:
    """Begin a withdrawal."""
    told = (_("撤下已发布的信息"), _("撤下也要经过审核。撤下以后网址仍在，公众会看到撤下的理由。"), _("开始撤下"))
    return _with_reason(request, item_id, told, lambda page, reason: begin_withdrawal(
        actor=page.person, item_id=page.item.pk, reason=reason), "desk:item")  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suspend(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take what leaked off the site at once."""
    told = (
        _("紧急下线"),
        _(
            "用于已公开的信息泄露秘密、个人隐私等紧急情形。确认以后公众立即不能看到网页、附件和下载，之后须在规定时间内决定撤下或者更正后恢复。理由只供内部核查，公众看不到；请不要在理由中重复泄露的内容。"
        ),
        _("立即下线"),
    )
    return _with_reason(request, item_id, told, lambda page, reason: suspend_item(
        actor=page.person, item_id=page.item.pk, reason=reason), "desk:item")  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, item_id: int) -> HttpResponse:
    """Give the draft up."""

    def act(page: ItemPage, reason: str) -> object:
        if page.under_way is None:
            raise RevisionNotFound
        return abandon_revision(actor=page.person, revision_id=page.under_way.pk, reason=reason)

    told = (_("放弃草稿"), _("草稿留存备查，不再办理；已经公开的内容不变。"), _("放弃"))
    return _with_reason(request, item_id, told, act, "desk:item")


def _with_reason(
    request: HttpRequest, item_id: int, told: tuple[str, str, str], act: Callable[[ItemPage, str], object], then: str
) -> HttpResponse:
    page = item_page(person_of(request), item_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            act(page, form.cleaned_data["reason"])
            messages.success(request, _("已办理。"))
            return redirect(then, item_id)
        except LawError as error:
            refuse(form, error)
    context = {"page": page, "form": form, "heading": told[0], "lead": told[1], "button": told[2]}
    return render(request, "disclosure/item_reason.html", context)
