"""The page on which an item is written. Whatever is refused, and whoever was quicker, what was typed is still there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.signed_in import person_of
from gongkai.config.asked import whole_number
from gongkai.disclosure.actions.attach_file import arrange_attachment, remove_attachment
from gongkai.disclosure.actions.edit_revision import edit_revision
from gongkai.disclosure.editing import submitting
from gongkai.disclosure.editing.forms import RevisionForm, as_typed, item_limits, label_policies
from gongkai.disclosure.editing.item_page import desk_address, desk_addresses, item_page
from gongkai.disclosure.editing.lists import explainable, policies_found, policy_label
from gongkai.disclosure.editing.submitting import Writing, keep, said
from gongkai.disclosure.editing.uploads import attach, read_in
from gongkai.disclosure.editing.views import refuse, words
from gongkai.disclosure.errors import RevisionChanged
from gongkai.disclosure.reviewing.differences import label_of
from gongkai.disclosure.reviewing.requirements import Incomplete
from gongkai.documents.gate import UploadRefused
from gongkai.documents.upload_fields import let_in
from gongkai.law.errors import LawError


@dataclass
class _Writing(Writing):
    """One draft on one person's page, with what its form needs."""

    @property
    def addresses(self) -> Mapping[str, str]:
        return desk_addresses(self.revision, self.attachments)

    def policies(self, request: HttpRequest) -> dict[str, str]:
        """What can be ticked: chosen before, ticked now, found by the search."""
        ticked = [key for key in map(whole_number, request.POST.getlist("interprets")) if key is not None]
        chosen = list(self.revision.interprets.values_list("pk", flat=True))
        known = explainable(self.page.item.agency, ticked[:50], chosen)
        found = policies_found(self.person, self.page.item.agency, request.GET.get("policy", ""))
        rows = {one.pk: one for one in [*known, *found] if one.pk != self.revision.item_id}
        return label_policies(list(rows.values()), policy_label)

    def form(self, request: HttpRequest) -> RevisionForm:
        policies = self.policies(request)
        if request.method == "POST":
            return RevisionForm(request.POST, request.FILES, revision=self.revision, policies=policies)
        return RevisionForm(initial=as_typed(self.revision, self.addresses), revision=self.revision, policies=policies)


def _writing(request: HttpRequest, item_id: int) -> _Writing | None:
    """None where there is nothing to write for this person: the item's page says why."""
    page = item_page(person_of(request), item_id)
    if not page.may_edit or page.under_way is None:
        return None
    rows = list(page.under_way.attachments.select_related("document"))
    return _Writing(page.person, page, page.under_way, rows)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: HttpRequest, item_id: int) -> HttpResponse:
    """Write it, and with the same press add files, look for a policy or submit."""
    writing = _writing(request, item_id)
    if writing is None:
        messages.warning(request, _("该信息现在不能修改，请看办理情况。"))
        return redirect("desk:item", item_id)
    form = writing.form(request)
    theirs: list[tuple[str, str]] = []
    if form.is_bound and form.is_valid():
        try:
            if "submit" in request.POST:
                return submitting.submit(request, writing, form)
            writing.kept = keep(request, writing, form).revision.changes
            return _then(request, writing, form)
        except RevisionChanged as error:
            form.add_error(None, words(error))
            theirs = _theirs(writing, form)
        except Incomplete as error:
            for field, message in error.fields.items():
                form.add_error(field if field in form.fields else None, message.of(""))
            _count_on(writing, form)
        except LawError as error:
            refuse(form, error)
            _count_on(writing, form)
    return _show(request, writing, form, theirs)


def _show(request: HttpRequest, writing: _Writing, form: RevisionForm, theirs: list[tuple[str, str]]) -> HttpResponse:
    rows = list(writing.revision.attachments.select_related("document"))
    address = desk_address(writing.revision)
    context = {
        "page": writing.page, "form": form, "revision": writing.revision, "theirs": theirs,
        "files": [(row, address(row)) for row in rows], "sought": request.GET.get("policy", ""),
        "save_url": reverse("desk:item_save", args=[writing.page.item.pk]),
        "picture_url": reverse("desk:item_picture", args=[writing.page.item.pk]),
    }  # fmt: skip
    return render(request, "disclosure/item_edit.html", context)


