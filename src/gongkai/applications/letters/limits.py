"""Letters that ask for reasons (P04) or tell of a later reply (P05): extension (条例 33(2)), agreed delay (35)."""

from __future__ import annotations

import datetime as dt

from gongkai.applications.letters.errors import MissingSlotError
from gongkai.applications.letters.facts import CaseFacts
from gongkai.applications.letters.notices import to_applicant
from gongkai.applications.letters.wording import cite, contact, opening, request, sentence, you
from gongkai.documents.letter import LetterContent, Paragraph
from gongkai.law.citations import REG
from gongkai.law.dates import day_text
from gongkai.law.texts import Text

_DELAYED = "政府信息公开申请延期答复告知书"
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
    draft: bool = False,
) -> LetterContent:
    """P05 延期答复告知书 of an extension: who agreed and when, by how much, the new last day (条例 33(2) [C]).

    ``before`` and ``until`` are the last day as it was and as it is, None while something open can still move them:
    then the days alone are told. Raises MissingSlotError without a reason.
    """
    why = _required(reason)
    old = f"（至{day_text(before).zh}止）" if before else ""
    new = f"，延长后的答复期限至{day_text(until).zh}止" if until else "，自原答复期限届满的次日起算"
    body = (
        opening(facts),
        *request(facts),
        Paragraph(f"因{why}，本机关不能在原答复期限内{old}作出答复。"),
        Paragraph(
            f"根据{cite(REG(33, 2))}的规定，经本机关政府信息公开工作机构负责人于{day_text(consented).zh}同意，"
            f"本机关将答复期限延长{days}个工作日{new}。特此告知。"
        ),
    )
    return to_applicant(facts, _DELAYED, number, on, body, draft)


def reasons_request(
    facts: CaseFacts, *, number: str | None, on: dt.date, volume: str, until: dt.date, draft: bool = False
) -> LetterContent:
    """P04 说明理由告知书: what is beyond reason, by when to say why, and what follows (条例 35 [C]).

    That a day is set is our reading [I]. Raises MissingSlotError where it is not said what is beyond reason.
    """
    if not sentence(volume):
        raise MissingSlotError("volume", Text("数量、频次", "number and frequency"), REG(35))
    body = (
        opening(facts),
        *request(facts),
        Paragraph(f"经审查，{you(facts)}申请公开政府信息的数量、频次明显超过合理范围：{sentence(volume)}。"),
        Paragraph(
            f"根据{cite(REG(35))}的规定，请{you(facts)}说明申请的理由，于{day_text(until).zh}前（含当日）以书面形式提交"
            f"本机关政府信息公开工作机构（{contact(facts)}）。"
        ),
        Paragraph(
            "本机关认为申请理由不合理的，将告知不予处理；认为申请理由合理，但是无法在规定的期限内答复的，"
            "可以确定延迟答复的合理期限并予以告知。"
        ),
    )
    return to_applicant(facts, "政府信息公开申请说明理由告知书", number, on, body, draft)


def delay_notice(
    facts: CaseFacts,
    *,
    number: str | None,
    on: dt.date,
    asked: dt.date,
    given: dt.date,
    reason: str,
    until: dt.date,
    draft: bool = False,
) -> LetterContent:
    """P05 延期答复告知书 of an agreed delay: the reasons are good, the reply comes by ``until`` (条例 35 [C]).

    ``asked`` and ``given``: when the reasons were asked for and given. Raises MissingSlotError without a reason.
    """
    why = _required(reason)
    body = (
        opening(facts),
        *request(facts),
        Paragraph(
            f"{you(facts)}申请公开政府信息的数量、频次明显超过合理范围，本机关于{day_text(asked).zh}要求{you(facts)}"
            f"说明理由，{you(facts)}于{day_text(given).zh}说明了理由。"
        ),
        Paragraph(
            f"经审查，申请理由合理，但是因{why}，无法在{cite(REG(33))}规定的期限内答复。根据{cite(REG(35))}的规定，"
            f"本机关确定延迟答复的期限至{day_text(until).zh}止。特此告知。"
        ),
    )
    return to_applicant(facts, _DELAYED, number, on, body, draft)


def _required(reason: str) -> str:
    """The reason as the letter's own sentence goes on after „因“."""
    why = sentence(reason).removeprefix("因为").removeprefix("因")
    if not why:
        raise MissingSlotError("reason", _WHY, REG(33, 2))
    return why
