"""生成遮盖件: asked for once, made and checked by the worker, looked at meanwhile (条例 37).

What the boxes cover goes; the copy is a new file of pictures. If its check finds anything left there is no copy.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.applications.actions.add_paper import file_document
from gongkai.applications.actions.change_boxes import MOST_BOXES
from gongkai.applications.errors import CaseNotFound
from gongkai.applications.history import locked
from gongkai.applications.models import MAKING, BoxOrigin, PaperKind, Redaction, RedactionBox, RedactionState
from gongkai.applications.redaction_access import locked_draft
from gongkai.applications.redaction_engine import Proposed, check_copy, make_copy, proposals
from gongkai.applications.withheld_parts import COVERED, USUAL_GROUND
from gongkai.documents.store import keep, read
from gongkai.jobs import Pace, enqueue
from gongkai.law.errors import LawError
from gongkai.law.procedure import Stage
from gongkai.law.texts import Text
from gongkai.ledger.actions import record
from gongkai.ledger.digests import digest_of
from gongkai.vault.masking import mask_within

#: A copy that was cut off so often is not begun again: the file is too large for this machine.
MOST_ATTEMPTS = 3
log = logging.getLogger(__name__)
_BROKEN = Text(
    "系统出错，没有生成遮盖件。遮盖框都在，请再试一次；仍然不行的，请告知管理员。",
    "Something went wrong and no copy was made. The boxes are kept: try again, or tell the administrator.",
)
_TOO_LARGE = Text(
    "多次超过后台任务的时限，没有生成遮盖件。请把文件拆分以后分别遮盖。",
    "It took longer than a background job may, several times. Split the file and redact its parts.",
)
_CLOSED = Text("本件已归档，没有生成遮盖件。", "The case was archived meanwhile; no copy was made.")
_SAME = Text(
    "与已有的遮盖件完全相同，没有另外生成。", "It would be the same as the redacted copy that is there; none was made."
)


@transaction.atomic
def ask_for_copy(*, redaction_id: int, actor: Person, seen: int | None = None) -> Redaction:
    """Have the copy made of the boxes as they stand. Asked twice, it is made once."""
    if under_way := _under_way(redaction_id, actor):
        return under_way
    redaction = locked_draft(redaction_id, actor, seen)
    _require_decided(redaction)
    redaction.state, redaction.asked_by = RedactionState.WAITING, actor
    redaction.attempts, redaction.done, redaction.failure = 0, 0, {}
    redaction.save(update_fields=["state", "asked_by", "attempts", "done", "failure"])
    enqueue("gongkai.applications.jobs.make_redacted_copy", redaction.pk)
    return redaction


def _under_way(redaction_id: int, actor: Person) -> Redaction | None:
    """Asked for already, or made. The case is locked first: of two who ask at once the second finds the first."""
    case_id = Redaction.objects.filter(pk=redaction_id).values_list("paper__application_id", flat=True).first()
    if case_id is None:
        raise CaseNotFound
    locked(case_id, actor)
    row = Redaction.objects.filter(pk=redaction_id).first()
    return row if row is not None and (row.state in MAKING or row.copy_id) else None


def _require_decided(redaction: Redaction) -> None:
    if redaction.proposed_at is None:
        message = Text("隐私扫描还没有完成，请稍候。", "The scan is not finished yet; please wait.")
        raise Invalid("redaction", message)
    if waiting := redaction.boxes.filter(taken=False).count():
        message = Text(
            f"还有{waiting}处扫描建议没有决定，请逐处或者按类采用、不采用。",
            f"{waiting} proposals of the scan are not decided: take or dismiss them, one by one or by kind.",
        )
        raise Invalid("redaction", message)
    if not redaction.boxes.exists():
        message = Text("还没有遮盖任何内容。全部公开的，不用遮盖。", "Nothing is covered yet.")
        raise Invalid("redaction", message)


def carry_out(redaction_id: int) -> None:
    """Make it. Made or failed already, it is left alone; cut off before, it is made from the beginning."""
    redaction = _begun(redaction_id)
    if redaction is None:
        return
    try:
        boxes = list(redaction.boxes.filter(taken=True))
        data = read(redaction.paper.document)
        copy = make_copy(data, boxes, _telling(redaction))
        _finish(redaction, boxes, copy, check_copy(data, copy, boxes))
    except LawError as error:
        _fail(redaction, error.message)
    except Exception:
        log.exception("redaction %s", redaction.pk)
        _fail(redaction, _BROKEN)


def _begun(redaction_id: int) -> Redaction | None:
    begun = Redaction.objects.filter(pk=redaction_id, state__in=MAKING).update(
        state=RedactionState.RUNNING, attempts=F("attempts") + 1, done=0
    )
    found = Redaction.objects.select_related("paper__document", "asked_by").filter(pk=redaction_id)
    redaction = found.first() if begun else None
    if redaction is not None and redaction.attempts > MOST_ATTEMPTS:
        _fail(redaction, _TOO_LARGE)
        return None
    return redaction


def _telling(redaction: Redaction) -> Callable[[int, int], None]:
    """Writes how many pages are done."""
    pace = Pace()

    def tell(done: int, total: int) -> None:
        if pace.due():
            Redaction.objects.filter(pk=redaction.pk, state=RedactionState.RUNNING).update(done=done)

    return tell


@transaction.atomic
def _finish(redaction: Redaction, boxes: Sequence[RedactionBox], copy: bytes, checked: dict[str, Any]) -> None:
    """The copy becomes a paper of the case, beside its original."""
    application = locked(redaction.paper.application_id, None)
    if not Redaction.objects.select_for_update().filter(pk=redaction.pk, state=RedactionState.RUNNING).exists():
        return
    if application.stage == Stage.CLOSED:
        raise Invalid("case", _CLOSED)
    name = copy_name(redaction.paper.name)
    document = keep(copy, name=name, media_type="application/pdf")
    actor = redaction.asked_by or redaction.begun_by
    paper = file_document(
        application, PaperKind.ENCLOSURE, document, name=name, actor=actor, redacted_from=redaction.paper
    )  # fmt: skip
    if Redaction.objects.filter(copy=paper).exists():
        raise Invalid("redaction", _SAME)
    redaction.copy, redaction.checked, redaction.state = paper, checked, RedactionState.DONE
    redaction.finished_by, redaction.finished_at = actor, timezone.now()
    redaction.save(update_fields=["copy", "checked", "state", "finished_by", "finished_at"])
    record(
        chain=application.agency.slug,
        act="applications.redaction",
        subject=f"application:{application.pk}",
        facts=as_witnessed(redaction, boxes),
        actor=actor.username,
    )


def as_witnessed(redaction: Redaction, boxes: Sequence[RedactionBox]) -> dict[str, Any]:
    """What the ledger keeps of a finished redaction: which copy of which original, and which boxes on which grounds."""
    covered = [[box.page, box.left, box.top, box.right, box.bottom, box.ground] for box in boxes]
    return {
        "redaction": redaction.pk,
        "paper": redaction.paper_id,
        "copy": redaction.copy_id,
        "boxes": len(covered),
        "digest": digest_of({"boxes": covered}),
    }


def copy_name(original: str) -> str:
    """What the applicant sees in the list of attachments: without the numbers that the copy itself no longer shows. No
    file system takes the star of the mask."""
    stem = mask_within(original.rpartition(".")[0] or original).replace("*", "×")
    return f"{stem[:180]}（部分公开）.pdf"


def _fail(redaction: Redaction, why: Text) -> None:
    """Back to the boxes, which are all there, with the reason."""
    Redaction.objects.filter(pk=redaction.pk, state=RedactionState.RUNNING).update(
        state=RedactionState.DRAFT, failure={"zh": why.zh, "en": why.en}
    )


def propose_boxes(redaction_id: int) -> None:
    """Put in what the scan would cover, once. Where it cannot look into the file, there is nothing to propose: the page
    says that nobody looked."""
    waiting = Redaction.objects.select_related("paper__document").filter(proposed_at=None)
    redaction = waiting.filter(pk=redaction_id).first()
    if redaction is None:
        return
    try:
        found = proposals(redaction.paper.document)
        why = found.unread
    except LawError as error:
        found, why = Proposed(()), error.message
    failure = {"zh": why.zh, "en": why.en, "scan": "unread"} if why else {}
    with transaction.atomic():
        locked(redaction.paper.application_id, None)
        taken_up = Redaction.objects.filter(pk=redaction.pk, proposed_at=None)
        if taken_up.update(proposed_at=timezone.now(), changes=F("changes") + 1, failure=failure):
            boxes = [_proposed(redaction, each) for each in found.boxes if each.rule in COVERED]
            RedactionBox.objects.bulk_create(boxes[:MOST_BOXES])


def _proposed(redaction: Redaction, proposal: Any) -> RedactionBox:
    box = proposal.box
    return RedactionBox(
        redaction=redaction,
        page=box.page,
        left=box.left,
        top=box.top,
        right=box.right,
        bottom=box.bottom,
        ground=USUAL_GROUND.value,
        origin=BoxOrigin.SCAN,
        taken=False,
        rule=proposal.rule,
        note=COVERED[proposal.rule].zh,
        sample=proposal.note[:100],
    )
