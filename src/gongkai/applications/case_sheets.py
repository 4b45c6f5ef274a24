"""The sheets of a case as it stands now, to be printed: 申请登记表, 公开审查呈批单, and for a letter 送达回证, 征求意见确认函.

They show identities masked, as the case page does: for a sheet nobody has to have one shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import override

from gongkai.agencies.selectors import today
from gongkai.applications import letters
from gongkai.applications.actions.deliver import Delivery
from gongkai.applications.correspondence import facts_of
from gongkai.applications.identity_display import masked_facts
from gongkai.applications.letters import PaperRule
from gongkai.applications.letters.wording import cite
from gongkai.applications.models import TO_OTHERS, Letter, LetterKind, Step
from gongkai.applications.own_wording import with_own_word
from gongkai.applications.selectors import CasePage
from gongkai.applications.step_words import what_it_says
from gongkai.documents.letter import LetterContent
from gongkai.law.clock import Consulted
from gongkai.law.dates import day_text
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role, StepKind


@dataclass(frozen=True)
class LetterRow:
    """A letter as the case page lists it: whether there is a Word file of the agency for it, and the sheets for it."""

    letter: Letter
    own_word: bool
    sheets: tuple[PaperRule, ...]


@dataclass(frozen=True)
class PaperForms:
    """The letters of a case, and the sheets that can be printed of it."""

    letters: tuple[LetterRow, ...]
    sheets: tuple[PaperRule, ...]


def paper_forms(page: CasePage) -> PaperForms:
    """What the case page offers to download and print."""
    own = with_own_word(page.application.agency, page.letters)
    steps = {row.pk: row for row in page.steps}
    rows = tuple(
        LetterRow(letter, letter.pk in own, _rules(letter_sheets(letter, steps[letter.step_id])))
        for letter in page.letters
    )
    return PaperForms(rows, _rules(case_sheets(page)))


def _rules(codes: tuple[str, ...]) -> tuple[PaperRule, ...]:
    return tuple(letters.CATALOGUE[code] for code in codes)


def case_sheets(page: CasePage) -> tuple[str, ...]:
    """Which sheets the case has by now."""
    if page.case is None:
        return ()
    return ("P01", "S01") if page.opinion else ("P01",)


def letter_sheets(letter: Letter, step: Step) -> tuple[str, ...]:
    """Which sheets go with a letter that was made in this step."""
    asks = letter.kind == LetterKind.CONSULTATION and step.facts.get("consulted") == Consulted.THIRD_PARTY.value
    return ("P07", "S02") if asks else ("S02",)


def case_sheet(page: CasePage, code: str) -> LetterContent:
    """A sheet of the case. Raises KeyError where it has none of that code."""
    if code not in case_sheets(page):
        raise KeyError(code)
    # Papers are in Chinese, whatever language the page is in.
    with override(settings.LANGUAGE_CODE):
        return _CASE_SHEETS[code](page)


def letter_sheet(letter: Letter, code: str) -> LetterContent:
    """A sheet for a letter. Raises KeyError where there is none of that code."""
    if code not in letter_sheets(letter, letter.step):
        raise KeyError(code)
    with override(settings.LANGUAGE_CODE):
        return _answer(letter) if code == "P07" else _service(letter)


def _registration(page: CasePage) -> LetterContent:
    applicant = [(fact.label, fact.text or "（未写明）") for fact in masked_facts(page)]
    register = _last(page, StepKind.REGISTER)
    by = register.actor.display_name if register and register.actor else ""
    return letters.registration_sheet(facts_of(page.application), on=today(), applicant=applicant, registered_by=by)


def _approval(page: CasePage) -> LetterContent:
    opinion = _last(page, StepKind.OPINION)
    assert opinion is not None, "asked before"
    outcome = Outcome(opinion.facts["outcome"])
    return letters.approval_sheet(
        facts_of(page.application),
        on=today(),
        outcome=outcome.label.zh,
        basis=_basis(outcome, opinion.facts.get("slots", {}), opinion.on),
        opinion=what_it_says(StepKind.OPINION, opinion.facts)[1:],
        signed=_sign_offs(page, opinion),
    )


def _basis(outcome: Outcome, slots: Mapping[str, str], on: date) -> str:
    articles = letters.template_on(letters.reply_code(outcome, slots), on).basis
    return cite(*articles) or slots.get("legal_basis", "") or "—"


def _sign_offs(page: CasePage, opinion: Step) -> list[letters.SignOff]:
    """Who drafted it, who found it in order; then the roles of the route whose turn is still to come."""
    rows = [row for row in page.steps if row.number >= opinion.number and row.kind in _SIGNING]
    signed = [
        letters.SignOff(
            Role(row.role).label, str(row.actor or ""), row.on, row.facts.get("remark", "") or _SIGNING[row.kind]
        )
        for row in rows
    ]
    decision = next((row for row in rows if row.kind == StepKind.DECISION.value), None)
    done = {row.role for row in rows if row.kind in (StepKind.REVIEW.value, StepKind.SIGN.value)}
    route = decision.facts.get("route", ()) if decision else (Role.APPROVER.value,)
    return [*signed, *(letters.SignOff(Role(role).label, "") for role in route if role not in done)]


#: What a step says on the sheet where its taker wrote nothing.
_SIGNING = {
    StepKind.OPINION.value: "拟同意上述办理结果，请审核。",
    StepKind.DECISION.value: "已拟定答复，报请审批。",
    StepKind.REVIEW.value: "同意。",
    StepKind.SIGN.value: "同意，签发。",
}


def _last(page: CasePage, kind: StepKind) -> Step | None:
    return next((row for row in reversed(page.steps) if row.kind == kind.value), None)


def _answer(letter: Letter) -> LetterContent:
    asked = letter.step.facts
    return letters.answer_sheet(
        facts_of(letter.application), on=letter.on, addressee=asked["addressee"], asked_by=letter.number,
        asked_on=letter.on, content=asked["text"],
    )  # fmt: skip


def _service(letter: Letter) -> LetterContent:
    return letters.service_sheet(
        facts_of(letter.application), on=today(), addressee=_addressee(letter), paper=str(letter.get_kind_display()),
        number=letter.number, sent=_sent(letter),
    )  # fmt: skip


def _addressee(letter: Letter) -> str:
    """Whom the letter is to; a notice to several third parties is told apart by its own content."""
    if letter.kind in TO_OTHERS:
        return letter_content(letter).addressee if letter.content else str(letter.step.facts.get("addressee", ""))
    return str(letter.application.applicant_name)


def _sent(letter: Letter) -> list[tuple[str, str]]:
    """How and when a reply went out."""
    if letter.kind != LetterKind.REPLY:
        return []
    steps = letter.application.steps.filter(kind=StepKind.DELIVER.value, number__gt=letter.step.number)
    step = steps.order_by("number").first()
    return [("送达方式", str(Delivery(step.facts["way"]).label)), ("送达日期", day_text(step.on).zh)] if step else []


def letter_content(letter: Letter) -> LetterContent:
    """What an issued letter says, from the data kept beside it. Raises KeyError for a letter from before there was any."""
    from gongkai.documents.letter_data import from_bytes
    from gongkai.documents.store import read

    if letter.content is None:
        raise KeyError(letter.pk)
    return from_bytes(read(letter.content))


_CASE_SHEETS: Mapping[str, Callable[[CasePage], LetterContent]] = {"P01": _registration, "S01": _approval}
