"""Every act on a report begins and ends here: the report locked for who may see it, the step and the ledger entry
written, the state derived, the revision counted on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.annual_report.models import Report, ReportStep
from gongkai.annual_report.visibility import found, reports_for
from gongkai.law.report_procedure import ACTS, ReportAct, ReportState, check_act
from gongkai.ledger.actions import record


def locked_report(actor: Person, report_id: int, revision: int | None = None) -> Report:
    """The report, held until the transaction ends. Raises ReportNotFound for whoever has no role at its agency, and
    ReportChanged where somebody changed it after `revision`."""
    return found(reports_for(actor).select_for_update(of=("self",)), report_id, revision)


def take(
    report: Report,
    act: ReportAct,
    *,
    actor: Person,
    reason: str = "",
    digest: str = "",
    wrote: bool = False,
    facts: Mapping[str, Any] | None = None,
    kept: Mapping[str, Any] | None = None,
) -> ReportStep:
    """Take a step on a locked report: asks the law, writes step and ledger entry, saves the report with what the
    caller changed in it. `facts` go to the ledger, `kept` stays with the step. Raises ReportRefused."""
    roles, state = roles_of(actor, report.agency), ReportState(report.state)
    before = None if act is ReportAct.BEGIN else state
    role = check_act(act, state=before, roles=roles, frozen=_was_frozen(report), reason=reason, wrote=wrote)
    number = report.steps.count() + 1
    step = ReportStep.objects.create(
        report=report, number=number, kind=act, actor=actor, role=role, remark=reason.strip(), digest=digest,
        facts=dict(kept or {}),
    )  # fmt: skip
    report.state = ACTS[act].after
    report.revision += 1
    report.save()
    told = {"year": report.year, "scope": str(report.scope), "reason": reason.strip(), **(facts or {})}
    write(report, f"annual_report.{act.value}", actor, told)
    return step


def _was_frozen(report: Report) -> bool:
    """As the database has it: the act itself may be setting it."""
    return Report.objects.filter(pk=report.pk, frozen__isnull=False).exists()


def touch(report: Report, act: str, actor: Person, facts: Mapping[str, Any]) -> None:
    """A change that is no step (words, corrections): revision and ledger entry."""
    report.revision += 1
    report.save(update_fields=["revision"])
    write(report, act, actor, {"year": report.year, "scope": str(report.scope), **facts})


def write(report: Report, act: str, actor: Person, facts: Mapping[str, Any]) -> None:
    """The ledger entry of an act."""
    subject = f"report:{report.pk}"
    record(chain=report.agency.slug, act=act, subject=subject, facts=facts, actor=actor.username)
