"""The desk's list of applications: the inbox with its filters, and what is done from it: assign, export, keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person, Unit
from gongkai.agencies.selectors import today
from gongkai.agencies.signed_in import person_of
from gongkai.applications.actions.assign import ASSIGNING_ROLES, assign
from gongkai.applications.actions.export_list import MOST, export_list
from gongkai.applications.actions.save_view import delete_view, save_view
from gongkai.applications.desk_forms import in_words
from gongkai.applications.exporting import MEDIA_TYPES, file_of
from gongkai.applications.inbox_forms import AssignForm, FilterForm, SaveViewForm, filters_of, query_of
from gongkai.applications.selectors import VIEWS, Around, Filters, Reader, around, reader_of
from gongkai.applications.selectors import inbox as inbox_page
from gongkai.applications.selectors.together import MOST as COUNTED
from gongkai.law.errors import LawError
from gongkai.law.procedure import Role


@dataclass(frozen=True)
class Listing:
    """A list that was asked for: who reads, what stands around it, which view, which filter."""

    reader: Reader
    around: Around
    view: str
    form: FilterForm
    filters: Filters

    @property
    def query(self) -> str:
        return query_of(self.view, self.filters)

    @property
    def address(self) -> str:
        return f"{reverse('desk:inbox')}?{self.query}"


def listing_of(person: Person, asked: QueryDict) -> Listing:
    """The list that an address asks for. Raises Http404 for a view that does not exist."""
    view = asked.get("view", "mine")
    if view not in VIEWS:
        raise Http404
    reader = reader_of(person)
    beside = around(reader)
    form = FilterForm(asked, beside)
    return Listing(reader, beside, view, form, filters_of(form))


@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What is to be done, the most urgent first."""
    return show(request, listing_of(person_of(request), request.GET), request.GET.get("after", ""))


def show(
    request: HttpRequest,
    listing: Listing,
    after: str = "",
    *,
    assigning: AssignForm | None = None,
    saving: SaveViewForm | None = None,
) -> HttpResponse:
    """The page of a list. `assigning` and `saving` are forms that were sent and could not be taken."""
    page = inbox_page(listing.reader, view=listing.view, filters=listing.filters, after=after)
    context = {
        "page": page,
        "view": listing.view,
        "tabs": _tabs(listing),
        "late": listing.around.counts.get("late", 0),
        "filter": listing.form,
        "filtered": listing.filters != Filters(),
        "query": listing.query,
        "saved": listing.around.saved,
        "assign": (assigning or AssignForm(None, listing.around)) if _assigns(listing.reader) else None,
        "save": saving or SaveViewForm(),
        "failed": assigning or saving,
        "most": MOST,
        "after": after,
        "next_url": f"{listing.address}&after={page.next_cursor}" if page.next_cursor else "",
        "first_url": listing.address if after else "",
    }
    return render(request, "applications/inbox.html", context)


def _assigns(reader: Reader) -> bool:
    """Whether this person gives out work anywhere."""
    return any(roles & (ASSIGNING_ROLES | {Role.UNIT_HEAD}) for roles in reader.held.values())


def _tabs(listing: Listing) -> list[dict[str, Any]]:
    """The views and the saved lists, each with its address and, where it is small, its number of cases."""
    here, counts = reverse("desk:inbox"), listing.around.counts
    kept = next((view for view in listing.around.saved if view.more == listing.query), None)
    names = {
        "mine": _("待我办理"), "unclaimed": _("未认领"), "open": _("在办"), "late": _("已超期"),
        "waiting": _("等待外部"), "all": _("全部"),
    }  # fmt: skip
    views = [
        {"name": name, "url": f"{here}?view={view}", "count": _count(counts.get(view)),
         "current": not kept and view == listing.view}
        for view, name in names.items()
    ]  # fmt: skip
    saved = [
        {"name": view.name, "url": f"{here}?{view.more}", "count": "", "current": view == kept}
        for view in listing.around.saved
    ]
    return views + saved


def _count(number: int | None) -> str:
    if number is None:
        return ""
    return f"{COUNTED - 1}+" if number >= COUNTED else str(number)


def _back(request: HttpRequest) -> Listing:
    """The list from which a form was sent: what it asked for comes along, and is read like any address."""
    return listing_of(person_of(request), QueryDict(request.POST.get("back", "")[:2000]))


@never_cache
@require_POST
def assign_cases(request: HttpRequest) -> HttpResponse:
    """分办: give the ticked cases away, all or none. Where that cannot be, the list comes back with everything typed."""
    listing = _back(request)
    form = AssignForm(request.POST, listing.around)
    if form.is_valid() and _assigned(person_of(request), form):
        number = len(form.cleaned_data["case"])
        done = ngettext("已分办 %(number)d 件。", "已分办 %(number)d 件。", number) % {"number": number}
        messages.success(request, done)
        return redirect(listing.address)
    return show(request, listing, request.POST.get("after", ""), assigning=form)


def _assigned(person: Person, form: AssignForm) -> bool:
    chosen = form.cleaned_data
    try:
        assign(
            case_ids=chosen["case"],
            actor=person,
            unit=Unit.objects.get(pk=chosen["unit"]) if chosen["unit"] else None,
            holder=Person.objects.get(pk=chosen["holder"]) if chosen["holder"] else None,
            internal_due_on=chosen["internal_due_on"],
            remark=chosen["remark"],
        )
    except LawError as error:
        field = getattr(error, "field", None)
        known = {"case_ids": "case"}.get(field or "", field)
        form.add_error(known if known in form.fields else None, in_words(error.message))
        return False
    return True


@never_cache
@require_POST
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The whole list as a file. By POST, because the ledger takes note; not where a filter could not be read, because
    then the file would hold other cases than were meant."""
    listing = _back(request)
    if listing.form.errors:
        messages.error(request, _("筛选条件有误，没有导出。请改正后再导出。"))
        return show(request, listing)
    form = request.POST.get("form", "")
    try:
        keys = export_list(person=person_of(request), view=listing.view, filters=listing.filters, form=form)
    except Invalid as error:
        messages.error(request, in_words(error.message))
        return redirect(listing.address)
    response = StreamingHttpResponse(
        file_of(keys, form, get_language() or "zh-hans"), content_type=MEDIA_TYPES[form],
        headers={"X-Content-Type-Options": "nosniff"},
    )  # fmt: skip
    name = f"{_('依申请公开')}{today():%Y%m%d}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@never_cache
@require_POST
def view_save(request: HttpRequest) -> HttpResponse:
    """Keep the present list under a name."""
    listing = _back(request)
    form = SaveViewForm(request.POST)
    if form.is_valid():
        try:
            save_view(person=person_of(request), name=form.cleaned_data["name"], query=listing.query)
        except Invalid as error:
            form.add_error("name", in_words(error.message))
        else:
            messages.success(request, _("已保存为常用筛选。"))
            return redirect(listing.address)
    return show(request, listing, saving=form)


@never_cache
@require_POST
def view_delete(request: HttpRequest, view_id: int) -> HttpResponse:
    """Let a saved list go. One that is another's is as one that is gone."""
    if delete_view(person=person_of(request), view_id=view_id):
        messages.success(request, _("常用筛选已删除。"))
    return redirect(_back(request).address)
