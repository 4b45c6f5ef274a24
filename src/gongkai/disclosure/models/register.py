"""What an agency issues and decides, as far as table 2 of the annual report counts it (条例 20(一)(五)(六)(八)), and how long
its policy documents are in force."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Person
from gongkai.law.validity import CHANGES


class DocumentClass(models.TextChoices):
    """The two rows of table 2, item 20(一), and the policy documents that it does not count."""

    RULES = "rules", _("规章")
    NORMATIVE = "normative_documents", _("行政规范性文件")
    OTHER = "other_policy", _("其他政策文件")


#: What table 2 counts.
COUNTED = (DocumentClass.RULES, DocumentClass.NORMATIVE)


class NormativeDocument(models.Model):
    """A rule or normative document and how long it is in force."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="normative_documents")
    document_class = models.CharField(_("类别"), max_length=30, choices=DocumentClass)
    title = models.CharField(_("名称"), max_length=300)
    document_number = models.CharField(_("发文字号"), max_length=80)
    made_on = models.DateField(_("成文日期"))
    #: 施行日期; empty: the day it was made.
    in_force_from = models.DateField(_("施行日期"), null=True, blank=True)
    #: The last day of 有效期; empty: none is set.
    last_day = models.DateField(_("有效期至"), null=True, blank=True)
    #: 题注 of a rule: when and by which number it was published and revised (国办公开办函〔2021〕33号 §一 [C]).
    title_note = models.TextField(_("题注"), blank=True)
    #: The earliest act that ended it, told again here so that lists and table 2 can ask; `DocumentChange` is the record.
    repealed_on = models.DateField(_("废止日期"), null=True, blank=True)
    repeal_basis = models.CharField(_("废止依据"), max_length=200, blank=True)
    #: The day on which the night's work noted that its 有效期 is over, so that this is told once. Never asked for the state.
    lapse_noted_on = models.DateField(null=True, blank=True, editable=False)

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
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("made_on")), name="normative_lasts_after"
            ),
        ]
        indexes = [models.Index(fields=["agency", "document_class", "made_on", "repealed_on"], name="normative_report")]

    def __str__(self) -> str:
        return f"{self.title}（{self.document_number}）"


class DocumentChange(models.Model):
    """An act that amended, partly repealed, repealed a document or declared it invalid, from a day on. Append-only: what
    was entered by mistake is struck by a later row with its reason."""

    document = models.ForeignKey(NormativeDocument, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(_("变动"), max_length=20, choices=[(kind.value, kind.label.zh) for kind in CHANGES])
    on = models.DateField(_("变动日期"))
    #: The act, by its own entry in the register where it has one, in any case in words (title and 发文字号).
    by = models.ForeignKey(NormativeDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="changed")
    basis = models.CharField(_("依据文件"), max_length=300)
    #: Which articles; what is left in force.
    note = models.CharField(_("说明"), max_length=500, blank=True)
    strikes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="struck_by")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("文件变动")
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in CHANGES]), name="document_change_kind"),
            models.CheckConstraint(condition=~Q(document=F("by")), name="document_changed_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.kind} {self.on}"


class Campaign(models.Model):
    """文件清理: the documents of an agency gone through one by one, each to be kept, amended, repealed or let lapse."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="campaigns")
    title = models.CharField(_("名称"), max_length=120)
    until = models.DateField(_("完成期限"))
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("文件清理")
        constraints = [models.UniqueConstraint(fields=["agency", "title"], name="campaign_title_once")]

    def __str__(self) -> str:
        return self.title


class Finding(models.TextChoices):
    """What the clean-up finds about one document."""

    OPEN = "open", _("待清理")
    KEEP = "keep", _("继续有效")
    AMEND = "amend", _("拟修改")
    REPEAL = "repeal", _("拟废止")
    INVALID = "invalid", _("拟宣布失效")


class CampaignDocument(models.Model):
    """One document in a clean-up, and what was found."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="documents")
    document = models.ForeignKey(NormativeDocument, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(_("清理意见"), max_length=10, choices=Finding, default=Finding.OPEN)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    found_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    found_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("清理的文件")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "document"], name="campaign_document_once"),
            models.CheckConstraint(condition=Q(finding__in=[row.value for row in Finding]), name="campaign_finding"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.finding}"


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
