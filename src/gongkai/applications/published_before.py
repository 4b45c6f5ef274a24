"""What is published already and may be just what somebody asks for: shown once before an application is sent.

A hint and never a hindrance: likeness of words decides nothing about an application.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import today
from gongkai.applications.likeness import pairs_of
from gongkai.disclosure.models import NormativeDocument
from gongkai.disclosure.selectors import documents_in_force

FIELDS = ("title", "document_number", "made_on")
#: How many are shown, and among how many of the newest they are sought.
SHOWN, SOUGHT = 5, 2_000
#: Ours, tried on titles and requests of the demonstration: this share of the pairs of the shorter text is in the other.
ENOUGH, AT_LEAST = 0.6, 4
#: Words that every document has.
USUAL = re.compile(r"关于|印发|的?(?:通知|公告|决定|意见|批复)|[《》〈〉（）()]")


def published_like(agency: Agency, content: str, document_number: str = "") -> list[NormativeDocument]:
    """The documents in force of an agency that an application may be about, the likeliest first."""
    asked = _Asked(pairs_of(USUAL.sub("", content)), _bare(content), _bare(document_number))
    newest = documents_in_force(agency, today()).only(*FIELDS).order_by("-made_on", "-id")[:SOUGHT]
    judged = ((asked.share_of(document), document) for document in newest)
    found = sorted((pair for pair in judged if pair[0] >= ENOUGH), key=lambda pair: -pair[0])
    return [document for _, document in found[:SHOWN]]


@dataclass(frozen=True)
class _Asked:
    """What is asked for: the pairs of its words, its letters and digits, the number that was given."""

    pairs: frozenset[str]
    bare: str
    number: str

    def share_of(self, document: NormativeDocument) -> float:
        """How much of the title is asked for, or of the request is in the title; more than all where the number is
        named."""
        number = _bare(document.document_number)
        if number and (number == self.number or number in self.bare):
            return 2.0
        title = pairs_of(USUAL.sub("", document.title))
        common = len(title & self.pairs)
        return common / min(len(title), len(self.pairs)) if common >= AT_LEAST else 0.0


def _bare(text: str) -> str:
    """Without blanks and brackets, of which there are many kinds."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())
