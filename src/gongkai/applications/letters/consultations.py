"""Letters that ask somebody else's opinion: a third party (P06), a co-producer (P10), another organ (P11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from gongkai.applications.letters.catalogue import CATALOGUE, Wording, wording_on
from gongkai.applications.letters.compose import compose
from gongkai.applications.letters.errors import MissingSlotError, applicant_named
from gongkai.applications.letters.facts import CaseFacts
from gongkai.applications.letters.wording import lines
from gongkai.documents.letter import LetterContent
from gongkai.law.clock import Consulted
from gongkai.law.texts import Text

#: Which paper asks whom.
CONSULTATION_CODES: Mapping[Consulted, str] = MappingProxyType(
    {Consulted.THIRD_PARTY: "P06", Consulted.CO_PRODUCER: "P10", Consulted.OTHER: "P11"}
)


def consultation_letter(
    facts: CaseFacts,
    *,
    number: str | None,
    on: dt.date,
    consulted: Consulted,
    addressee: str,
    content: str,
    wording: Wording | None = None,
    draft: bool = False,
) -> LetterContent:
    """P06 (with its answer sheet P07), P10 or P11. ``content`` says which information is meant, never who applied.

    Raises MissingSlotError without addressee or content, LetterError ``applicant_named`` when the content
    holds the applicant's name. 条例 15, 32, 33(3), 34 [C]; how to answer is practice [I].
    """
    _check(facts, addressee, content)
    enclosed = (CATALOGUE["P07"].name.zh,) if consulted is Consulted.THIRD_PARTY else ()
    return compose(
        facts,
        wording or wording_on(CONSULTATION_CODES[consulted], on),
        number=number,
        on=on,
        addressee=addressee.strip(),
        words={"content": lines(content)},
        attachments=enclosed,
        draft=draft,
    )


def _check(facts: CaseFacts, addressee: str, content: str) -> None:
    if not addressee.strip():
        raise MissingSlotError("addressee", Text("征求意见的对象", "whose opinion is asked"))
    if not content.strip():
        raise MissingSlotError("content", Text("所涉及的政府信息", "which information is meant"))
    name = facts.applicant_name.strip()
    # A name of one character would be found in almost any sentence.
    if len(name) > 1 and name in content:
        raise applicant_named()
