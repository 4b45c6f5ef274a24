"""遮盖 (条例 37): which parts of an original are covered, and why, until the redacted copy is made of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Person
from gongkai.applications.models.papers import Paper
from gongkai.law.withholding import WithholdingGround

GROUND_CHOICES = [(ground.value, ground.label.zh) for ground in WithholdingGround]


class RedactionState(models.TextChoices):
    """DRAFT: boxes may change. WAITING and RUNNING: the copy is being made of the boxes as they stand."""

    DRAFT = "draft", _("正在框选")
    WAITING = "waiting", _("等待生成")
    RUNNING = "running", _("正在生成")
    DONE = "done", _("已生成遮盖件")


#: While it is one of these, the worker has the boxes in hand.
MAKING = (RedactionState.WAITING.value, RedactionState.RUNNING.value)


class Redaction(models.Model):
    """The work of covering parts of one original. While `copy` is None it is a draft; the copy is a new paper of the
    case (an ENCLOSURE), made of pixels, and from then on nothing here changes."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="redactions")
    pages = models.PositiveIntegerField(_("页数"))
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(_("开始时间"), auto_now_add=True)
    state = models.CharField(_("状态"), max_length=10, choices=RedactionState, default=RedactionState.DRAFT)
    #: Grows with every change of a box: who changes what another has changed meanwhile is told.
    changes = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    #: When the boxes of the privacy scan were put in; None while the scan is under way.
    proposed_at = models.DateTimeField(null=True, blank=True)
    #: Of the making: who asked for it, how often it was begun, how many pages of how many, and why it failed at last.
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    failure = models.JSONField(default=dict)
    copy = models.OneToOneField(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="made_by_redaction"
    )
    finished_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    #: What the check of the finished copy looked at and found (see `documents.redaction.Verified`).
    checked = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("遮盖")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["paper"], condition=Q(copy=None), name="one_redaction_under_way"),
            models.CheckConstraint(
                condition=Q(copy=None, finished_by=None, finished_at=None)
                | Q(copy__isnull=False, finished_by__isnull=False, finished_at__isnull=False),
                name="redaction_finished_whole",
            ),
            models.CheckConstraint(
                condition=Q(copy=None) & ~Q(state="done") | Q(copy__isnull=False, state="done"), name="redaction_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}"


class BoxOrigin(models.TextChoices):
    HAND = "hand", _("手工框选")
    SCAN = "scan", _("扫描建议")


class RedactionBox(models.Model):
    """One box: page from 1; edges as fractions (0–1) of the page's width and height, from its top left corner."""

    redaction = models.ForeignKey(Redaction, on_delete=models.CASCADE, related_name="boxes")
    page = models.PositiveIntegerField(_("页"))
    left = models.FloatField()
    top = models.FloatField()
    right = models.FloatField()
    bottom = models.FloatField()
    ground = models.CharField(_("不予公开的依据"), max_length=40, choices=GROUND_CHOICES)
    origin = models.CharField(_("来源"), max_length=10, choices=BoxOrigin, default=BoxOrigin.HAND)
    #: Proposals of the scan cover nothing until a person takes them.
    taken = models.BooleanField(_("采用"), default=True)
    #: The rule of the scan that proposed it (D1 …); empty of a box by hand.
    rule = models.CharField(max_length=10, blank=True)
    #: What it covers, in words that reveal nothing: the reply may use them.
    note = models.CharField(_("说明"), max_length=100, blank=True)
    #: Of a proposal: the masked sample, for the eyes of who decides on it.
    sample = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("遮盖框")
        ordering = ["page", "top", "left", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left__gte=0, top__gte=0, right__lte=1, bottom__lte=1)
                & Q(left__lt=F("right"), top__lt=F("bottom")),
                name="redaction_box_on_the_page",
            ),
            models.CheckConstraint(
                condition=Q(ground__in=[ground.value for ground in WithholdingGround]), name="redaction_ground"
            ),
            models.CheckConstraint(condition=Q(page__gt=0), name="redaction_page"),
        ]

    def __str__(self) -> str:
        return f"{self.page}: {self.ground}"
