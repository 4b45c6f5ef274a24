"""What was done to a revision, by whom, over which content: append-only (platform-standards §6.1, REV-01, REV-02 [C])."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Person
from gongkai.disclosure.models.items import Item, Revision
from gongkai.documents.models import Document
from gongkai.law.publication import PublicationAct


class RevisionStep(models.Model):
    """An act of `law.publication` on a revision. A review is the step that passed a round, over `digest`."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    act = models.CharField(_("办理"), max_length=20, choices=[(act.value, act.label.zh) for act in PublicationAct])
    role = models.CharField(_("岗位"), max_length=20)
    #: None: the clock (a release at its hour).
    actor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    remark = models.CharField(_("意见"), max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    #: What else was confirmed: the proof-reading list, files released in spite of the scan and why.
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("发布审核")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["revision", "number"], name="revision_step_once")]

    def __str__(self) -> str:
        return f"{self.revision_id}#{self.number} {self.act}"


class SecrecyResult(models.TextChoices):
    """What the secrecy review found."""

    PUBLISH = "publish", _("可以公开")
    PART = "part", _("区分处理后公开")
    ASK = "ask", _("报上级或保密部门确定")
    WITHHOLD = "withhold", _("不予公开")


class SecrecyReview(models.Model):
    """保密审查 (条例 17 [C]): result, basis and reason on record, over the very content that goes out."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="secrecy_reviews")
    result = models.CharField(_("审查结论"), max_length=10, choices=SecrecyResult)
    basis = models.CharField(_("审查依据"), max_length=300)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    reviewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("保密审查")
        constraints = [
            models.CheckConstraint(condition=Q(result__in=[row.value for row in SecrecyResult]), name="secrecy_result"),
            models.CheckConstraint(condition=~Q(basis=""), name="secrecy_has_basis"),
            models.CheckConstraint(condition=Q(result="publish") | ~Q(reason=""), name="secrecy_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.result}"


class Consent(models.Model):
    """Whether a body that made the information too, or to which it belongs, agrees to its publication (REV-10)."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="consents")
    body = models.CharField(_("机关"), max_length=200)
    agrees = models.BooleanField(_("同意公开"))
    on = models.DateField(_("日期"))
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("说明"), max_length=300, blank=True)
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("共同制作机关意见")

    def __str__(self) -> str:
        return f"{self.revision_id} {self.body}"


class Suspension(models.Model):
    """紧急下线: that an item was taken off the site at once, by whom and why. Append-only; it ends when a later revision of
    the item is published. The reason is for the agency alone: it may tell what leaked."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="suspensions")
    #: What the public read until then.
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("岗位"), max_length=20)
    actor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("理由"), max_length=300)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("紧急下线")
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="suspension_says_why")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.at}"
