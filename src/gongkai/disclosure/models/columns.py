"""栏目: the tree of the 政府信息公开 column (国办公开办函〔2019〕61号; platform-standards PLT-01, PLT-02, SIT-03, CHK-02).

One tree for every agency of the site: same names, same format [C]; a column may be one agency's own besides. An item
belongs to a leaf and to an agency.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency


class ColumnKind(models.TextChoices):
    """What is shown there."""

    FOLDER = "folder", _("上级栏目")
    ITEMS = "items", _("信息列表")
    DOCUMENTS = "documents", _("文件库")
    GUIDE = "guide", _("公开指南")
    REPORTS = "reports", _("公开年报")
    APPLY = "apply", _("依申请公开")
    GRASSROOTS = "grassroots", _("基层政务公开")
    LINK = "link", _("外部链接")


class UpdateClass(models.TextChoices):
    """How the inspection counts a stale column (国办秘函〔2019〕19号, V4 [C])."""

    NEWS = "news", _("动态要闻类")
    POLICY = "policy", _("通知公告、政策文件类")
    OTHER = "other", _("其他应更新栏目")
    STATIC = "static", _("不要求定期更新")


class ContentClass(models.TextChoices):
    """What an item of the column is, and so what must be said of it."""

    GENERAL = "general", _("一般信息")
    POLICY = "policy", _("政策文件")
    INTERPRETATION = "interpretation", _("政策解读")


class Column(models.Model):
    """A column of the site, or (`owner`) of one agency."""

    code = models.SlugField(_("栏目代码"), max_length=40, unique=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="columns")
    name = models.CharField(_("栏目名称"), max_length=60)
    description = models.CharField(_("栏目说明"), max_length=200)
    keywords = models.CharField(_("关键词"), max_length=120)
    #: ColumnType of the page's tags, from the fixed list [C].
    page_type = models.CharField(_("栏目类别"), max_length=40)
    kind = models.CharField(_("内容"), max_length=12, choices=ColumnKind, default=ColumnKind.ITEMS)
    content_class = models.CharField(_("信息类别"), max_length=16, choices=ContentClass, default=ContentClass.GENERAL)
    link = models.URLField(_("链接地址"), max_length=300, blank=True)
    #: Key of `law.article20.PROACTIVE_ITEMS`: which duty its items fulfil; empty outside the statutory tree.
    duty = models.CharField(_("公开事项"), max_length=40, blank=True)
    update_class = models.CharField(_("更新类别"), max_length=8, choices=UpdateClass, default=UpdateClass.OTHER)
    #: The longest gap in days before it is stale; a setting of the office, defaults as in platform-standards §3.6 [M].
    interval_days = models.PositiveSmallIntegerField(_("更新间隔（日）"), null=True, blank=True)
    #: Working days to publish in after making or changing (条例 26 [C]); other laws may set another.
    due_days = models.PositiveSmallIntegerField(_("公开期限（工作日）"), default=20)
    #: Required by the platform rules: neither renamed, moved nor put away.
    protected = models.BooleanField(_("必设栏目"), default=False)
    active = models.BooleanField(_("在用"), default=True)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)
    #: By it a process notices that the tree it keeps is no longer the newest.
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("栏目")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[row.value for row in ColumnKind]), name="column_kind"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="column_not_in_itself"),
            models.CheckConstraint(condition=Q(protected=False) | Q(active=True), name="column_protected_active"),
            models.CheckConstraint(condition=Q(kind="link") ^ Q(link=""), name="column_link_goes_somewhere"),
        ]

    def __str__(self) -> str:
        return self.name


class ColumnAbsence(models.Model):
    """本机关无此类信息: a column that an agency has nothing to publish in, with its reason. It is neither on the agency's
    menu nor counted as empty; the column itself stays for the others."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="absent_columns")
    column = models.ForeignKey(Column, on_delete=models.CASCADE, related_name="absences")
    reason = models.CharField(_("理由"), max_length=200)
    made_by = models.ForeignKey("agencies.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("不设的栏目")
        constraints = [models.UniqueConstraint(fields=["agency", "column"], name="column_absent_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.column_id}"


class Guide(models.Model):
    """政府信息公开指南 of an agency, what 条例 12 asks for beyond the office's address and hours (which `Agency` holds):
    one row per version, the newest holds."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="guides")
    classification = models.TextField(_("政府信息的分类"))
    arrangement = models.TextField(_("编排体系"))
    ways = models.TextField(_("获取方式"))
    summer_hours = models.CharField(_("夏季办公时间"), max_length=120, blank=True)
    #: Which addresses do not take applications; what is usual there.
    remarks = models.TextField(_("其他说明"), blank=True)
    made_by = models.ForeignKey("agencies.Person", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("公开指南")
        indexes = [models.Index(fields=["agency", "-id"], name="guide_newest")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.made_at}"
