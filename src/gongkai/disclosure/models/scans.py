"""What the privacy scan found in a wording and its files; and how often what the public sees has changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.disclosure.models.items import Revision
from gongkai.documents.models import UNFINISHED_CHECKS, CheckState


class ContentScan(models.Model):
    """The privacy scan of one content (REV-05): its words here, what was found in each file in the `PrivacyScan` of that
    file. Another digest or other rules are another scan."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="scans")
    digest = models.CharField(max_length=64)
    rules = models.CharField(_("规则版本"), max_length=40)
    state = models.CharField(_("状态"), max_length=10, choices=CheckState, default=CheckState.WAITING)
    #: Of the words, as `privacy.Finding.as_data` gives them: a masked sample, never what was found itself.
    findings = models.JSONField(default=list)
    unread = models.CharField(max_length=40, blank=True)
    #: How often it was begun; more than once after it was cut off.
    attempts = models.PositiveSmallIntegerField(default=0)
    #: Parts looked through, the words being one and each file another.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("发布前扫描")
        constraints = [
            models.UniqueConstraint(fields=["revision", "digest", "rules"], name="content_scan_once"),
            models.CheckConstraint(condition=Q(state__in=CheckState.values), name="content_scan_state"),
            models.CheckConstraint(
                condition=Q(state__in=UNFINISHED_CHECKS) | Q(finished_at__isnull=False), name="content_scan_ended_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.state}"


class PublicVersion(models.Model):
    """One row: counts every change of what the public sees, so that whoever keeps a page knows whether it is the newest."""

    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("公众版本")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="public_version_is_one_row")]

    def __str__(self) -> str:
        return str(self.number)
