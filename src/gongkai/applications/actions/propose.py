"""提出办理意见: the business unit proposes the outcome, with what was found and why (条例 36)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.applications.actions.add_paper import Upload, file_papers
from gongkai.applications.correspondence import check_opinion
from gongkai.applications.enclosures import enclosable, offered, original_stays, redacted_original, stated
from gongkai.applications.history import acting_role, case_of, locked, take
from gongkai.applications.known_slots import check_days
from gongkai.applications.letters import WrongSlotError, has_attachments
from gongkai.applications.models import Application, Paper, PaperKind, Step
from gongkai.applications.release import held_back, look_through, released, require_no_numbers
from gongkai.applications.third_parties import to_inform, withheld_for_third_party
from gongkai.documents.privacy.holding import require_release
from gongkai.documents.store import keep
from gongkai.law.citations import REG
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Refusal, StepKind
from gongkai.law.texts import Text
from gongkai.law.third_parties import objection_stated, part_withheld

#: Beside the slots, what an opinion writes into letters.
_WRITTEN = ("findings", "reasons", "third_party_reasons")
NOTHING_ATTACHED = Text(
    "选择“随答复书附上”的，请先添加随答复提供的文件。", "To attach the information, add the files first."
)


def propose(
    *, case_id: int, actor: Person, on: date, outcome: Outcome, findings: str = "", reasons: str = "",
    slots: Mapping[str, str] | None = None, third_party_reasons: str = "", enclosures: Iterable[Upload] = (),
    kept: Collection[str] | None = None, released_for: Mapping[str, str] | None = None, seen: int | None = None,
) -> Application:  # fmt: skip
    """Propose one of the 21 outcomes. What the reply must say for it (its slots) is demanded here already, so that no
    decision fails for it later. Raises the letter's own error naming the slot that is missing.

    `enclosures` are new files to go out with the reply, `kept` the digests of those that lie in the case already (all
    of them if not told). Each is scanned, before the transaction; `released_for` gives the reason (by digest) why one goes
    out that the scan holds back, else NotReleased. `third_party_reasons` tell a third party why its information is
    disclosed all the same."""
    filled = {name: text.strip() for name, text in (slots or {}).items()}
    facts: dict[str, Any] = {
        "outcome": outcome.value, "findings": findings.strip(), "reasons": reasons.strip(), "slots": filled,
    }  # fmt: skip
    if third_party_reasons.strip():
        facts["third_party_reasons"] = third_party_reasons.strip()
    files = list(enclosures)
    if has_attachments(outcome, filled):
        _look_through(case_id, actor, files, kept)
    return _propose(case_id, actor, on, outcome, facts, files, kept, released_for or {}, seen)


def _look_through(case_id: int, actor: Person, files: Sequence[Upload], kept: Collection[str] | None) -> None:
    """Have the files scanned, for who works in this case; to anybody else the act itself gives the answer."""
    application = Application.objects.select_related("agency").filter(pk=case_id).first()
    if application is None or roles_of(actor, application.agency).isdisjoint(StepKind.OPINION.rule.roles):
        return
    for file in files:
        keep(file.data, name=file.name, media_type=file.media_type)
    look_through([each["sha256"] for each in stated(_lying(application, kept), files)])


def _lying(application: Application, kept: Collection[str] | None) -> Iterable[Paper]:
    return offered(application) if kept is None else enclosable(application, kept)


@transaction.atomic
def _propose(
    case_id: int, actor: Person, on: date, outcome: Outcome, facts: dict[str, Any], files: Sequence[Upload],
    kept: Collection[str] | None, released_for: Mapping[str, str], seen: int | None,
) -> Application:  # fmt: skip
    application = locked(case_id, actor, seen)
    role = acting_role(application, actor, StepKind.OPINION)
    enclosed = _enclosed(application, outcome, facts["slots"], files, kept)
    if enclosed:
        facts["enclosures"] = enclosed
    held = held_back(enclosed)
    if reasons := released(held, released_for):
        facts["release"] = reasons
    step = take(application, StepKind.OPINION, on=on, actor=actor, role=role, facts=facts)
    _check(application, outcome, facts, on)
    require_no_numbers({name: facts.get(name, "") for name in _WRITTEN} | facts["slots"])
    require_release(held, released_for)
    file_papers(application, PaperKind.ENCLOSURE, files, actor=actor, step=step)
    return application


def _enclosed(
    application: Application,
    outcome: Outcome,
    slots: Mapping[str, str],
    files: Sequence[Upload],
    kept: Collection[str] | None,
) -> list[dict[str, str]]:
    """What the opinion sends along. Files without a reply that speaks of them would go out in silence, or be lost; an
    original of which a part is withheld never goes out."""
    if has_attachments(outcome, slots):
        enclosed = stated(_lying(application, kept), files)
        for each in enclosed:
            if redacted_original(application, each["sha256"]):
                raise Invalid("kept" if kept else "enclosures", original_stays(each["name"]))
        return enclosed
    if files:
        message = Text(
            "只有选择“随答复书附上”的，才随答复提供文件。",
            "Files go along only where the reply is said to attach them.",
        )
        raise Invalid("enclosures", message)
    return []


def _check(application: Application, outcome: Outcome, facts: Mapping[str, Any], on: date) -> None:
    """What the step may not say. It is taken first, so that the law's own refusal comes before that of a letter."""
    rows = list(application.steps.order_by("number"))
    if has_attachments(outcome, facts["slots"]) and "enclosures" not in facts:
        raise Invalid("enclosures", NOTHING_ATTACHED)
    check_days(rows, outcome, facts["slots"])
    check_informed(rows, facts)
    check_opinion(application, facts, on)
    check_third_party(application, outcome, facts["slots"])


def check_informed(rows: Sequence[Step], facts: Mapping[str, Any]) -> None:
    """A third party that objected is told the reasons (条例 32 [C]); of one that was silent they are known."""
    objecting = [asked.addressee for asked in to_inform(rows, facts) if asked.objected]
    if not objecting or facts.get("third_party_reasons"):
        return
    names = "、".join(objecting)
    message = Text(
        f"{names}不同意公开，决定公开的，须写明理由并书面告知（{REG(32).zh}）。",
        f"{names} objected: a decision to disclose needs reasons, which are told in writing ({REG(32).en}).",
    )
    raise Invalid("third_party_reasons", message)


def check_third_party(application: Application, outcome: Outcome, slots: Mapping[str, str]) -> None:
    """Ask the law whether what the reply says of a third party is what happened. Raises WrongSlotError at the place
    that says otherwise."""
    case = case_of(application.steps.order_by("number"))
    assert case is not None, "an opinion was just taken in it"
    asked: list[tuple[str, Refusal | None]] = []
    if outcome is Outcome.PARTIALLY_GRANTED and withheld_for_third_party(slots):
        asked.append(("withheld_ground", part_withheld(case, asked_first=settings.PART_NEEDS_CONSULTATION)))
    if slots.get("third_party_position") == "objected":
        asked.append(("third_party_position", objection_stated(case)))
    for slot, refusal in asked:
        if refusal:
            raise WrongSlotError(refusal.code, slot, refusal.message, refusal.article)
