"""What lies in a case besides its letters: papers that came in or were added, and the closed case files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Person
from gongkai.applications.models.application import Application
from gongkai.applications.models.history import Step
from gongkai.documents.models import Document
from gongkai.law.texts import Text


class PaperKind(models.TextChoices):
    """What a paper is in the case."""

    FORM = "form", _("申请表或来信")
    AUTHORITY = "authority", _("授权委托书及身份证明")
    ATTACHMENT = "attachment", _("申请附件")
    CORRECTION = "correction", _("补正材料")
    REASONS = "reasons", _("说明理由的材料")
    OPINION = "opinion", _("被征求意见方的回复")
    FEE = "fee", _("缴费凭证")
    MATERIAL = "material", _("办理材料")
    #: What a part is withheld of (条例 37): never goes out; its redacted copy is an ENCLOSURE.
    ORIGINAL = "original", _("拟提供信息的原件")
    ENCLOSURE = "enclosure", _("随答复提供的文件")
    PROOF = "proof", _("送达回证")
    REVIEW = "review", _("复议、诉讼材料")


#: What the applicant is shown of the papers, with the reply: nothing else of the file goes out.
PAPERS_OUT = (PaperKind.ENCLOSURE,)
#: In these the applicant says who they are: whoever opens one is noted, as whoever has the identity shown.
PAPERS_OF_IDENTITY = (PaperKind.FORM, PaperKind.AUTHORITY)
#: What may still come into a closed case (复议、诉讼 come after the archive).
AFTER_CLOSING = (PaperKind.REVIEW, PaperKind.PROOF)


class Paper(models.Model):
    """One file of one case, never changed and never moved to another (triggers). The bytes lie in the store."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="papers")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    kind = models.CharField(_("材料类别"), max_length=20, choices=PaperKind)
    name = models.CharField(_("文件名"), max_length=200)
    document = models.ForeignKey(Document, on_delete=models.PROTECT)
    added_at = models.DateTimeField(_("添加时间"), auto_now_add=True)
    #: None: the applicant on line.
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True)
    #: The original of which this is the redacted copy.
    redacted_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="redacted_copies"
    )

    class Meta:
        verbose_name = _("材料")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "kind", "document"], name="paper_once"),
            models.CheckConstraint(condition=Q(kind__in=PaperKind.values), name="paper_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tells_identity(self) -> bool:
        return self.kind in PAPERS_OF_IDENTITY


class CaseFile(models.Model):
    """卷宗: what a case consisted of when it was closed, sealed by a manifest of digests. After 重新办理 there is another
    volume; an earlier one is never changed."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="case_files")
    volume = models.PositiveSmallIntegerField(_("卷次"))
    #: The archive itself (zip), and the SHA-256 of the manifest inside it.
    document = models.ForeignKey(Document, on_delete=models.PROTECT)
    manifest_digest = models.CharField(max_length=64)
    #: By the agency's template (DA/T 22 [M]); None in files from before there was one.
    archive_number = models.CharField(_("档号"), max_length=80, unique=True, null=True, blank=True)
    retention = models.CharField(_("保管期限"), max_length=10, blank=True)
    #: The year under which it is numbered and listed; None in files from before, which count by the day they were made.
    year = models.PositiveSmallIntegerField(_("归档年度"), null=True, blank=True)
    #: 件号: its number in that year; None where it has no 档号.
    item = models.PositiveIntegerField(_("件号"), null=True, blank=True)
    #: Pages of its letters and papers, as far as they have any; and the check report that lies in it, too (DA/T 70 [M]).
    pages = models.PositiveIntegerField(_("页数"), null=True, blank=True)
    checked = models.JSONField(_("四性检测"), default=dict)
    made_at = models.DateTimeField(_("生成时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("卷宗")
        ordering = ["volume"]
        constraints = [models.UniqueConstraint(fields=["application", "volume"], name="case_file_volume_once")]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.volume}"

    @property
    def can_be_numbered(self) -> bool:
        """What is sealed is never changed: a 档号 that can be given only now takes a new volume."""
        return self.archive_number is None and bool(self.application.agency.fonds)

    @property
    def problems(self) -> list[Text]:
        """What did not pass when it was checked at sealing."""
        return self._lines("failed")

    @property
    def unchecked(self) -> list[Text]:
        """What was not checked then, and why."""
        return self._lines("not_checked")

    def _lines(self, result: str) -> list[Text]:
        return [Text(line["zh"], line["en"]) for line in self.checked.get("lines", ()) if line["result"] == result]
