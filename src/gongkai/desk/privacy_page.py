"""隐私扫描: a file is looked through before it goes out. For staff; what somebody sent is seen by nobody else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_held
from gongkai.agencies.signed_in import person_of
from gongkai.applications.asking import ask_by_name
from gongkai.disclosure.selectors import numbers_on_register
from gongkai.documents.privacy import without_public
from gongkai.documents.privacy.actions import ask_for_check
from gongkai.documents.privacy.citations import possible_numbers
from gongkai.documents.privacy.finding import Finding
from gongkai.documents.privacy.selectors import check_for, checks_of, findings_of, shown_check
from gongkai.documents.store import keep
from gongkai.documents.upload_fields import Upload, UploadField


class PrivacyFileForm(forms.Form):
    """Which file."""

    file = UploadField(
        label=_("要发出的文件"), help_text=_("Word、PDF、OFD、Excel、文本或图片。检查的是文件原样的全部内容。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_by_name(self)


def _staff(request: HttpRequest) -> Person:
    """Who is signed in and works somewhere. Raises Http404 for everybody else."""
    person = person_of(request)
    if not roles_held(person):
        raise Http404
    return person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def privacy(request: HttpRequest) -> HttpResponse:
    """Send a file; below, what one sent before."""
    person = _staff(request)
    posted = request.method == "POST"
    form = PrivacyFileForm(request.POST, request.FILES) if posted else PrivacyFileForm()
    if not (posted and form.is_valid()):
        return render(request, "desk/privacy.html", {"form": form, "checks": checks_of(person)})
    upload: Upload = form.cleaned_data["file"]
    document = keep(upload.data, name=upload.name, media_type=upload.media_type)
    check = ask_for_check(actor=person, document=document, name=upload.name)
    return redirect("desk:privacy_check", check_id=check.pk)


@never_cache
@require_safe
def privacy_check(request: HttpRequest, check_id: int) -> HttpResponse:
    """How it goes, and in the end what was found. It looks anew by itself until then."""
    check = check_for(_staff(request), check_id)
    findings = _not_on_register(findings_of(check))
    return render(request, "desk/privacy_check.html", {"check": check, "shown": shown_check(check, findings)})


def _not_on_register(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Without citations of documents that the registers know as public today."""
    cited = [number for each in findings if each.rule == "D16" for number in possible_numbers(each.sample)]
    public = numbers_on_register(cited) if cited else frozenset()
    return without_public(findings, public.__contains__)
