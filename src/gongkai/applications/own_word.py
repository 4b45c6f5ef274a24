"""An agency's own Word file for a paper: a letter that was issued, put into it."""

from __future__ import annotations

from collections.abc import Collection

from gongkai.agencies.models import Agency
from gongkai.applications.models import TO_OTHERS, Letter, LetterTemplate
from gongkai.applications.own_wording import template_in_force
from gongkai.documents.letter import LetterContent
from gongkai.documents.models import Document
from gongkai.documents.store import read
from gongkai.law.dates import day_text


def own_word(letter: Letter) -> Document | None:
    """The agency's Word file for this paper on the day of the letter."""
    if not letter.code or letter.content_id is None:
        return None
    template = template_in_force(letter.application.agency, letter.code, letter.on)
    return template.word if template else None


def with_own_word(agency: Agency, letters: Collection[Letter]) -> frozenset[int]:
    """Which of these letters (their keys) the agency has a Word file for; asked once for all of them."""
    if not letters:
        return frozenset()
    rows = list(LetterTemplate.objects.filter(agency=agency, code__in={letter.code for letter in letters}))
    found = set()
    for letter in letters:
        then = [row for row in rows if row.code == letter.code and row.since <= letter.on]
        newest = max(then, key=lambda row: row.version, default=None)
        if letter.content_id and newest and newest.word_id and not newest.retired:
            found.add(letter.pk)
    return frozenset(found)


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
