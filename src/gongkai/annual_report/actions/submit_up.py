"""报送: the report goes to the agency above, with its cells and what the audit says of it.

What is summed up must hold everybody once. So an agency with agencies below it submits its 汇总, which contains its own
office's numbers, and never its own report beside it; one without any submits its own.
"""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.errors import NotAllowed
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_of
from gongkai.annual_report.acting import locked_report
from gongkai.annual_report.audit import audit
from gongkai.annual_report.content import ReportContent, cells_as_data
from gongkai.annual_report.duties import level_of
from gongkai.annual_report.figures import content_of
from gongkai.annual_report.incoming import as_kept
from gongkai.annual_report.models import Report, Scope, Submission, SubmissionState
from gongkai.annual_report.submissions import Coming, held, newest_of, refused, take_in, tell_parent
from gongkai.annual_report.tree import parent_of
from gongkai.annual_report.writing.as_read import as_read
from gongkai.annual_report.year_before import received_before
from gongkai.law.report_procedure import WRITERS, ReportState
from gongkai.law.texts import Text


@transaction.atomic
def submit_up(*, actor: Person, report_id: int) -> Submission:
    """Submit a report that is signed or published. Raises ReportNotFound for a stranger, NotAllowed for who does not
    write it, SubmissionRefused where there is nobody above, it is not signed, it is the wrong one of the two, or just
    this was submitted already."""
    report = locked_report(actor, report_id)
    if WRITERS.isdisjoint(roles_of(actor, report.agency)):
        raise NotAllowed(Text("年度报告由经办人、编辑报送。", "Reports are submitted by clerks and editors."))
    parent = _parent_of(report)
    content = _signed_content(report)
    before = received_before(parent, report.year, report.agency, report.agency.name)
    found = audit(as_read(content).report, agency_level=level_of(report.agency), previous=before)
    parent = held(parent.pk)
    _require_news(newest_of(parent, report.year, report.agency, report.agency.name), report, content)
    row = take_in(
        parent,
        Coming(report.year, report.agency, report.agency.name, content.tables, as_kept(found), report=report),
        actor=actor,
        act="submit_up",
        chain=report.agency.slug,
    )
    tell_parent(row, _told(row), "received")
    return row


def _parent_of(report: Report) -> Agency:
    agency = report.agency
    parent = parent_of(agency)
    if parent is None:
        raise refused("no_parent", "本机关在系统中没有上级机关。", "There is no agency above this one here.")
    if report.scope == Scope.OWN and agency.numchild:
        raise refused(
            "submits_whole",
            "有下级机关的，报送汇总报告；其中已含本机关的数据，不再单独报送本机关报告。",
            "With agencies below it submits its aggregate report, which holds its own numbers already.",
        )
    return parent


def _signed_content(report: Report) -> ReportContent:
    """What is published, or will be: exactly what was signed."""
    if report.state == ReportState.PUBLISHED:
        return ReportContent.from_data(report.publications.order_by("number").last().content)  # type: ignore[union-attr]
    if report.state == ReportState.SIGNED:
        return content_of(report)
    raise refused("not_signed", "年度报告签发以后才能报送。", "A report is submitted once it is signed.")


def _require_news(newest: Submission | None, report: Report, content: ReportContent) -> None:
    if newest is None or newest.report_id != report.pk or newest.state == SubmissionState.SENT_BACK:
        return
    if newest.cells == cells_as_data(content.tables):
        raise refused("submitted_already", "这份报告已经报送。", "This report was submitted already.")


def _told(row: Submission) -> Text:
    return Text(
        f"{row.child_name}报送了{row.year}年年度报告，检查发现{row.errors}处错误。",
        f"{row.child_name} submitted its report of {row.year}: {row.errors} errors found.",
    )
