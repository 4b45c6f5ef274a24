"""Papers of a case at the desk: the file itself, and an OFD file to look at. Whoever opens one that tells who the
applicant is, is noted, whichever way it is opened."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Person
from gongkai.agencies.signed_in import person_of
from gongkai.applications.actions.reveal import opened
from gongkai.applications.desk_forms import in_words
from gongkai.applications.models import Paper, PaperKind
from gongkai.applications.responses import pdf_response
from gongkai.applications.selectors import paper_for_reading
from gongkai.documents.bounded import BoundedError, bounded
from gongkai.documents.gate.kinds import OFD
from gongkai.documents.reading.errors import UnreadableFile
from gongkai.documents.serving import file_response
from gongkai.documents.store import read


@never_cache
@require_safe
def paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """A paper of a case that this person may read, under its name in this very case."""
    person = person_of(request)
    found = paper_for_reading(person, paper_id)
    _note(found, person)
    return file_response(found.document, name=found.name)


@never_cache
@require_safe
def preview(request: HttpRequest, paper_id: int) -> HttpResponse:
    """An OFD paper drawn as PDF: no browser shows OFD. The same question, the same note as for the paper itself."""
    person = person_of(request)
    found = paper_for_reading(person, paper_id)
    if found.document.media_type != OFD.media_type:
        raise Http404
    try:
        drawn = _drawn(read(found.document))
    except (UnreadableFile, BoundedError) as error:
        messages.error(request, in_words(error.message))
        return redirect("desk:case", found.application_id)
    _note(found, person)
    return pdf_response(drawn, f"{found.name}.pdf")


def _note(found: Paper, person: Person) -> None:
    if found.tells_identity:
        with override(settings.LANGUAGE_CODE):  # what is kept is Chinese, whatever language the page is in
            opened(case_id=found.application_id, actor=person, what=f"打开材料：{PaperKind(found.kind).label}")


def _drawn(data: bytes) -> bytes:
    """In the worker: it is a stranger's file."""
    from gongkai.documents.ofd.preview import MEGABYTES, SECONDS, to_pdf

    return bounded(to_pdf, data, get_language() or "", seconds=SECONDS, megabytes=MEGABYTES)
