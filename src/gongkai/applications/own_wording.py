"""What an agency adds in its own words to the papers whose legal text is locked, as it stands on a day; and its own Word
files for them, into which an issued letter is put."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from gongkai.agencies.models import Agency
from gongkai.applications import letters
from gongkai.applications.models import TO_OTHERS, Letter, LetterTemplate
from gongkai.documents.letter import LetterContent, PaperForm
from gongkai.documents.models import Document
from gongkai.documents.store import read
from gongkai.law.dates import day_text
from gongkai.law.outcomes import Outcome


def template_in_force(agency: Agency, code: str, on: date) -> LetterTemplate | None:
    """The version of an agency's own template that holds on a day; None where the shared one does."""
    rows = LetterTemplate.objects.filter(agency=agency, code=code, since__lte=on)
    return in_force(rows.select_related("word").order_by("-version")[:1], on)


def in_force(newest_first: Iterable[LetterTemplate], on: date) -> LetterTemplate | None:
    """Of an agency's versions for one paper the one that holds on a day."""
    newest = next((row for row in newest_first if row.since <= on), None)
    return None if newest is None or newest.retired else newest


def own_of(template: LetterTemplate | None) -> letters.Own:
    """What the letters take from it."""
    if template is None:
        return letters.SHARED
    return letters.Own(
        version=template.version,
        form=PaperForm(template.form),
        closing=template.closing,
        note=template.note,
        copies=tuple(template.copies.split("\n")) if template.copies else (),
        defaults=template.defaults,
    )


def wording_for(agency: Agency, code: str, on: date) -> letters.Wording:
    """By which texts a letter of that day is made. Raises LetterError where none was in force."""
    return letters.wording_on(code, on, own_of(template_in_force(agency, code, on)))


def opinion_defaults(agency: Agency, outcome: Outcome, on: date) -> dict[str, str]:
    """What the agency's templates suggest for the open places of a reply."""
    suggested: dict[str, str] = {}
    for code in letters.codes_of(outcome):
        template = template_in_force(agency, code, on)
        suggested |= template.defaults if template else {}
    return suggested


def own_word(letter: Letter) -> Document | None:
    """The agency's Word file for this paper on the day of the letter."""
    if not letter.code or letter.content_id is None:
        return None
    template = template_in_force(letter.application.agency, letter.code, letter.on)
    return template.word if template else None


def with_own_word(agency: Agency, issued: Collection[Letter]) -> frozenset[int]:
    """Which of these letters (their keys) the agency has a Word file for; asked once for all of them."""
    if not issued:
        return frozenset()
    codes = {letter.code for letter in issued}
    rows = list(LetterTemplate.objects.filter(agency=agency, code__in=codes).order_by("-version"))

    def has_one(letter: Letter) -> bool:
        template = in_force((row for row in rows if row.code == letter.code), letter.on)
        return letter.content_id is not None and template is not None and template.word_id is not None

    return frozenset(letter.pk for letter in issued if has_one(letter))


def filled_word(letter: Letter, content: LetterContent) -> bytes:
    """The letter in it. Raises KeyError where the agency has none, DocumentError where it cannot be filled."""
    from gongkai.documents.word_templates import fill, values_of

    document = own_word(letter)
    if document is None:
        raise KeyError(letter.pk)
    return fill(read(document), values_of(content, **_of_the_case(letter)))


def _of_the_case(letter: Letter) -> dict[str, str]:
    """What the case says in the places of an agency's Word file; a letter to others does not tell who applied."""
    application = letter.application
    if letter.kind in TO_OTHERS:
        return {}
    return {
        "case_number": application.number,
        "received_on": day_text(application.received_on).zh if application.received_on else "",
        "applicant": application.applicant_name,
        "described": application.content,
    }