def _then(request: HttpRequest, writing: _Writing, form: RevisionForm) -> HttpResponse:
    """What the pressed button asks for besides keeping, and where that leads."""
    actor, revision, data = writing.person, writing.revision, form.cleaned_data
    here = reverse("desk:item_edit", args=[writing.page.item.pk])
    anchor = ""
    if data.get("new_files"):
        attach(actor, revision, data["new_files"])
        anchor = "#files"
    if data.get("file_text") is not None:
        for note in read_in(actor, revision, data["file_text"]):
            messages.warning(request, said(note))
        anchor = "#text"
    for name, act in (("remove", remove_attachment), ("up", _move_up)):
        if (key := whole_number(request.POST.get(name, ""))) is not None:
            act(actor=actor, revision_id=revision.pk, attachment_id=key)
            anchor = "#files"
    if "find" in request.POST:
        return redirect(f"{here}?{urlencode({'policy': data.get('policy_q', '')})}#policies")
    messages.success(request, _("已保存。"))
    if "preview" in request.POST:
        return redirect("desk:item_preview", writing.page.item.pk)
    return redirect(f"{here}{anchor}")


def _move_up(*, actor: Person, revision_id: int, attachment_id: int) -> None:
    arrange_attachment(actor=actor, revision_id=revision_id, attachment_id=attachment_id, up=True)


def _theirs(writing: _Writing, form: RevisionForm) -> list[tuple[str, str]]:
    """What somebody else has kept meanwhile, where it is not what stands in this form; saving again writes over it."""
    writing.revision.refresh_from_db()
    kept = as_typed(writing.revision, writing.addresses)
    writing.kept = writing.revision.changes
    _count_on(writing, form)
    differing = [
        name for name, value in kept.items() if name in form.said and str(value or "") != str(form[name].value() or "")
    ]
    return [(label_of(name), str(kept[name] or "")) for name in differing]


def _count_on(writing: _Writing, form: RevisionForm) -> None:
    """The page goes on from what it has kept itself; whatever others keep after that, it must still notice."""
    if writing.kept is None:
        return
    data = cast(QueryDict, form.data).copy()
    data["changes"] = str(writing.kept)
    form.data = data


@require_POST
def item_save(request: HttpRequest, item_id: int) -> JsonResponse:
    """The page keeps by itself what was typed, as far as it can be kept; the rest stays on the page alone."""
    writing = _writing(request, item_id)
    if writing is None:
        return JsonResponse({"message": _("该信息现在不能修改。")}, status=409)
    form = RevisionForm(request.POST, revision=writing.revision, policies=writing.policies(request))
    form.is_valid()
    typed, left = form.said, [name for name in form.errors if name != "__all__"]
    try:
        while True:
            try:
                kept = edit_revision(
                    actor=writing.person, revision_id=writing.revision.pk, values=typed, unseen=True,
                    interprets=form.interpreted, changes=form.cleaned_data.get("changes", -1),
                )  # fmt: skip
                break
            except Invalid as error:
                if typed.pop(error.field, None) is None:
                    raise
                left.append(error.field)
    except LawError as error:
        return JsonResponse({"message": words(error)}, status=409)
    told = {
        "changes": kept.revision.changes,
        "at": timezone.localtime().strftime("%H:%M"),
        "left": [label_of(name) for name in left],
    }
    return JsonResponse(told)


@require_POST
def item_picture(request: HttpRequest, item_id: int) -> JsonResponse:
    """A picture for the text: becomes an attachment, its address at the desk comes back."""
    writing = _writing(request, item_id)
    file = request.FILES.get("picture")
    if writing is None or file is None:
        return JsonResponse({"message": _("该信息现在不能修改。")}, status=409)
    try:
        upload = let_in(file, item_limits())
        if upload.media_type not in ("image/png", "image/jpeg"):
            return JsonResponse({"message": _("正文中的图片只能是 PNG 或 JPG。")}, status=400)
        (row,) = attach(writing.person, writing.revision, [upload])
    except (LawError, UploadRefused) as error:
        return JsonResponse({"message": words(error)}, status=400)
    return JsonResponse({"src": desk_address(writing.revision)(row), "name": row.name})
