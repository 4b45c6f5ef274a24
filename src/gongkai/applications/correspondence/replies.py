"""The reply and its drafts, and the word to third parties that goes out with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.applications import letters
from gongkai.applications.correspondence.making import facts_of, issue, quoted, take_number
from gongkai.applications.enclosures import names_of
from gongkai.applications.history import case_of
from gongkai.applications.models import Application, Letter, LetterKind, Step
from gongkai.applications.own_wording import wording_for
from gongkai.applications.third_parties import to_inform
from gongkai.documents.letter import LetterContent
from gongkai.documents.typesetting import render_pdf
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Case, StepKind
from gongkai.law.procedure_replies import ReopenGround
from gongkai.law.remedies import AgencyKind, remedy_paragraph


def check_opinion(application: Application, opinion: Mapping[str, Any], on: date) -> None:
    """Make the letters as drafts, for what they refuse: a slot not filled, a character no font has."""
    render_pdf(draft_reply(application, opinion, on))
    for asked in to_inform(list(application.steps.order_by("number")), opinion):
        render_pdf(_third_party_letter(application, opinion, asked, number=None, on=on, draft=True))


def draft_reply(application: Application, opinion: Mapping[str, Any], on: date) -> LetterContent:
    """The reply that an opinion would make, marked as a draft and without a number."""
    return _reply(application, opinion, number=None, on=on, draft=True)


def issue_reply(application: Application, step: Step) -> Letter:
    """The reply (D01–D22) that the signed opinion makes, with the next number of its series. After a reopening it
    takes the place of the one before."""
    number = take_number(application, LetterKind.REPLY, step.on)
    opinion = _signed_opinion(application)
    content = _reply(application, opinion, number=number, on=step.on, draft=False)
    wording = _wording(application, opinion, step.on)
    return issue(application, step, LetterKind.REPLY, content, wording, replaces=earlier_reply(application))


def _wording(application: Application, opinion: Mapping[str, Any], on: date) -> letters.Wording:
    code = letters.reply_code(Outcome(opinion["outcome"]), opinion.get("slots", {}))
    return wording_for(application.agency, code, on)


def inform_third_party(application: Application, step: Step, asked: letters.Asked) -> Letter:
    """P09 or D23 决定公开告知书, to a third party without whose consent the signed decision discloses (条例 32)."""
    number = take_number(application, LetterKind.THIRD_PARTY_NOTICE, step.on)
    opinion = _signed_opinion(application)
    content = _third_party_letter(application, opinion, asked, number=number, on=step.on, draft=False)
    wording = wording_for(application.agency, asked.code, step.on)
    return issue(application, step, LetterKind.THIRD_PARTY_NOTICE, content, wording)


def _signed_opinion(application: Application) -> Mapping[str, Any]:
    facts: Mapping[str, Any] = application.steps.filter(kind=StepKind.OPINION.value).latest("number").facts
    return facts


def earlier_reply(application: Application) -> Letter | None:
    """The reply of the round before; None in the first round, and where that reply was made elsewhere."""
    return application.letters.filter(kind=LetterKind.REPLY).order_by("id").last()


def _reply(
    application: Application, opinion: Mapping[str, Any], *, number: str | None, on: date, draft: bool
) -> LetterContent:
    outcome = Outcome(opinion["outcome"])
    return letters.reply(
        facts_of(application),
        number=number,
        on=on,
        outcome=outcome,
        findings=opinion.get("findings", ""),
        reasons=opinion.get("reasons", ""),
        extra=opinion.get("slots", {}),
        remedy=remedy_of(application, outcome, on),
        attachments=names_of(opinion),
        replaces=_replaced(application),
        wording=_wording(application, opinion, on),
        draft=draft,
    )


def _replaced(application: Application) -> letters.Replaced | None:
    """What the reply of a reopened case says of the one it replaces."""
    rows = list(application.steps.order_by("number"))
    case = case_of(rows)
    if case is None or case.reopened is None:
        return None
    facts, earlier = rows[case.reopened].facts, earlier_reply(application)
    return letters.Replaced(
        number=earlier.number if earlier else "",
        on=earlier.on if earlier else _delivered_before(case),
        ground=ReopenGround(facts["ground"]),
        document=quoted(facts.get("document", "")),
    )


def _delivered_before(case: Case) -> date:
    """Of a reply made in an earlier register only the day is known."""
    return case.replies[-1].delivered


def _third_party_letter(
    application: Application,
    opinion: Mapping[str, Any],
    asked: letters.Asked,
    *,
    number: str | None,
    on: date,
    draft: bool,
) -> LetterContent:
    return letters.third_party_notice(
        facts_of(application),
        number=number,
        on=on,
        asked=asked,
        disclosed=_disclosed_part(opinion),
        reasons=opinion.get("third_party_reasons", ""),
        remedy=_remedy_of_third_party(application, on),
        wording=wording_for(application.agency, asked.code, on),
        draft=draft,
    )


def _disclosed_part(opinion: Mapping[str, Any]) -> str:
    """Which part is disclosed; empty where it is the whole of what the third party was asked about."""
    partly = opinion["outcome"] == Outcome.PARTIALLY_GRANTED.value
    return str(opinion.get("slots", {}).get("given", "")) if partly else ""


def remedy_of(application: Application, outcome: Outcome, on: date) -> str:
    """The remedy paragraph this outcome needs on that day (行政复议法 20, 23; 行政诉讼法 45, 46)."""
    agency = application.agency
    paragraph = remedy_paragraph(
        outcome,
        kind=AgencyKind(agency.kind),
        review_organ=agency.review_organ,
        court=agency.court or None,
        on=on,
    )
    return paragraph.zh


def _remedy_of_third_party(application: Application, on: date) -> str:
    """A decision to disclose may go to review or to court, as any other act; the letter is no 答复 to its reader."""
    return remedy_of(application, Outcome.GRANTED, on).replace("本答复", "本告知书")
