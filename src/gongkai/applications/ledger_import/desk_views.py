"""The import at the desk: send a file, look at what was understood, then take it over. Between these the file lies
sealed in the store; its address is signed for the person who sent it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import agencies_of, roles_held
from gongkai.agencies.signed_in import person_of
from gongkai.applications.actions.run_import import ask_for_import, examined
from gongkai.applications.desk_forms import in_words
from gongkai.applications.ledger_import.error_sheet import MEDIA_TYPE, error_sheet
from gongkai.applications.ledger_import.examination import Examination, examine
from gongkai.applications.ledger_import.fields import Field
from gongkai.applications.ledger_import.forms import ColumnsForm, LedgerFileForm, options_of, twice
from gongkai.applications.ledger_import.preview import preview_of
from gongkai.applications.ledger_import.runs import KEPT, run_for, shown_run
from gongkai.documents.models import Document
from gongkai.documents.store import keep, read
from gongkai.documents.upload_fields import Upload
from gongkai.law.errors import LawError
from gongkai.law.procedure import Role

SALT = "applications.ledger_import"


def agency_of(person: Person) -> Agency:
    """Where this person is a clerk, the first in tree order. Raises Http404 for everybody else."""
    held = roles_held(person)
    for agency in agencies_of(person):
        if Role.CLERK in held[agency.pk]:
            return agency
    raise Http404


@dataclass(frozen=True)
class Sent:
    """A file that was sent before: its record, the name it came under, and the agency it is for."""

    document: Document
    name: str
    agency: Agency
    token: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send_file(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is kept, and nothing else happens yet."""
    agency = agency_of(person_of(request))
    posted = request.method == "POST"
    form = LedgerFileForm(request.POST, request.FILES) if posted else LedgerFileForm()
    if not (posted and form.is_valid()):
        return render(request, "applications/import.html", {"form": form, "agency": agency})
    upload: Upload = form.cleaned_data["file"]
    document = keep(upload.data, name=upload.name, media_type=upload.media_type)
    signed = {"document": document.pk, "name": upload.name, "agency": agency.pk, "person": person_of(request).pk}
    return redirect(f"{reverse('desk:import_check')}?{urlencode({'file': signing.dumps(signed, salt=SALT)})}")


def sent_file(request: HttpRequest) -> Sent:
    """The file that the address names, for the person who sent it. Raises Http404 for anybody and anything else."""
    agency, token = agency_of(person_of(request)), request.GET.get("file", "")
    try:
        signed = signing.loads(token, salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        raise Http404 from None
    if (signed["person"], signed["agency"]) != (person_of(request).pk, agency.pk):
        raise Http404
    return Sent(Document.objects.get(pk=signed["document"]), signed["name"], agency, token)


def _examined(request: HttpRequest, sent: Sent) -> Examination:
    return examine(read(sent.document), sent.name, sent.agency, options_of(request.GET))


@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """What was understood: columns, counts, the first rows, and everything that is wrong."""
    sent = sent_file(request)
    try:
        found = _examined(request, sent)
    except LawError as error:
        messages.error(request, in_words(error.message))
        return redirect("desk:import")
    asked = request.GET if any(name.startswith("column_") for name in request.GET) else None
    form = ColumnsForm(_without_old_columns(asked), layout=found.layout)
    context = {
        "found": found,
        "preview": preview_of(found),
        "form": form,
        "sent": sent,
        "doubled": [in_words(field.label) for field in twice(request.GET)],
        "assumed": [(in_words(Field(name).label), count) for name, count in found.assumed.items()],
        "query": request.GET.urlencode(),
        "agency": sent.agency,
    }
    return render(request, "applications/import_check.html", context)


def _without_old_columns(asked: Any) -> Any:
    """Nothing that was said of another sheet's columns."""
    return asked if asked is None or options_of(asked).columns else None


@never_cache
@require_safe
def errors(request: HttpRequest) -> HttpResponse:
    """The faulty rows as a workbook, to be mended and sent again."""
    sent = sent_file(request)
    try:
        found = _examined(request, sent)
    except LawError as error:
        messages.error(request, in_words(error.message))
        return redirect("desk:import")
    if not found.bad:
        raise Http404
    return _error_sheet(found, sent.name)


def _error_sheet(found: Examination, name: str) -> HttpResponse:
    response = HttpResponse(error_sheet(found), content_type=MEDIA_TYPE)
    stem = name.rpartition(".")[0]
    response["Content-Disposition"] = content_disposition_header(True, f"{stem}-需更正.xlsx") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@never_cache
@require_POST
def take_over(request: HttpRequest) -> HttpResponse:
    """Have it written, in the background. With a faulty row only where the person has said to leave the faulty ones:
    that is judged when it is done, so that sending this form costs no time."""
    sent = sent_file(request)
    asked = request.GET.copy()
    asked.pop("file", None)
    if twice(asked):
        messages.error(request, _("台账中还有需要更正的地方，没有导入任何一行。"))
        return redirect(f"{reverse('desk:import_check')}?{request.GET.urlencode()}")
    run = ask_for_import(
        agency=sent.agency,
        actor=person_of(request),
        document=sent.document,
        name=sent.name,
        options={"query": asked.urlencode(), "skip_bad": "skip_bad" in request.POST},
        token=sent.token,
    )
    return redirect("desk:import_run", run_id=run.pk)


@never_cache
@require_safe
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """How the taking over goes, and in the end what came of it. It looks anew by itself until then."""
    found = run_for(person_of(request), run_id)
    return render(request, "applications/import_run.html", {"run": found, "shown": shown_run(found)})


@never_cache
@require_safe
def run_errors(request: HttpRequest, run_id: int) -> HttpResponse:
    """The rows that a run left, as a workbook, to be mended and sent; for as long as the file can be looked at."""
    found = run_for(person_of(request), run_id)
    if not shown_run(found).has_errors:
        raise Http404
    examination = examined(found)
    if not examination.bad:
        raise Http404
    return _error_sheet(examination, found.name)
