"""What the night's check of links found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.disclosure.models import Item


class LinkFault(models.TextChoices):
    """Why a link leads nowhere."""

    NOTHING = "nothing", _("本站没有这个页面")
    WITHDRAWN = "withdrawn", _("指向的信息已撤下或者没有公开")
    FILE = "file", _("附件不在所指的信息中")
    FOREIGN = "foreign", _("外部网站不能打开")


class DeadLink(models.Model):
    """A link in a public text that led nowhere when it was last looked at; gone from here once it leads somewhere."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="dead_links")
    address = models.CharField(_("地址"), max_length=500)
    fault = models.CharField(_("问题"), max_length=10, choices=LinkFault)
    found_on = models.DateField(_("发现日期"))

    class Meta:
        verbose_name = _("失效链接")
        constraints = [models.UniqueConstraint(fields=["item", "address"], name="dead_link_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.address}"
