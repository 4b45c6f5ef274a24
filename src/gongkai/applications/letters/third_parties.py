"""P09, D23 决定公开告知书: a third party that did not consent is told what is disclosed and why (条例 32)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai.applications.letters.catalogue import Wording, wording_on
from gongkai.applications.letters.compose import compose
from gongkai.applications.letters.errors import MissingSlotError, applicant_named
from gongkai.applications.letters.facts import CaseFacts
from gongkai.applications.letters.wording import sentence
from gongkai.documents.letter import LetterContent
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

    @property
    def code(self) -> str:
        """Which paper tells it: D23 after an objection, P09 after silence."""
        return "D23" if self.objected else "P09"


def third_party_notice(
    facts: CaseFacts,
    *,
    number: str | None,
    on: dt.date,
    asked: Asked,
    disclosed: str,
    reasons: str,
    remedy: str,
    wording: Wording | None = None,
    draft: bool = False,
) -> LetterContent:
    """P09 or D23 决定公开告知书. After an objection the law wants what is disclosed and why [C]; after silence it is told
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
    return compose(
        facts,
        wording or wording_on(asked.code, on),
        number=number,
        on=on,
        addressee=asked.addressee,
        words={
            "asked_on": day_text(asked.on).zh,
            "content": asked.content,
            "disclosed": sentence(disclosed),
            "reasons": reasons.strip(),
            "remedy": remedy,
        },
        draft=draft,
    )
