"""P09 决定公开告知书: a third party that did not consent is told what is disclosed and why (条例 32)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai.applications.letters.errors import MissingSlotError, applicant_named
from gongkai.applications.letters.facts import CaseFacts
from gongkai.applications.letters.wording import cite, contact_note, sentence, title
from gongkai.documents.letter import LetterContent, Paragraph, paragraphs
from gongkai.law.citations import REG
from gongkai.law.dates import day_text
from gongkai.law.texts import Text


@dataclass(frozen=True, slots=True)
class Asked:
    """A third party that was asked and did not consent: by the step ``number``, on a day, about which information, and
    whether it objected (else it was silent)."""

    number: int
    on: dt.date
    addressee: str
    content: str
    objected: bool


def third_party_notice(
    facts: CaseFacts,
    *,
    number: str | None,
    on: dt.date,
    asked: Asked,
    disclosed: str,
    reasons: str,
    remedy: str,
    draft: bool = False,
) -> LetterContent:
    """P09 决定公开告知书 (D23). After an objection the law wants what is disclosed and why [C]; after silence it is told
    as well [I]. ``disclosed`` says which part it is, empty for the whole. It never says who applied.

    Raises MissingSlotError where an objection is met without reasons, LetterError ``applicant_named``.
    """
    if asked.objected and not reasons.strip():
        raise MissingSlotError("third_party_reasons", Text("决定公开的理由", "why it is disclosed"), REG(32))
    name = facts.applicant_name.strip()
    for slot, text in (("third_party_reasons", reasons), ("given", disclosed)):
        # A name of one character would be found in almost any sentence.
        if len(name) > 1 and name in text:
            raise applicant_named(slot)
    said = "您（单位）不同意公开" if asked.objected else "您（单位）在规定的期限内未提出意见"
    return LetterContent(
        issuer=facts.agency,
        title=title(facts.agency, "政府信息决定公开告知书"),
        number=number,
        addressee=asked.addressee,
        body=(
            Paragraph(f"本机关于{day_text(asked.on).zh}书面征求您（单位）对公开下列政府信息的意见："),
            *paragraphs(asked.content),
            Paragraph(f"{said}。经审查，根据{cite(REG(15), REG(32))}的规定，本机关决定予以公开。"),
            *_part(disclosed),
            *_why(asked, reasons),
            *paragraphs(remedy),
        ),
        signature=facts.agency,
        date=on,
        note=contact_note(facts),
        draft=draft,
    )


def _part(disclosed: str) -> tuple[Paragraph, ...]:
    return (Paragraph(f"决定公开的内容为：{sentence(disclosed)}。"),) if sentence(disclosed) else ()


def _why(asked: Asked, reasons: str) -> tuple[Paragraph, ...]:
    """The reasons given; after silence it is enough that no opinion was given in time."""
    lines = paragraphs(reasons)
    if lines:
        return (Paragraph(f"决定公开的理由为：{lines[0].text}"), *lines[1:])
    return () if asked.objected else (Paragraph("逾期未提出意见的，依法由本机关决定是否公开。"),)
