"""What every letter of a case goes through: the facts it states, its number, its bytes, its entry in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from django.conf import settings
from django.utils.translation import override

from gongkai.agencies.actions.number import next_number
from gongkai.agencies.models import Agency
from gongkai.applications import letters
from gongkai.applications.history import case_of, reckoning_of
from gongkai.applications.models import Application, Letter, LetterKind, Step
from gongkai.documents import letter_data
from gongkai.documents.glyphs import spell_out
from gongkai.documents.letter import LetterContent, clean
from gongkai.documents.store import keep
from gongkai.documents.typesetting import MEDIA_TYPE, render_pdf
from gongkai.law.applicants import ApplicantKind
from gongkai.law.citations import REG
from gongkai.law.errors import ProcedureError
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text
from gongkai.law.time_limits import TIME_LIMITS
from gongkai.ledger.actions import record

#: The word in a number that tells the kind of paper: 机关代字 + word + 〔year〕 + number.
NUMBER_WORDS = {
    LetterKind.RECEIPT: "收",
    LetterKind.CORRECTION: "补",
    LetterKind.CONSULTATION: "征",
    LetterKind.CONSULTATION_NOTICE: "告",
    LetterKind.REASONS: "理",
    LetterKind.EXTENSION: "延",
    LetterKind.FEE: "费",
    LetterKind.THIRD_PARTY_NOTICE: "知",
    LetterKind.REPLY: "答",
}


class OfficeFacts(TypedDict):
    """What the letters of an agency say of itself: fields of `CaseFacts`."""

    agency: str
    office: str
    address: str
    telephone: str
    postcode: str
    email: str


def office_facts(agency: Agency) -> OfficeFacts:
    """The agency's own part of the facts."""
    return {
        "agency": agency.name,
        "office": agency.office_name,
        "address": agency.address,
        "telephone": agency.telephone,
        "postcode": agency.postcode,
        "email": agency.email,
    }


# An official letter is in Chinese, whatever language the page was in from which it was made.
@override(settings.LANGUAGE_CODE)
def facts_of(application: Application) -> letters.CaseFacts:
    """What the letters of this case need to know of it. Raises ProcedureError before the receipt is confirmed."""
    agency = application.agency
    rows = list(application.steps.order_by("number"))
    reckoning = reckoning_of(case_of(rows), rows[-1].on if rows else None, explain=False)
    if reckoning is None:
        message = Text("尚未确认收到申请，不能制作文书。", "Its receipt is not confirmed, so no letter can be made.")
        raise ProcedureError("no_receipt", message, REG(31))
    corrected = next((row for row in reversed(rows) if row.kind == StepKind.CORRECTED.value), None)
    return letters.CaseFacts(
        **office_facts(agency),
        case_number=application.number,
        applicant_name=application.applicant_name,
        applicant_kind=ApplicantKind(application.applicant_kind),
        received_on=reckoning.received,
        channel=str(application.get_channel_display()),
        requested=quoted(requested(application, corrected, matter_of(rows))),
        due_on=reckoning.due,
        due_explanation=_due_explanation(provisional=reckoning.provisional),
        corrected_on=corrected.on if corrected else None,
        form=str(application.get_form_wanted_display()),
        way=str(application.get_way_wanted_display()),
    )


def matter_of(rows: Iterable[Step]) -> str:
    """Of several matters in one form (一事一申请): the one this case is about, as the clerk wrote it when splitting."""
    register = next((row for row in rows if row.kind == StepKind.REGISTER.value), None)
    return str(register.facts.get("matter", "")) if register else ""


def requested(application: Application, corrected: Step | None, matter: str = "") -> str:
    """What is asked for, with document number and features, and as corrected. After a split: this case's matter."""
    parts = [matter or application.content.strip()]
    if application.document_number and not matter:
        parts.append(f"文号：{application.document_number}")
    if application.features and not matter:
        parts.append(application.features.strip())
    if corrected:
        parts.append(f"补正内容：{corrected.facts['text']}")
    return "\n".join(parts)


def _due_explanation(*, provisional: bool) -> str:
    usual = f"自收到之日的次日起计算{TIME_LIMITS['reply'].wording.zh}，周末和法定节假日不计，调休上班日计入"
    return f"{usual}；所涉年份的放假安排尚未公布，该日期为暂定" if provisional else usual


def quoted(text: str) -> str:
    """What somebody typed, as a letter can print it: plain line ends, and a code point where the fonts lack a character."""
    return spell_out(clean(text))


def take_number(application: Application, kind: LetterKind, on: date) -> str:
    """The next 发文字号 of this agency, year and kind of paper."""
    agency = application.agency
    return f"{agency.document_prefix}{NUMBER_WORDS[kind]}〔{on.year}〕{next_number(agency, kind.value, on.year)}号"


def issue(
    application: Application,
    step: Step,
    kind: LetterKind,
    content: LetterContent,
    wording: letters.Wording,
    *,
    replaces: Letter | None = None,
) -> Letter:
    """Make the letter, keep its bytes and what it says as data, and write into the ledger which bytes they are and by
    which texts it was made. `replaces` is the earlier reply that this one takes the place of."""
    name = content.title_line
    document = keep(render_pdf(content), name=f"{name}.pdf", media_type=MEDIA_TYPE)
    number = content.number or application.number
    letter = Letter.objects.create(
        application=application, step=step, kind=kind, number=number, on=content.date, document=document,
        code=wording.locked.code, template_version=wording.stated,
        content=keep(letter_data.as_bytes(content), name=f"{name}.json", media_type=letter_data.MEDIA_TYPE),
        replaces=replaces,
    )  # fmt: skip
    facts = {
        "letter": letter.pk,
        "kind": kind.value,
        "letter_number": number,
        "template": wording.stated,
        "sha256": document.digest,
    }
    record(
        chain=application.agency.slug,
        act="applications.letter",
        subject=f"application:{application.pk}",
        facts=facts,
        actor=step.actor.username if step.actor else "",
    )
    return letter
