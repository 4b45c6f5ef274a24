"""How often pages were looked at: sums of a day, and nothing of who looked (platform-standards SIT-14 [C])."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.disclosure.models.items import Item


class PageKind(models.TextChoices):
    """What was looked at."""

    HOME = "home", _("首页")
    COLUMN = "column", _("栏目页")
    ITEM = "item", _("信息页")
    SEARCH = "search", _("搜索")
    OTHER = "other", _("其他页面")


class VisitCount(models.Model):
    """浏览次数 of one day: of an item, or of all pages of another kind together."""

    day = models.DateField(_("日期"))
    kind = models.CharField(_("页面"), max_length=8, choices=PageKind)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="visits")
    count = models.PositiveIntegerField(_("浏览次数"))

    class Meta:
        verbose_name = _("浏览次数")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[row.value for row in PageKind]), name="visit_kind"),
            models.CheckConstraint(
                condition=Q(kind="item", item__isnull=False) | (~Q(kind="item") & Q(item__isnull=True)),
                name="visit_of_item_names_it",
            ),
            models.UniqueConstraint(fields=["item", "day"], condition=Q(item__isnull=False), name="visit_item_day"),
            models.UniqueConstraint(fields=["kind", "day"], condition=Q(item__isnull=True), name="visit_kind_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.item_id or ''} {self.count}"
