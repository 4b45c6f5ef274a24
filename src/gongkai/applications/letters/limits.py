"""Letters that ask for reasons (P04) or tell of a later reply (P05): extension (条例 33(2)), agreed delay (35)."""

from __future__ import annotations

import datetime as dt

from gongkai.applications.letters.catalogue import Wording, wording_on
from gongkai.applications.letters.compose import compose
from gongkai.applications.letters.errors import MissingSlotError
from gongkai.applications.letters.facts import CaseFacts
from gongkai.applications.letters.wording import sentence
from gongkai.documents.letter import LetterContent
from gongkai.law.citations import REG
from gongkai.law.dates import day_text
from gongkai.law.texts import Text

_WHY = Text("延期的理由", "why the reply comes later")


def extension_notice(
    facts: CaseFacts,
    *,
    number: str | None,
    on: dt.date,
    days: int,
    consented: dt.date,
    reason: str,
    before: dt.date | None,
    until: dt.date | None,
    wording: Wording | None = None,
    draft: bool = False,
) -> LetterContent:
    """P05 延期答复告知书 of an extension: who agreed and when, by how much, the new last day (条例 33(2) [C]).

    ``before`` and ``until`` are the last day as it was and as it is, None while something open can still move them:
    then the days alone are told. Raises MissingSlotError without a reason.
    """
    return compose(
        facts,
        wording or wording_on("P05", on),
        number=number,
        on=on,
        addressee=facts.applicant_name,
        words={
            "reason": _required(reason),
            "days": str(days),
            "consented_on": day_text(consented).zh,
            "before": day_text(before).zh if before else "",
            "until": day_text(until).zh if until else "",
            "asked_on": "",
            "given_on": "",
        },
        draft=draft,
    )


def reasons_request(
    facts: CaseFacts,
    *,
    number: str | None,
    on: dt.date,
    volume: str,
    until: dt.date,
    wording: Wording | None = None,
    draft: bool = False,
) -> LetterContent:
    """P04 说明理由告知书: what is beyond reason, by when to say why, and what follows (条例 35 [C]).

    That a day is set is our reading [I]. Raises MissingSlotError where it is not said what is beyond reason.
    """
    if not sentence(volume):
        raise MissingSlotError("volume", Text("数量、频次", "number and frequency"), REG(35))
    return compose(
        facts,
        wording or wording_on("P04", on),
        number=number,
        on=on,
        addressee=facts.applicant_name,
        words={"volume": sentence(volume), "until": day_text(until).zh},
        draft=draft,
    )


def delay_notice(
    facts: CaseFacts,
    *,
    number: str | None,
    on: dt.date,
    asked: dt.date,
    given: dt.date,
    reason: str,
    until: dt.date,
    wording: Wording | None = None,
    draft: bool = False,
) -> LetterContent:
    """P05 延期答复告知书 of an agreed delay: the reasons are good, the reply comes by ``until`` (条例 35 [C]).

    ``asked`` and ``given``: when the reasons were asked for and given. Raises MissingSlotError without a reason.
    """
    return compose(
        facts,
        wording or wording_on("P05", on),
        number=number,
        on=on,
        addressee=facts.applicant_name,
        words={
            "reason": _required(reason),
            "asked_on": day_text(asked).zh,
            "given_on": day_text(given).zh,
            "until": day_text(until).zh,
            "before": "",
            "days": "",
            "consented_on": "",
        },
        draft=draft,
    )


def _required(reason: str) -> str:
    """The reason as the letter's own sentence goes on after „因“."""
    why = sentence(reason).removeprefix("因为").removeprefix("因")
    if not why:
        raise MissingSlotError("reason", _WHY, REG(33, 2))
    return why
