"""What an agency issues and decides, as far as table 2 of the annual report counts it (条例 20(一)(五)(六)(八)), and what
somebody there thinks should be published."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Person


class DocumentClass(models.TextChoices):
    """The two rows of table 2, item 20(一)."""

    RULES = "rules", _("规章")
    NORMATIVE = "normative_documents", _("行政规范性文件")


class NormativeDocument(models.Model):
    """A rule or normative document and how long it is in force."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="normative_documents")
    document_class = models.CharField(_("类别"), max_length=30, choices=DocumentClass)
    title = models.CharField(_("名称"), max_length=300)
    document_number = models.CharField(_("发文字号"), max_length=80)
    made_on = models.DateField(_("成文日期"))
    repealed_on = models.DateField(_("废止日期"), null=True, blank=True)
    repeal_basis = models.CharField(_("废止依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("行政规范性文件")
        constraints = [
            models.UniqueConstraint(fields=["agency", "document_number"], name="normative_number_once"),
            models.CheckConstraint(
                condition=Q(repealed_on__isnull=True) | Q(repealed_on__gte=F("made_on")),
                name="normative_repeal_after",
            ),
            models.CheckConstraint(
                condition=Q(document_class__in=[row.value for row in DocumentClass]), name="normative_class"
            ),
        ]
        indexes = [models.Index(fields=["agency", "document_class", "made_on", "repealed_on"], name="normative_report")]

    def __str__(self) -> str:
        return f"{self.title}（{self.document_number}）"


class DecisionKind(models.TextChoices):
    """What table 2 counts besides documents. Charges are in yuan, the others in decisions."""

    LICENCES = "licences", _("行政许可")
    PENALTIES = "penalties", _("行政处罚")
    COERCION = "coercion", _("行政强制")
    CHARGES = "charges", _("行政事业性收费")


class DecisionCount(models.Model):
    """A department's count for one month: all decisions made, whether published or lawfully not („包括已公开和依法未
    公开的全部处理决定“), or the amount charged. Told anew, the newer row replaces the older, which stays."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="decision_counts")
    department = models.CharField(_("部门"), max_length=100)
    kind = models.CharField(_("类别"), max_length=20, choices=DecisionKind)
    year = models.PositiveSmallIntegerField(_("年"))
    month = models.PositiveSmallIntegerField(_("月"))
    decisions = models.PositiveIntegerField(_("处理决定数量"), null=True, blank=True)
    amount = models.DecimalField(_("收费金额（元）"), max_digits=16, decimal_places=2, null=True, blank=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces")

    class Meta:
        verbose_name = _("处理决定统计")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "department", "kind", "year", "month"],
                condition=Q(replaced_by__isnull=True),
                name="decision_count_once",
            ),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="decision_count_month"),
            models.CheckConstraint(
                # „Not null“ is said, because a CHECK that comes out unknown lets the row pass.
                condition=Q(kind="charges", amount__isnull=False, amount__gte=0, decisions__isnull=True)
                | Q(kind__in=["licences", "penalties", "coercion"], amount__isnull=True, decisions__isnull=False),
                name="decision_count_has_its_figure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.year}-{self.month:02} {self.kind}"

    @property
    def figure(self) -> int | Decimal | None:
        """The number of decisions, or the amount in yuan."""
        return self.amount if self.kind == DecisionKind.CHARGES else self.decisions


class DraftState(models.TextChoices):
    """What became of a draft."""

    OPEN = "open", _("待编辑")
    DISCARDED = "discarded", _("不予采用")


class ItemDraft(models.Model):
    """主动公开信息草稿: what somebody at the agency thinks should be published (条例 44). Public is nothing of it before an
    editor has read it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="item_drafts")
    title = models.CharField(_("标题"), max_length=200)
    body = models.TextField(_("内容"))
    #: Where it came from, „room-noun:id“ as the ledger's subjects; each source has one open draft at most.
    source = models.CharField(_("来源"), max_length=80)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("时间"), auto_now_add=True)
    state = models.CharField(_("状态"), max_length=20, choices=DraftState, default=DraftState.OPEN)

    class Meta:
        verbose_name = _("主动公开信息草稿")
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=~Q(state="discarded"), name="item_draft_source_once"),
            models.CheckConstraint(condition=Q(state__in=[row.value for row in DraftState]), name="item_draft_state"),
        ]
        indexes = [models.Index(fields=["agency", "state", "-id"], name="item_draft_newest")]

    def __str__(self) -> str:
        return self.title
