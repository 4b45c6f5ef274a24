"""The page of an item, its files, its two download forms, its QR code; and the notice before another site."""

from __future__ import annotations

from io import BytesIO
from tempfile import TemporaryFile
from typing import Any

import segno
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.config.answers import answered
from gongkai.disclosure.errors import ItemNotFound
from gongkai.disclosure.models import Attachment
from gongkai.disclosure.public import one_item
from gongkai.disclosure.public.files import FORMS, file_of
from gongkai.disclosure.public.item_body import item_body
from gongkai.disclosure.public.links import signed_target
from gongkai.disclosure.public.one_item import Shown
from gongkai.disclosure.public.tags import LEAVING, tags_of
from gongkai.disclosure.register.validity import standing_of
from gongkai.documents.gate.names import safe_name
from gongkai.documents.serving import SHOWN_INLINE
from gongkai.documents.store import copy_out


@require_safe
def item(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """An item of its own. Withdrawn, its address says so and why (410)."""
    shown = one_item.item_for_public(item_id)
    if shown.withdrawn:
        return _gone(request, shown)
    version = shown.version

    def respond() -> HttpResponse:
        return render(request, "disclosure/public/item.html", _whole(request, one_item.with_surroundings(shown)))

    return answered(request, [version.number, shown.visits], version.at, respond)


def _gone(request: HttpRequest, shown: Shown) -> HttpResponseBase:
    def respond() -> HttpResponse:
        return render(request, "disclosure/public/withdrawn.html", _frame(shown), status=410)

    return answered(request, [shown.version.number], shown.version.at, respond)


def _frame(shown: Shown) -> dict[str, Any]:
    return {
        "shown": shown,
        "item": shown.item,
        "agency": shown.item.agency,
        "way": shown.way,
        "column": tags_of(shown.column),
    }


def _whole(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    item, revision = shown.item, shown.revision
    source = revision.source or revision.issuer_name or item.agency.name
    return {
        **_frame(shown),
        **item_body(revision, shown.attachments, lambda attachment: file_address(item.pk, attachment)),
        "published": _pub_date(item.published_at),
        "source": source,
        "standing": standing_of(item.document) if item.document else None,
        "address": request.build_absolute_uri(reverse("portal:item", args=[item.pk])),
        "downloads": [(FORMS[form], reverse("portal:item_download", args=[item.pk, form])) for form in FORMS],
    }


def _pub_date(moment: Any) -> str:
    """PubDate: `YYYY-MM-DD HH:MM` (SIT-04 [C])."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def file_address(item_id: int, attachment: Attachment) -> str:
    """Where a file of an item is to be had."""
    return reverse("portal:item_file", args=[item_id, attachment.pk, safe_name(attachment.name)])


@require_safe
def item_file(request: HttpRequest, item_id: int, attachment_id: int, name: str) -> HttpResponseBase:
    """A file of the wording that stands there now. `name` is for people; the number tells which it is."""
    attachment = one_item.attachment_for_public(item_id, attachment_id)
    document = attachment.document

    def respond() -> HttpResponse:
        file = TemporaryFile()  # noqa: SIM115 (the answer closes it)
        copy_out(document, file)
        file.seek(0)
        response = FileResponse(file, content_type=document.media_type)
        response["Content-Length"] = str(document.size)
        _name_file(response, attachment.name, inline=document.media_type in SHOWN_INLINE)
        return response  # type: ignore[return-value]  # answered differently, sent alike

    return answered(request, [document.digest, attachment.name], document.made_at, respond)


@require_safe
def item_download(request: HttpRequest, item_id: int, form: str) -> HttpResponseBase:
    """The item as Word or PDF: the same text, made once and kept (PLT-11 [M])."""
    shown = one_item.item_for_public(item_id)
    if shown.withdrawn:
        return _gone(request, shown)

    def respond() -> HttpResponse:
        data, media_type = file_of(one_item.with_surroundings(shown), form)
        response = HttpResponse(data, content_type=media_type)
        _name_file(response, f"{shown.item.title[:80]}.{form}", inline=form == "pdf")
        return response

    published = shown.revision.published_at or shown.version.at
    return answered(request, [shown.revision.digest], published, respond)


def _name_file(response: HttpResponseBase, name: str, *, inline: bool) -> None:
    response["Content-Disposition"] = content_disposition_header(not inline, safe_name(name)) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"


@require_safe
def item_qr(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """The address of the item as a QR code."""
    shown = one_item.item_for_public(item_id)
    if shown.withdrawn:
        raise ItemNotFound
    address = request.build_absolute_uri(reverse("portal:item", args=[item_id]))

    def respond() -> HttpResponse:
        drawing = BytesIO()
        segno.make(address, error="m").save(drawing, kind="svg", scale=4, border=2, light="#fff")
        return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")

    return answered(request, [address], shown.version.at, respond)


@require_safe
def leaving(request: HttpRequest) -> HttpResponse:
    """The notice before another site opens: only for addresses that we wrote into a page."""
    target = signed_target(request.GET.get("to", ""), request.GET.get("mark", ""))
    context = {"target": target, "column": LEAVING}
    return render(request, "disclosure/public/leaving.html", context, status=200 if target else 404)
