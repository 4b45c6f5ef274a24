"""How the case page tells a case: its stages, what each step says, the applicant as this reader may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from gongkai.applications.desk_forms import in_words
from gongkai.applications.models import Step
from gongkai.applications.selectors import CasePage
from gongkai.applications.step_words import Said, what_it_says
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import OUTCOMES, Outcome, OutcomeRule
from gongkai.law.procedure import Case, Role, Stage, StepKind
from gongkai.law.texts import Text
from gongkai.vault.masking import mask_email, mask_name, mask_number

#: The stages in order, each with the step that shows it was gone through.
COURSE: Mapping[Stage, StepKind] = {
    Stage.REGISTER: StepKind.REGISTER,
    Stage.ACCEPT: StepKind.ACCEPT,
    Stage.CORRECT: StepKind.CORRECTION_NOTICE,
    Stage.CONSULT: StepKind.CONSULTATION,
    Stage.OPINE: StepKind.OPINION,
    Stage.DECIDE: StepKind.DECISION,
    Stage.APPROVE: StepKind.SIGN,
    Stage.DELIVER: StepKind.DELIVER,
    Stage.ARCHIVE: StepKind.ARCHIVE,
}


@dataclass(frozen=True)
class StageMark:
    """One stage of the line: done, now, skipped (an optional one that was not needed) or next."""

    label: Text
    state: str


def stage_marks(case: Case | None) -> list[StageMark]:
    """The nine stages as this case has gone through them; None: its receipt is not confirmed yet."""
    order = list(COURSE)
    stage = case.stage if case else Stage.REGISTER
    here = order.index(stage) if stage in COURSE else len(order)
    taken = {step.kind for step in case.history} if case else set()
    return [StageMark(stage.label, _state(place - here, COURSE[stage] in taken)) for place, stage in enumerate(order)]


def _state(offset: int, taken: bool) -> str:
    if offset == 0:
        return "now"
    if offset > 0:
        return "next"
    return "done" if taken else "skipped"


@dataclass(frozen=True)
class TimelineEntry:
    """One step: what, when, who in which role, what it says, the letters it made."""

    row: Step
    label: Text
    role: Text
    said: list[Said]
    letters: list[Any]


def timeline(page: CasePage) -> list[TimelineEntry]:
    """The steps, the newest first."""
    return [
        TimelineEntry(
            row=row,
            label=StepKind(row.kind).label,
            role=Role(row.role).label,
            said=what_it_says(StepKind(row.kind), row.facts),
            letters=[letter for letter in page.letters if letter.step_id == row.pk],
        )
        for row in reversed(page.steps)
    ]


def applicant_facts(page: CasePage) -> list[Said]:
    """Who applies: whole for the one who checks identity and addresses the letters, else masked (PIPL 6, 51)."""
    application = page.application
    whole = page.sees_identity
    shown: list[Said] = [
        (_("申请人类型"), in_words(ApplicantKind(application.applicant_kind).label)),
        (_("姓名或名称"), application.applicant_name if whole else application.masked_name),
        (str(application.get_id_type_display()), application.id_number if whole else application.masked_id),
        (_("联系人"), application.contact_person if whole else mask_name(application.contact_person)),
        (_("联系电话"), application.telephone if whole else mask_number(application.telephone)),
        (_("电子邮箱"), application.email if whole else mask_email(application.email)),
        (_("通信地址"), application.address if whole else "***"),
        (_("邮政编码"), application.postcode if whole else "***"),
    ]
    given = {
        _("联系人"): application.contact_person,
        _("电子邮箱"): application.email,
        _("通信地址"): application.address,
        _("邮政编码"): application.postcode,
    }
    return [(label, text) for label, text in shown if given.get(label, text)]


@dataclass(frozen=True)
class OutcomeChoice:
    """One outcome to choose, and whether the case allows it today."""

    rule: OutcomeRule
    allowed: bool
    chosen: bool


#: The first two rows of the table stand each for themselves; on the page they share a heading.
DISCLOSED = Text("（一）（二）予以公开、部分公开", "(1) (2) Granted, partially granted")


def outcome_groups(allowed: Sequence[Outcome], chosen: Outcome | None) -> list[tuple[Text, list[OutcomeChoice]]]:
    """The 21 outcomes in the groups and the order of the official table."""
    choices = [OutcomeChoice(rule, rule.outcome in allowed, rule.outcome is chosen) for rule in OUTCOMES.values()]
    return [(heading, list(found)) for heading, found in groupby(choices, key=_heading)]


def _heading(choice: OutcomeChoice) -> Text:
    return DISCLOSED if choice.rule.discloses else choice.rule.group
