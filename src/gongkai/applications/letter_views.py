"""An issued letter in its other forms (Word, OFD, the agency's own Word), and the sheets that are printed from a case.

All of them are made on demand of what is kept; whoever may read the letter or the case may have them.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.agencies.signed_in import person_of
from gongkai.applications.case_sheets import case_sheet, letter_content, letter_sheet
from gongkai.applications.desk_forms import in_words
from gongkai.applications.letters import CATALOGUE
from gongkai.applications.models import Letter
from gongkai.applications.own_wording import filled_word
from gongkai.applications.responses import as_ofd, pdf_response
from gongkai.applications.selectors import case_page, letter_for_reading
from gongkai.documents.gate.kinds import DOCX, OFD, Kind
from gongkai.documents.letter import LetterContent
from gongkai.documents.serving import bytes_response
from gongkai.documents.typesetting import render_pdf
from gongkai.law.errors import LawError


@never_cache
@require_safe
def letter_word(request: HttpRequest, letter_id: int) -> HttpResponse:
    """The letter as Word."""
    from gongkai.documents.word import render_docx

    letter = letter_for_reading(person_of(request), letter_id)
    return _made(request, letter, render_docx, DOCX)


@never_cache
@require_safe
def letter_ofd(request: HttpRequest, letter_id: int) -> HttpResponse:
    """The letter as OFD (GB/T 33190)."""
    letter = letter_for_reading(person_of(request), letter_id)
    return _made(request, letter, as_ofd, OFD)


@never_cache
@require_safe
def letter_own_word(request: HttpRequest, letter_id: int) -> HttpResponse:
    """The letter in the agency's own Word file."""
    letter = letter_for_reading(person_of(request), letter_id)
    return _made(request, letter, lambda content: filled_word(letter, content), DOCX)


def _made(request: HttpRequest, letter: Letter, make: Callable[[LetterContent], bytes], kind: Kind) -> HttpResponse:
    """What it says in another form. A letter from before its words were kept is PDF only."""
    try:
        data = make(letter_content(letter))
    except KeyError:
        raise Http404 from None
    except LawError as error:
        messages.error(request, in_words(error.message))
        return redirect("desk:case", letter.application_id)
    name = f"{letter.get_kind_display()} {letter.number}.{kind.extensions[0]}"
    return bytes_response(data, name, kind.media_type)


@never_cache
@require_safe
def sheet_of_case(request: HttpRequest, case_id: int, code: str) -> HttpResponse:
    """登记表, 呈批单."""
    page = case_page(person_of(request), case_id)
    return _sheet(request, case_id, code, lambda: case_sheet(page, code))


@never_cache
@require_safe
def sheet_of_letter(request: HttpRequest, letter_id: int, code: str) -> HttpResponse:
    """送达回证, and the answer sheet for a third party."""
    letter = letter_for_reading(person_of(request), letter_id)
    return _sheet(request, letter.application_id, code, lambda: letter_sheet(letter, code))


def _sheet(request: HttpRequest, case_id: int, code: str, make: Callable[[], LetterContent]) -> HttpResponse:
    try:
        return pdf_response(render_pdf(make()), f"{CATALOGUE[code].name.zh}.pdf")
    except KeyError:
        raise Http404 from None
    except LawError as error:
        messages.error(request, in_words(error.message))
        return redirect("desk:case", case_id)
