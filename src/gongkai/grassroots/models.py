"""基层政务公开标准目录 (国办发〔2019〕54号; platform-standards §4, GRS-01…06): areas, and the rows of an agency's catalogue."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Column, Item


class Area(models.Model):
    """领域: one of the national areas or a local one. Data, because places have 26, 28 or more of them [C practice]."""

    code = models.SlugField(_("领域代码"), max_length=40, unique=True)
    name = models.CharField(_("领域"), max_length=60, unique=True)
    #: One of the 26 pilot areas [M] rather than one added by a ministry or a place.
    national = models.BooleanField(_("全国统一"), default=False)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)
    active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = _("领域")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Channel(models.TextChoices):
    """公开渠道和载体: the boxes of the catalogue [C]."""

    WEBSITE = "website", _("政府网站")
    GAZETTE = "gazette", _("政府公报")
    NEW_MEDIA = "new_media", _("两微一端")
    CONFERENCE = "conference", _("发布会/听证会")
    BROADCAST = "broadcast", _("广播电视")
    PRINT = "print", _("纸质媒体")
    READING_POINT = "reading_point", _("公开查阅点")
    SERVICE_CENTRE = "service_centre", _("政务服务中心")
    SERVICE_STATION = "service_station", _("便民服务站")
    ON_SITE = "on_site", _("入户/现场")
    NOTICE_BOARD = "notice_board", _("社区/企事业单位/村公示栏（电子屏）")
    PUSH = "push", _("精准推送")
    HOTLINE = "hotline", _("12345政务服务热线")
    PROJECTS = "projects", _("投资项目在线审批监管平台")
    TENDERS = "tenders", _("公共资源交易平台")
    CREDIT = "credit", _("信用中国")
    OTHER = "other", _("其他")


class CatalogueLevel(models.TextChoices):
    """公开层级."""

    COUNTY = "county", _("县级")
    TOWN = "town", _("乡级")
    VILLAGE = "village", _("村级")


class Way(models.TextChoices):
    """公开方式."""

    PROACTIVE = "proactive", _("主动")
    ON_REQUEST = "on_request", _("依申请公开")


class CatalogueRow(models.Model):
    """One row of the catalogue that a government compiles (`owner`): what is published, on which basis, by when, by whom,
    where, for whom, how and at which level."""

    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="catalogue_rows")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField(_("序号"))
    first_level = models.CharField(_("一级事项"), max_length=100)
    second_level = models.CharField(_("二级事项"), max_length=200)
    content = models.TextField(_("公开内容（要素）"))
    basis = models.TextField(_("公开依据"))
    limit_words = models.CharField(_("公开时限"), max_length=300)
    body_name = models.CharField(_("公开主体"), max_length=200)
    #: The agencies of this site that the words of `body_name` mean; by them coverage is told.
    bodies = models.ManyToManyField(Agency, blank=True, related_name="catalogue_duties")
    channels = models.JSONField(_("公开渠道和载体"), default=list)
    whole_society = models.BooleanField(_("全社会"), default=True)
    groups = models.CharField(_("特定群体"), max_length=200, blank=True)
    way = models.CharField(_("公开方式"), max_length=12, choices=Way, default=Way.PROACTIVE)
    levels = models.JSONField(_("公开层级"), default=list)
    #: Where its items stand.
    column = models.ForeignKey(Column, on_delete=models.PROTECT, null=True, blank=True, related_name="catalogue_rows")
    active = models.BooleanField(_("在用"), default=True)
    changes = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("标准目录事项")
        ordering = ["area__position", "number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "area", "number"], condition=Q(active=True), name="catalogue_number_once"
            ),
            models.CheckConstraint(condition=Q(way__in=[row.value for row in Way]), name="catalogue_way"),
            models.CheckConstraint(condition=Q(whole_society=True) | ~Q(groups=""), name="catalogue_for_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id}-{self.number} {self.second_level}"

    @property
    def channel_names(self) -> list[str]:
        """公开渠道和载体 in words."""
        return [str(one.label) for one in Channel if one.value in self.channels]


class RowItem(models.Model):
    """An item tied to a row by hand, wherever it stands; those of the row's column and bodies count without it."""

    row = models.ForeignKey(CatalogueRow, on_delete=models.PROTECT, related_name="ties")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="catalogue_ties")

    class Meta:
        verbose_name = _("目录事项的信息")
        constraints = [models.UniqueConstraint(fields=["row", "item"], name="row_item_once")]

    def __str__(self) -> str:
        return f"{self.row_id}–{self.item_id}"
