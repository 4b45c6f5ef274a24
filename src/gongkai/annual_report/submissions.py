"""What every act on a submitted report shares: who handles it, which is the newest, how it is written down and told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.errors import NotAllowed
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import people_with, roles_held, roles_of
from gongkai.annual_report.content import cells_as_data
from gongkai.annual_report.incoming import errors_in
from gongkai.annual_report.models import Report, Submission, SubmissionState
from gongkai.documents.models import Document
from gongkai.law.errors import LawError
from gongkai.law.procedure import Role
from gongkai.law.report_form import FORM_2021, Tables
from gongkai.law.report_procedure import WRITERS
from gongkai.law.texts import Text
from gongkai.ledger.actions import record
from gongkai.notifications.actions.notify import notify

#: Who at the parent agency handles what comes from below. The office's own order, no law [I].
HANDLERS = frozenset({Role.SUPERVISOR, Role.CLERK})


class SubmissionNotFound(Http404):
    """No such submission, or not for this reader's eyes."""


class SubmissionRefused(LawError):
    """An act that may not be done to this submission now."""


def refused(code: str, zh: str, en: str) -> SubmissionRefused:
    return SubmissionRefused(code, Text(zh, en), FORM_2021)


def require_handler(actor: Person, parent: Agency) -> None:
    """Raises SubmissionNotFound for a stranger, NotAllowed for somebody of the agency who does other work."""
    roles = roles_of(actor, parent)
    if not roles:
        raise SubmissionNotFound
    if HANDLERS.isdisjoint(roles):
        text = Text(
            "下级报送的年度报告由主管、经办人处理。", "Reports from below are handled by supervisors and clerks."
        )
        raise NotAllowed(text)


def held(parent_id: int) -> Agency:
    """The parent agency, locked until the transaction ends: of two acts on what came to it, the second sees the first."""
    agency: Agency = Agency.objects.select_for_update(no_key=True).get(pk=parent_id)
    return agency


def locked_submission(actor: Person, submission_id: int) -> Submission:
    """A submission to an agency at which this person handles them, the newest of its child. Raises as `require_handler`,
    and SubmissionRefused where the child has sent another one since."""
    parent_id = Submission.objects.filter(pk=submission_id).values_list("parent_id", flat=True).first()
    if parent_id is None or parent_id not in roles_held(actor):
        raise SubmissionNotFound
    require_handler(actor, held(parent_id))
    row = Submission.objects.select_related("parent", "child", "by").get(pk=submission_id)
    if Submission.objects.filter(
        parent=parent_id, year=row.year, child_name=row.child_name, number__gt=row.number
    ).exists():
        raise refused(
            "not_newest", "该机关此后又有新的报送，请处理最新的一次。", "There is a newer one of this agency."
        )
    return row


def newest_of(parent: Agency, year: int, child: Agency | None, name: str) -> Submission | None:
    """What a child sent last: by the agency where it is one of the tree, else by its name."""
    rows = Submission.objects.filter(parent=parent, year=year)
    if child is None:
        rows = rows.filter(child_name=name)
    else:
        rows = rows.filter(Q(child=child) | Q(child__isnull=True, child_name=child.name))
    return rows.order_by("number").last()


@dataclass(frozen=True)
class Coming:
    """What comes to a parent, and from where."""

    year: int
    child: Agency | None
    child_name: str
    tables: Tables
    findings: list[dict[str, Any]] = field(default_factory=list)
    report: Report | None = None
    document: Document | None = None


def take_in(parent: Agency, coming: Coming, *, actor: Person, act: str, chain: str) -> Submission:
    """The row, its ledger entry. The parent is held by the caller. A child keeps the name under which it came first, so
    that another name does not make it count twice."""
    earlier = newest_of(parent, coming.year, coming.child, coming.child_name)
    row = Submission.objects.create(
        parent=parent,
        year=coming.year,
        child=coming.child,
        child_name=earlier.child_name if earlier else coming.child_name,
        number=earlier.number + 1 if earlier else 1,
        report=coming.report,
        document=coming.document,
        cells=cells_as_data(coming.tables),
        findings=coming.findings,
        errors=errors_in(coming.findings),
        by=actor,
    )
    facts = {"parent": parent.slug, "child": row.child_name, "number": row.number, "errors": row.errors}
    write(row, act, actor, facts, chain=chain)
    return row


def decide(row: Submission, state: SubmissionState, *, actor: Person, remark: str, act: str) -> Submission:
    """The parent's word on it, and its ledger entry; the child's people are told by the caller."""
    row.state, row.remark = state, remark
    row.decided_by, row.decided_at = actor, timezone.now()
    row.save(update_fields=["state", "remark", "decided_by", "decided_at"])
    write(row, act, actor, {"child": row.child_name, "number": row.number, "remark": remark})
    return row


def write(row: Submission, act: str, actor: Person, facts: Mapping[str, Any], *, chain: str = "") -> None:
    """The ledger entry, in the parent's chain if not told."""
    record(
        chain=chain or row.parent.slug, act=f"annual_report.{act}", subject=f"submission:{row.pk}",
        facts={"year": row.year, **facts}, actor=actor.username,
    )  # fmt: skip


def tell_child(row: Submission, text: Text, event: str) -> int:
    """Tell those who write the child's report; a name outside the tree has nobody here."""
    if row.child is None:
        return 0
    link = reverse("desk:report_up", args=[row.child.slug, row.year])
    return tell(people_with(row.child, WRITERS), row, text, event, link)


def tell_parent(row: Submission, text: Text, event: str) -> int:
    """Tell those who handle what comes from below."""
    link = reverse("desk:submission", args=[row.pk])
    return tell(people_with(row.parent, HANDLERS), row, text, event, link)


def tell(people: list[Person], row: Submission, text: Text, event: str, link: str) -> int:
    about = f"submission:{row.pk}"
    return notify(people=people, kind="submission", text=text, link=link, about=about, key=f"{about}:{event}")
