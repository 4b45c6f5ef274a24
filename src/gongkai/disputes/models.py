"""A reconsideration or lawsuit over the agency's disclosure work (条例 50(三), 51)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency


class DisputeKind(models.TextChoices):
    """The three groups of table 4."""

    RECONSIDERATION = "reconsideration", _("行政复议")
    LITIGATION_DIRECT = "litigation_direct", _("行政诉讼（未经复议直接起诉）")
    LITIGATION_AFTER = "litigation_after_reconsideration", _("行政诉讼（复议后起诉）")


class DisputeResult(models.TextChoices):
    """How it ended, in the table's three results (our mapping of the legal outcomes is law.md §5 [I])."""

    UPHELD = "upheld", _("结果维持")
    CORRECTED = "corrected", _("结果纠正")
    OTHER = "other", _("其他结果")


class Dispute(models.Model):
    """One case before a reconsideration organ or a court. Without a result it is still pending (尚未审结)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="disputes")
    kind = models.CharField(_("类别"), max_length=40, choices=DisputeKind)
    body = models.CharField(_("复议机关或人民法院"), max_length=120)
    case_number = models.CharField(_("案号"), max_length=80)
    matter = models.CharField(_("事由"), max_length=300)
    after = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("所经复议"))
    filed_on = models.DateField(_("收到日期"))
    result = models.CharField(_("结果"), max_length=20, choices=DisputeResult, blank=True)
    concluded_on = models.DateField(_("审结日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("行政复议、行政诉讼")
        constraints = [
            models.UniqueConstraint(fields=["agency", "case_number"], name="dispute_number_once"),
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True, result="")
                | Q(
                    concluded_on__isnull=False,  # said, because a CHECK that comes out unknown lets the row pass
                    concluded_on__gte=F("filed_on"),
                    result__in=[result.value for result in DisputeResult],
                ),
                name="dispute_result_when_concluded",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["reconsideration", "litigation_direct"], after__isnull=True)
                | Q(kind="litigation_after_reconsideration", after__isnull=False),
                name="dispute_after_reconsideration",
            ),
        ]
        indexes = [models.Index(fields=["agency", "filed_on", "concluded_on"], name="dispute_report")]

    def __str__(self) -> str:
        return self.case_number
