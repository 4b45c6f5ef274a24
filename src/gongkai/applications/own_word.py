"""An agency's own Word file for a paper: a letter that was issued, put into it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from gongkai.agencies.models import Agency
from gongkai.applications.models import Letter, LetterTemplate
from gongkai.applications.own_wording import template_in_force
from gongkai.documents.letter import Block, FormBlock, Heading, LetterContent, ListBlock, Paragraph, TableBlock
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
    from gongkai.documents.word_templates import fill

    document = own_word(letter)
    if document is None:
        raise KeyError(letter.pk)
    return fill(read(document), word_values(letter, content))


def word_values(letter: Letter, content: LetterContent) -> Mapping[str, str]:
    """What stands in each place of an agency's Word file."""
    return {
        "agency": content.issuer,
        "number": content.number or letter.number,
        "title": content.title_line,
        "addressee": content.addressee,
        "body": "\n".join(line for block in content.body for line in _lines(block)),
        "attachments": "\n".join(content.attachments),
        "signature": content.signature,
        "date": content.date_line,
        "note": content.note,
        "copies": "、".join(content.copies),
        "case_number": letter.application.number,
        "received_on": day_text(letter.application.received_on).zh if letter.application.received_on else "",
    }


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text) | Heading(text):
            yield text
        case ListBlock(items):
            yield from (f"{place}. {item}" for place, item in enumerate(items, 1))
        case TableBlock(rows):
            yield from (f"{label}：{value}" for label, value in rows)
        case FormBlock(rows):
            yield from (f"{cell.label}：{cell.value}" for row in rows for cell in row)
