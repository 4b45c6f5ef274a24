"""隔离文件: what an administrator does with the files that the gate put aside (`documents.gate.quarantine`)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import is_administrator
from gongkai.documents.gate import UploadRefused, inspect, quarantine
from gongkai.documents.models import Quarantined, QuarantineState
from gongkai.law.errors import LawError
from gongkai.law.texts import Text
from gongkai.ledger.actions import record
from gongkai.ledger.models import SYSTEM

#: For these only a scanner's word will do.
SCANNERS = frozenset({"infected", "scan_unavailable"})
LONGEST_REASON = 200


def rescan(*, actor: Person, quarantined_id: int, reason: str = "") -> LawError | None:
    """重新扫描: pass the file through the gate once more. Gives what the gate still has against it, None where nothing.
    What is found now for the first time becomes the reason of the row."""
    row = _held(actor, quarantined_id)
    finding = _still_refused(row)  # may take as long as the scanner likes, so before the transaction
    with transaction.atomic():
        row = _locked(row.pk, QuarantineState.HELD)
        if isinstance(finding, UploadRefused) and finding.code not in (row.reason, "scan_unavailable"):
            row.reason = finding.code
            row.save(update_fields=["reason"])
        _write(row, "agencies.rescan_quarantined", actor, reason.strip(), found=finding.code if finding else "")
    return finding


def release(*, actor: Person, quarantined_id: int, reason: str) -> Quarantined:
    """放行: an administrator may then take the file out. Refused while the gate has anything against it."""
    reason = _reason(reason)
    row = _held(actor, quarantined_id)
    if finding := _still_refused(row):
        raise finding
    with transaction.atomic():
        row = _locked(row.pk, QuarantineState.HELD)
        _decide(row, QuarantineState.RELEASED, actor, reason)
        _write(row, "agencies.release_quarantined", actor, reason)
    return row


def take_out(*, actor: Person, quarantined_id: int) -> tuple[Quarantined, bytes]:
    """下载已放行的文件: each time is in the ledger."""
    row = _row(actor, quarantined_id)
    data = quarantine.read(row) if row.state == QuarantineState.RELEASED else b""
    with transaction.atomic():
        row = _locked(row.pk, QuarantineState.RELEASED)
        _write(row, "agencies.take_out_quarantined", actor, "")
    return row, data


@transaction.atomic
def destroy(*, actor: Person, quarantined_id: int, reason: str) -> Quarantined:
    """销毁: the bytes go, the row stays. Released ones, too."""
    reason = _reason(reason)
    row = _locked(_row(actor, quarantined_id).pk, *quarantine.KEPT)
    _destroy(row, actor, reason)
    return row


def destroy_old() -> int:
    """Every day: destroy what has lain longer than the installation keeps it (QUARANTINE_DAYS); tells how many."""
    quarantine.adopt()
    before = timezone.now() - timedelta(days=settings.QUARANTINE_DAYS)
    due = list(Quarantined.objects.filter(state__in=quarantine.KEPT, at__lt=before).values_list("pk", flat=True))
    for pk in due:
        with transaction.atomic():
            row = Quarantined.objects.select_for_update().get(pk=pk)
            if row.state in quarantine.KEPT:
                _destroy(row, None, f"隔离满{settings.QUARANTINE_DAYS}日，自动销毁")
    return len(due)


def _destroy(row: Quarantined, actor: Person | None, reason: str) -> None:
    _decide(row, QuarantineState.DESTROYED, actor, reason)
    _write(row, "agencies.destroy_quarantined", actor, reason)
    transaction.on_commit(lambda: quarantine.remove(row.digest))


def _row(actor: Person, quarantined_id: int) -> Quarantined:
    if not is_administrator(actor):
        raise NotAllowed
    row = Quarantined.objects.filter(pk=quarantined_id).first()
    if row is None:
        raise Invalid("quarantined", Text("没有这个隔离文件。", "There is no such file in quarantine."))
    return row


def _held(actor: Person, quarantined_id: int) -> Quarantined:
    row = _row(actor, quarantined_id)
    _require(row, QuarantineState.HELD)
    return row


def _locked(pk: int, *states: QuarantineState) -> Quarantined:
    row = Quarantined.objects.select_for_update().get(pk=pk)
    _require(row, *states)
    return row


def _require(row: Quarantined, *states: QuarantineState) -> None:
    if row.state not in states:
        now = QuarantineState(row.state)
        english = {"held": "still held", "released": "released", "destroyed": "destroyed"}[now.value]
        message = Text(
            f"这个文件现在的状态是“{now.label}”，不能这样处理。", f"This cannot be done: the file is {english}."
        )
        raise Invalid("quarantined", message)


def _reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Invalid("reason", Text("请写明理由。", "Give a reason."))
    if len(reason) > LONGEST_REASON:
        raise Invalid(
            "reason", Text(f"理由最多{LONGEST_REASON}字。", f"The reason may have {LONGEST_REASON} characters.")
        )
    return reason


def _still_refused(row: Quarantined) -> LawError | None:
    """What speaks against the file, by the gate's own judgement of today."""
    if row.reason in SCANNERS and not settings.CLAMAV:
        message = Text(
            "没有配置杀毒程序（GONGKAI_CLAMAV），不能判断这个文件是否安全。",
            "No virus scanner is configured (GONGKAI_CLAMAV), so nobody can say whether this file is safe.",
        )
        return LawError("no_scanner", message)
    try:
        inspect(quarantine.read(row), row.name)
    except UploadRefused as refused:
        return refused
    return None


def _decide(row: Quarantined, state: QuarantineState, actor: Person | None, reason: str) -> None:
    row.state, row.decided_by, row.decided_at, row.decision = state, actor, timezone.now(), reason
    row.save(update_fields=["state", "decided_by", "decided_at", "decision"])


def _write(row: Quarantined, act: str, actor: Person | None, reason: str, **more: str) -> None:
    facts = {"digest": row.digest, "name": row.name, "reason": reason, **more}
    name = actor.username if actor else ""
    record(chain=SYSTEM, act=act, subject=f"quarantined:{row.pk}", facts=facts, actor=name)
