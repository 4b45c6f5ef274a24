"""The letters on the way to a reply: receipt (P02), correction (P03), consultation notice (P08)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from gongkai.applications.letters.catalogue import Wording, wording_on
from gongkai.applications.letters.compose import compose
from gongkai.applications.letters.errors import MissingSlotError
from gongkai.applications.letters.facts import CaseFacts
from gongkai.documents.letter import LetterContent
from gongkai.law.citations import REG
from gongkai.law.clock import Consulted
from gongkai.law.dates import day_text
from gongkai.law.texts import Text


def receipt(
    facts: CaseFacts, *, on: dt.date | None = None, wording: Wording | None = None, draft: bool = False
) -> LetterContent:
    """P02 申请接收回执: number, day received, due date and its reckoning, how to follow it, where to ask.

    ``on`` is the day of the paper, by default that of receipt. 条例 31, 33 [C]; the paper is practice [M].
    """
    day = on or facts.received_on
    return compose(
        facts,
        wording or wording_on("P02", day),
        number=facts.case_number,
        on=day,
        addressee=facts.applicant_name,
        words={},
        draft=draft,
    )


def correction_notice(
    facts: CaseFacts,
    *,
    number: str | None,
    on: dt.date,
    what: Sequence[str],
    correct_by: dt.date,
    wording: Wording | None = None,
    draft: bool = False,
) -> LetterContent:
    """P03 补正告知书: the points to correct, by when, and what follows (条例 30 [C]).

    Raises MissingSlotError when no point is named: the applicant is told everything at once (一次性告知).
    """
    points = tuple(point.strip() for point in what if point.strip())
    if not points:
        raise MissingSlotError("what", Text("需要补正的事项", "points to correct"), REG(30))
    return compose(
        facts,
        wording or wording_on("P03", on),
        number=number,
        on=on,
        addressee=facts.applicant_name,
        words={"correct_by": day_text(correct_by).zh},
        points=points,
        draft=draft,
    )


def consultation_notice(
    facts: CaseFacts,
    *,
    number: str | None,
    on: dt.date,
    consulted: Consulted,
    wording: Wording | None = None,
    draft: bool = False,
) -> LetterContent:
    """P08 征求意见告知书: opinions are sought, and that time is not counted (条例 33(3) [C])."""
    return compose(
        facts,
        wording or wording_on("P08", on),
        number=number,
        on=on,
        addressee=facts.applicant_name,
        words={"asked_on": day_text(on).zh},
        given={"consulted": consulted.value},
        draft=draft,
    )
