"""What is published already and may be just what somebody asks for: shown once before an application is sent.

A hint and never a hindrance: likeness of words decides nothing about an application.
"""

from __future__ import annotations

import re
import unicodedata

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import today
from gongkai.applications.likeness import pairs_of
from gongkai.disclosure.models import NormativeDocument
from gongkai.disclosure.selectors import documents_in_force

#: How many are shown, and among how many of the newest they are sought.
SHOWN, SOUGHT = 5, 5_000
#: Ours, tried on titles and requests of the demonstration: this share of the pairs of the shorter text is in the other.
ENOUGH, AT_LEAST = 0.6, 4
#: Words that every document has.
USUAL = re.compile(r"关于|印发|的?(?:通知|公告|决定|意见|批复)|[《》〈〉（）()]")


def published_like(agency: Agency, content: str, document_number: str = "") -> list[NormativeDocument]:
    """The documents in force of an agency that an application may be about, the likeliest first."""
    newest = documents_in_force(agency, today()).order_by("-made_on", "-id")[:SOUGHT]
    judged = ((_share(document, content, document_number), document) for document in newest)
    found = sorted((pair for pair in judged if pair[0] >= ENOUGH), key=lambda pair: -pair[0])
    return [document for _, document in found[:SHOWN]]


def _share(document: NormativeDocument, content: str, document_number: str) -> float:
    """How much of the title is asked for, or of the request is in the title; more than all where the number is named."""
    number = _bare(document.document_number)
    if number and (number == _bare(document_number) or number in _bare(content)):
        return 2.0
    title, asked = pairs_of(USUAL.sub("", document.title)), pairs_of(USUAL.sub("", content))
    common = len(title & asked)
    return common / min(len(title), len(asked)) if common >= AT_LEAST else 0.0


def _bare(text: str) -> str:
    """Without blanks and brackets, of which there are many kinds."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())
