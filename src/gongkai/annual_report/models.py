"""The annual report (年度报告) of an agency and year as it is written, signed and published, and reports read from files.

The tables are counted from the records until the report is frozen; from then on the frozen cells hold. What was
written, corrected, decided or published is never changed (triggers): there is only a later row. The columns of `Report`
that say where it stands are derived from its steps, in the same transaction.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Person
from gongkai.documents.models import Document
from gongkai.law.procedure import Role
from gongkai.law.report_form import ReportScope
from gongkai.law.report_procedure import ReportAct, ReportState
from gongkai.law.texts import Text

#: 1 to 6 are the parts of the form; 1.1 to 1.5 the five aspects of part one.
SECTIONS = ("1", "1.1", "1.2", "1.3", "1.4", "1.5", "2", "3", "4", "5", "6")


class Scope(models.TextChoices):
    """Two different reports: the agency's own, and that of everybody under it (汇总)."""

    OWN = ReportScope.OWN.value, _("本机关")
    WHOLE = ReportScope.WHOLE.value, _("汇总")


STATE_CHOICES = [(state.value, state.label.zh) for state in ReportState]
ACT_CHOICES = [(act.value, act.label.zh) for act in ReportAct]


class Report(models.Model):
    """One report. ``frozen`` is None while the tables are counted live, else cell -> value as JSON writes it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="annual_reports")
    year = models.PositiveSmallIntegerField(_("年度"))
    scope = models.CharField(_("口径"), max_length=10, choices=Scope, default=Scope.OWN)
    state = models.CharField(_("状态"), max_length=10, choices=STATE_CHOICES, default=ReportState.WRITING)
    frozen: models.JSONField[Any, Any] = models.JSONField(_("冻结的数据"), null=True, blank=True)
    first_published_at = models.DateTimeField(_("首次公布时间"), null=True, blank=True)
    #: Grows with every change: who saved on the strength of an older one is told (Conflict).
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("年度报告")
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "scope"], name="report_once"),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="report_scope"),
            models.CheckConstraint(condition=Q(state__in=[state.value for state in ReportState]), name="report_state"),
            models.CheckConstraint(condition=Q(year__gte=2019, year__lte=2100), name="report_year"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.year}"


class ReportStep(models.Model):
    """One act in the life of a report. ``digest``: SHA-256 of the content it was about (see `content`)."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField(_("序号"))
    kind = models.CharField(_("步骤"), max_length=20, choices=ACT_CHOICES)
    actor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("身份"), max_length=20, choices=[(role.value, role.label.zh) for role in Role])
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    remark = models.CharField(_("说明"), max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    #: What a submission put before the approver: the whole content, and the answers to what the audit asked.
    facts: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("年度报告步骤")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_step_once"),
            models.CheckConstraint(condition=Q(kind__in=[act.value for act in ReportAct]), name="report_step_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number} {self.kind}"


class SectionText(models.Model):
    """One version of the words of a section, with its linked figures as they are typed: `{{ t3.received.total }}`."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="texts")
    section = models.CharField(_("部分"), max_length=4, choices=[(key, key) for key in SECTIONS])
    number = models.PositiveIntegerField(_("版本"))
    text = models.TextField(_("内容"), blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("年度报告文字")
        ordering = ["section", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "section", "number"], name="report_text_once"),
            models.CheckConstraint(condition=Q(section__in=SECTIONS), name="report_text_section"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.section} v{self.number}"


class CellCorrection(models.Model):
    """A number put in by hand, with its reason; the newest of a cell holds. ``value`` None takes the counted number back.

    Amounts and counts are kept as decimal text, as the form prints them: 2766.7879.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="corrections")
    address = models.CharField(_("单元格"), max_length=80)
    number = models.PositiveIntegerField(_("版本"))
    counted = models.CharField(_("统计数"), max_length=30, blank=True)
    value = models.CharField(_("更正为"), max_length=30, null=True, blank=True)  # noqa: DJ001 (None is not empty here)
    reason = models.CharField(_("理由"), max_length=500)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("数据更正")
        ordering = ["address", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "address", "number"], name="report_correction_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="report_correction_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.address}"


