"""What an agency adds in its own words to the papers whose legal text is locked, as it stands on a day."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.models import Agency
from gongkai.applications import letters
from gongkai.applications.models import LetterTemplate
from gongkai.documents.letter import PaperForm
from gongkai.law.outcomes import Outcome


def template_in_force(agency: Agency, code: str, on: date) -> LetterTemplate | None:
    """The version of an agency's own template that holds on a day; None where the shared one does."""
    rows = LetterTemplate.objects.filter(agency=agency, code=code, since__lte=on)
    newest = rows.select_related("word").order_by("-version").first()
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
