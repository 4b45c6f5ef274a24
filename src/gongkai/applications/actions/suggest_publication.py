"""转为主动公开草稿: what was given to one applicant becomes a draft for all (条例 44), in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.applications.enclosures import names_of
from gongkai.applications.history import case_of, locked
from gongkai.applications.models import Application, Step
from gongkai.disclosure.actions.draft_item import LONGEST_TITLE, draft_item
from gongkai.disclosure.models import ItemDraft
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import StepKind
from gongkai.law.texts import Text
from gongkai.vault.masking import mask_within

#: What the applicant gave of himself or others: none of it stands in a draft, wherever it was written.
PERSONAL = (
    "applicant_name id_number contact_person telephone email address agent_name agent_id_number agent_telephone"
).split()
#: Shorter than this it is no name, and would be found in every other word.
SHORTEST = 2


@transaction.atomic
def draft_from_case(*, case_id: int, actor: Person) -> ItemDraft:
    """A draft from a case that was answered 予以公开: what was asked for, and what the reply gives. An editor reads it
    before anything is public. Once for each case; discarded, again.

    Raises CaseNotFound, NotAllowed, Invalid.
    """
    application = locked(case_id, actor)
    rows = list(application.steps.order_by("number"))
    case = case_of(rows)
    if case is None or not case.replies or case.replies[-1].outcome is not Outcome.GRANTED:
        message = Text("只有答复为“予以公开”的申请可以转为主动公开草稿。", "Only what was granted can be drafted.")
        raise Invalid("case", message)
    title = without_persons(application, _asked(application, rows))
    return draft_item(
        actor=actor,
        agency=application.agency,
        title=" ".join(title.split())[:LONGEST_TITLE],
        body=without_persons(application, _given(_sent_opinion(rows))),
        source=source_of(application.pk),
    )


def source_of(case_id: int) -> str:
    """How a draft names the case it came from."""
    return f"application:{case_id}"


def _asked(application: Application, rows: Sequence[Step]) -> str:
    """Of several matters in one form, the one that this case is about."""
    return next((str(row.facts["matter"]) for row in rows if row.facts.get("matter")), application.content)


def _sent_opinion(rows: Sequence[Step]) -> Mapping[str, Any]:
    """The opinion on which the last reply that went out rests; empty for a case from an earlier register."""
    standing: Mapping[str, Any] = {}
    sent: Mapping[str, Any] = {}
    for row in rows:
        if row.kind == StepKind.OPINION.value:
            standing = row.facts
        elif row.kind == StepKind.DELIVER.value:
            sent = standing
    return sent


def _given(opinion: Mapping[str, Any]) -> str:
    """The information, as far as it stands in the reply; else what was found, and what went along."""
    slots = opinion.get("slots", {})
    stated = slots.get("information", "") if slots.get("provision") == "stated" else ""
    parts = [stated or opinion.get("findings", "")]
    if names := names_of(opinion):
        parts.append("附件：" + "；".join(names))
    return "\n\n".join(part for part in parts if part) or "（请补充信息内容。）"


def without_persons(application: Application, text: str) -> str:
    """The text with everything masked that the applicant gave of persons, and all that looks like a person's number."""
    given = {str(getattr(application, name)) for name in PERSONAL}
    for value in sorted(given, key=len, reverse=True):
        if len(value) >= SHORTEST:
            text = text.replace(value, "*" * len(value))
    return mask_within(text)
