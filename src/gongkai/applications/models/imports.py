"""The taking over of a ledger as a piece of work that is done in the background, and looked at while it goes on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Person
from gongkai.documents.models import Document


class ImportState(models.TextChoices):
    WAITING = "waiting", _("等待导入")
    RUNNING = "running", _("正在导入")
    DONE = "done", _("已导入")
    FAILED = "failed", _("没有导入")


#: While it is one of these, the same file for the same agency leads to this run and makes no other.
UNFINISHED = (ImportState.WAITING.value, ImportState.RUNNING.value)


class ImportRun(models.Model):
    """One taking over of one file. What it did is in the ledger; this row only tells the office how it goes."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=200)
    #: The address's own words of what was decided about the columns, and whether faulty rows are left out.
    options = models.JSONField(default=dict)
    #: Of the form that was sent: sent twice, it makes one run.
    key = models.CharField(max_length=64, editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=ImportState, default=ImportState.WAITING)
    #: How often it was begun; more than once after it was cut off.
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    #: Done: created, skipped, left. Failed: why, in both languages.
    result = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("提交时间"), auto_now_add=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("台账导入")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(state="failed"), name="import_run_form_once"),
            models.UniqueConstraint(
                fields=["agency", "document"],
                condition=Q(state__in=UNFINISHED),
                name="import_run_file_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"
