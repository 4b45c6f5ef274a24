"""The record of every file that the house keeps."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """One file, known by the SHA-256 of its bytes.

    The bytes lie in the store (see `store`); rows are never edited.
    """

    digest = models.CharField(_("摘要"), max_length=64, unique=True, editable=False)
    size = models.PositiveBigIntegerField(_("字节数"), editable=False)
    media_type = models.CharField(_("类型"), max_length=100, editable=False)
    name = models.CharField(_("文件名"), max_length=200, editable=False)
    made_at = models.DateTimeField(_("生成时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("文件")
        constraints = [
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="document_digest_is_sha256")
        ]

    def __str__(self) -> str:
        return self.name


class PrivacyScan(models.Model):
    """What the privacy scan found in the bytes of one file, by one version of its rules: asked once, kept, never edited.

    ``findings`` is a list of what `privacy.Finding.as_data` gives: rule, severity, place and a masked sample, never
    what was found itself.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="privacy_scans")
    rules = models.CharField(_("规则版本"), max_length=40)
    worst = models.CharField(_("最高级别"), max_length=10, blank=True)
    findings = models.JSONField(default=list)
    #: Why the file could not be looked through (a code of `reading.errors`); empty where it was.
    unread = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(_("扫描时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("隐私扫描")
        constraints = [
            models.UniqueConstraint(fields=["document", "rules"], name="privacy_scan_once"),
            models.CheckConstraint(condition=Q(worst__in=["", "info", "warn", "block"]), name="privacy_scan_worst"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.worst}"


class CheckState(models.TextChoices):
    WAITING = "waiting", _("等待检查")
    RUNNING = "running", _("正在检查")
    DONE = "done", _("已检查")
    FAILED = "failed", _("没有检查")


#: While it is one of these, the same file sent again by the same person leads to this check and makes no other.
UNFINISHED_CHECKS = (CheckState.WAITING.value, CheckState.RUNNING.value)


class PrivacyCheck(models.Model):
    """隐私扫描 at the desk: a file that somebody sent to be looked through, and how it goes. What was found is in the
    `PrivacyScan` of the file. For the sender alone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=200)
    state = models.CharField(_("状态"), max_length=10, choices=CheckState, default=CheckState.WAITING)
    #: How often it was begun; more than once after it was cut off.
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(_("提交时间"), auto_now_add=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("隐私扫描任务")
        ordering = ["-id"]
        indexes = [models.Index(fields=["person", "-id"], name="privacy_check_of_person")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CheckState.values), name="privacy_check_state"),
            models.UniqueConstraint(
                fields=["person", "document"],
                condition=Q(state__in=UNFINISHED_CHECKS),
                name="privacy_check_file_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class QuarantineState(models.TextChoices):
    HELD = "held", _("隔离中")
    RELEASED = "released", _("已放行")
    DESTROYED = "destroyed", _("已销毁")


class Quarantined(models.Model):
    """A file that the gate refused as unsafe, or could not have scanned: kept apart, sealed, until somebody decides.

    The bytes lie in the quarantine's own folder (`gate.quarantine`), never in the store.
    """

    digest = models.CharField(_("摘要"), max_length=64)
    name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField(_("字节数"))
    #: The code of the refusal (`gate.refusals`), and what the scanner called it.
    reason = models.CharField(_("原因"), max_length=40)
    signature = models.CharField(_("病毒名称"), max_length=200, blank=True)
    #: Where it came in: the name of the page (public form, intake …); who, where signed in.
    came_by = models.CharField(_("来源"), max_length=60, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    state = models.CharField(_("状态"), max_length=10, choices=QuarantineState, default=QuarantineState.HELD)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    decision = models.CharField(_("处理说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("隔离文件")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"], name="quarantine_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=QuarantineState.values), name="quarantine_state"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="quarantine_digest_is_sha256"),
        ]

    def __str__(self) -> str:
        return self.name