class Publication(models.Model):
    """The report as the public saw it from a moment on: the first time, and after every later change."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField(_("版次"))
    at = models.DateTimeField(_("公布时间"), auto_now_add=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    #: Why there is another version; empty in the first.
    reason = models.CharField(_("变更理由"), max_length=500, blank=True)
    #: The whole content as data (see `content`): pages, files and the comparison are made from it.
    content: models.JSONField[Any, Any] = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("年度报告公布")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_publication_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="report_publication_change_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} v{self.number}"


class SubmissionState(models.TextChoices):
    """What the parent has said of a child's report."""

    RECEIVED = "received", _("已收到")
    SENT_BACK = "sent_back", _("已退回")
    ACCEPTED = "accepted", _("已采用")


class Submission(models.Model):
    """A report that came up to `parent`: a child's from this system (`report`), or one read from a file (`document`).

    The newest of a child and year is what counts; ``state`` is the only column that changes.
    """

    parent = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="submissions")
    year = models.PositiveSmallIntegerField(_("年度"))
    child = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="submitted")
    child_name = models.CharField(_("报送机关"), max_length=120)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField(_("第几次报送"), default=1)
    cells: models.JSONField[Any, Any] = models.JSONField()
    #: Counts by severity, and the findings as the audit writes them.
    findings: models.JSONField[Any, Any] = models.JSONField(default=list)
    errors = models.PositiveIntegerField(_("错误"), default=0)
    state = models.CharField(_("状态"), max_length=10, choices=SubmissionState, default=SubmissionState.RECEIVED)
    remark = models.CharField(_("处理意见"), max_length=500, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("报送时间"), auto_now_add=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("报送的年度报告")
        ordering = ["child_name", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "year", "child_name", "number"], name="submission_once"),
            models.CheckConstraint(condition=Q(state__in=SubmissionState.values), name="submission_state"),
            models.CheckConstraint(
                condition=Q(report__isnull=False) | Q(document__isnull=False), name="submission_has_its_source"
            ),
        ]
        indexes = [
            models.Index(fields=["parent", "year", "state"], name="submission_by_state"),
            models.Index(fields=["child", "year", "parent", "-number"], name="submission_of_child"),
        ]

    def __str__(self) -> str:
        return f"{self.child_name} {self.year}/{self.number}"


class IncomingState(models.TextChoices):
    """How it goes with one of the files that a clerk of the parent sent in."""

    WAITING = "waiting", _("等待读取")
    TAKEN = "taken", _("已接收")
    ASK = "ask", _("请确认机关")
    REFUSED = "refused", _("没有接收")


class IncomingFile(models.Model):
    """A child's report that came as a file, sent in by a clerk of the parent, many at once (`batch`), read by a job.

    Whose it is stands in its title; where that names nobody for certain, a person says so.
    """

    parent = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    batch = models.UUIDField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=200)
    state = models.CharField(_("状态"), max_length=10, choices=IncomingState, default=IncomingState.WAITING)
    #: The agency as the title names it, and the children it may be (their keys).
    agency_name = models.CharField(_("标题中的机关"), max_length=120, blank=True)
    candidates: models.JSONField[Any, Any] = models.JSONField(default=list)
    why_zh = models.CharField(max_length=500, blank=True)
    why_en = models.CharField(max_length=500, blank=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="files")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("收到的年度报告文件")
        ordering = ["id"]
        indexes = [models.Index(fields=["parent", "batch"], name="incoming_by_batch")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IncomingState.values), name="incoming_state"),
            models.UniqueConstraint(fields=["batch", "document"], name="incoming_once_a_batch"),
            models.CheckConstraint(
                condition=~Q(state=IncomingState.TAKEN) | Q(submission__isnull=False), name="incoming_taken_is_there"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"

    @property
    def why(self) -> Text:
        """Why it was not taken."""
        return Text(self.why_zh, self.why_en)


class ReadReport(models.Model):
    """The figures of an earlier year that were not made here: read from the published report and looked over."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="read_reports")
    year = models.PositiveSmallIntegerField(_("年度"))
    scope = models.CharField(_("口径"), max_length=10, choices=Scope, default=Scope.OWN)
    number = models.PositiveIntegerField(_("版本"), default=1)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    #: 2019 or 2021, the form its cells follow; the cells; the words by section.
    form = models.CharField(max_length=4)
    cells: models.JSONField[Any, Any] = models.JSONField()
    texts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("往年报告")
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "scope", "number"], name="read_report_once"),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="read_report_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}"


class CheckRun(models.Model):
    """An audit of uploaded reports at the desk, done in the background: how it goes, and what it found."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=200)
    documents = models.ManyToManyField(Document, related_name="+")
    options: models.JSONField[Any, Any] = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    made_at = models.DateTimeField(_("提交时间"), auto_now_add=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("年报检查")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
