"""What somebody at an agency thinks should be published (条例 44)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Person


class DraftState(models.TextChoices):
    """What became of a draft."""

    OPEN = "open", _("待编辑")
    TAKEN = "taken", _("已采用")
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
    #: What it has become.
    item = models.OneToOneField(
        "disclosure.Item", on_delete=models.PROTECT, null=True, blank=True, related_name="draft"
    )

    class Meta:
        verbose_name = _("主动公开信息草稿")
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=~Q(state="discarded"), name="item_draft_source_once"),
            models.CheckConstraint(condition=Q(state__in=[row.value for row in DraftState]), name="item_draft_state"),
            models.CheckConstraint(condition=Q(state="taken") ^ Q(item__isnull=True), name="item_draft_taken_is_item"),
        ]
        indexes = [models.Index(fields=["agency", "state", "-id"], name="item_draft_newest")]

    def __str__(self) -> str:
        return self.title
