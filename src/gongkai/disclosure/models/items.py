"""政府信息: an item with its address for ever, and its revisions, each reviewed before it is what the public reads."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Person
from gongkai.disclosure.models.columns import Column
from gongkai.disclosure.models.register import NormativeDocument
from gongkai.documents.models import Document
from gongkai.law.publication import RevisionState


class ItemState(models.TextChoices):
    """What the public sees of an item."""

    UNPUBLISHED = "unpublished", _("未发布")
    PUBLISHED = "published", _("已发布")
    #: Taken down at once, until the ordinary way has decided (`law.publication.check_suspension`).
    SUSPENDED = "suspended", _("已暂时下线")
    WITHDRAWN = "withdrawn", _("已撤下")


class Item(models.Model):
    """One piece of information at one address. The columns after `current` repeat what the current revision says, so
    that lists ask one table; they are written by the act that publishes, and by nothing else."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="items")
    state = models.CharField(_("状态"), max_length=12, choices=ItemState, default=ItemState.UNPUBLISHED)
    #: 索引号: given at the first publication, unique, never given again (MET-01).
    index_number = models.CharField(_("索引号"), max_length=60, null=True, blank=True, unique=True)
    current = models.OneToOneField("Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    #: Set by the server at the first publication and never again (CHK-07).
    published_at = models.DateTimeField(_("发布日期"), null=True, blank=True)
    changed_at = models.DateTimeField(_("更新日期"), null=True, blank=True)
    #: The day an earlier site says it was published there; a fact told, never the date of publication here.
    original_published_on = models.DateField(_("原发布日期"), null=True, blank=True)
    #: What it was known by where it was taken over from (a digest), so that a second import makes nothing twice.
    source_key = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    withdrawn_at = models.DateTimeField(_("撤下日期"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("撤下理由"), max_length=300, blank=True)
    #: When it was taken down at once; who did it and why is in `Suspension`.
    suspended_at = models.DateTimeField(_("下线时间"), null=True, blank=True)
    #: Its entry in the register, where it is a policy document: its 有效性 is that entry's.
    document = models.OneToOneField(
        NormativeDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="item"
    )
    review_due = models.DateField(_("复核日期"), null=True, blank=True)
    column = models.ForeignKey(Column, on_delete=models.PROTECT, null=True, blank=True, related_name="items")
    title = models.CharField(_("标题"), max_length=300, blank=True)
    document_number = models.CharField(_("发文字号"), max_length=80, blank=True)
    issuer_name = models.CharField(_("发文机关"), max_length=200, blank=True)
    made_on = models.DateField(_("成文日期"), null=True, blank=True)
    subject = models.CharField(_("主题分类"), max_length=60, blank=True)
    genre = models.CharField(_("体裁"), max_length=20, blank=True)
    summary = models.CharField(_("内容概述"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("政府信息")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[row.value for row in ItemState]), name="item_state"),
            models.CheckConstraint(
                condition=Q(state="unpublished", published_at__isnull=True)
                | Q(
                    state__in=["published", "suspended", "withdrawn"],
                    published_at__isnull=False,
                    index_number__isnull=False,
                    current__isnull=False,
                    column__isnull=False,
                ),
                name="item_published_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="item_withdrawn_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="suspended") ^ Q(suspended_at__isnull=True), name="item_suspended_since"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "column", "state", "-published_at", "-id"], name="item_of_column"),
            models.Index(fields=["agency", "state", "-published_at", "-id"], name="item_of_agency"),
            models.Index(fields=["column", "state", "-published_at", "-id"], name="item_of_site_column"),
            models.Index(fields=["state", "-published_at", "-id"], name="item_newest"),
            models.Index(fields=["document_number"], name="item_document_number"),
            # For 检查预警: the newest in each column of the whole site, and what is to be looked at again.
            models.Index(fields=["state", "column", "published_at", "changed_at"], name="item_column_standing"),
            models.Index(fields=["state", "review_due", "id"], name="item_review_due"),
            # For the filters of a column: its subjects and years.
            models.Index(fields=["agency", "column", "state", "subject", "published_at"], name="item_choices"),
        ]

    def __str__(self) -> str:
        return self.title or f"#{self.pk}"


class Purpose(models.TextChoices):
    """What a revision is for."""

    PUBLISH = "publish", _("发布")
    CORRECT = "correct", _("更正")
    WITHDRAW = "withdraw", _("撤下")


class OpenType(models.TextChoices):
    """公开属性, fixed when the document is drafted (国办发〔2016〕80号 [M]). Only the first can be published."""

    PROACTIVE = "proactive", _("主动公开")
    ON_REQUEST = "on_request", _("依申请公开")
    WITHHELD = "withheld", _("不予公开")


class InterpretationForm(models.TextChoices):
    """Forms of 政策解读 that the yearly site report counts."""

    TEXT = "text", _("文字解读")
    GRAPHIC = "graphic", _("图解")
    VIDEO = "video", _("视频")
    ANIMATION = "animation", _("动画")
    QUESTIONS = "questions", _("问答")
    CONFERENCE = "conference", _("新闻发布会")
    EXPERT = "expert", _("专家解读")
    MEDIA = "media", _("媒体解读")


class Revision(models.Model):
    """One wording of an item on its way through the reviews. At most one of an item is under way; what was published is
    never edited: `digest` is what was signed."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("版本"))
    purpose = models.CharField(_("办理事项"), max_length=10, choices=Purpose, default=Purpose.PUBLISH)
    state = models.CharField(
        _("状态"), max_length=16, choices=[(state.value, state.label.zh) for state in RevisionState], default="draft"
    )
    #: Counts every change, for whoever edits an older copy.
    changes = models.PositiveIntegerField(default=0)
    #: Why it is corrected or withdrawn; of a withdrawal the public reads it.
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    #: From when on it may be published; empty: as soon as it is approved and somebody publishes it.
    publish_from = models.DateTimeField(_("定时发布"), null=True, blank=True)

    column = models.ForeignKey(Column, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("标题"), max_length=300, blank=True)
    #: Sanitised HTML; what was typed is sanitised before it is kept.
    body = models.TextField(_("正文"), blank=True)
    summary = models.CharField(_("内容概述"), max_length=100, blank=True)
    document_number = models.CharField(_("发文字号"), max_length=80, blank=True)
    issuer_name = models.CharField(_("发文机关"), max_length=200, blank=True)
    joint_issuers = models.JSONField(_("联合发文机关"), default=list, blank=True)
    #: 成文日期: signing date of a document, else the day it was first complete.
    made_on = models.DateField(_("成文日期"), null=True, blank=True)
    #: 形成或者变更之日, where it is another day than `made_on`: from it the 20 working days run (条例 26).
    formed_on = models.DateField(_("形成或变更日期"), null=True, blank=True)
    in_force_from = models.DateField(_("施行日期"), null=True, blank=True)
    last_day = models.DateField(_("有效期至"), null=True, blank=True)
    #: A class of `DocumentClass` for policy documents, else empty.
    document_class = models.CharField(_("文件类别"), max_length=30, blank=True)
    title_note = models.TextField(_("题注"), blank=True)
    subject = models.CharField(_("主题分类"), max_length=60, blank=True)
    genre = models.CharField(_("体裁"), max_length=20, blank=True)
    keywords = models.CharField(_("主题词"), max_length=120, blank=True)
    open_type = models.CharField(_("公开属性"), max_length=12, choices=OpenType, default=OpenType.PROACTIVE)
    source = models.CharField(_("来源"), max_length=120, blank=True)
    author = models.CharField(_("责任编辑"), max_length=40, blank=True)
    audience = models.CharField(_("服务对象"), max_length=60, blank=True)
    form = models.CharField(_("解读形式"), max_length=12, choices=InterpretationForm, blank=True)
    #: Of an interpretation: the policies it explains.
    interprets = models.ManyToManyField(Item, blank=True, related_name="interpreted_by")
    review_due = models.DateField(_("复核日期"), null=True, blank=True)

    #: SHA-256 of the content (`publishing.content.digest_of`), set when it is submitted; any change voids the reviews.
    digest = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    #: Everybody who changed its content: none of them reviews it.
    writers = models.ManyToManyField(Person, related_name="+", blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("信息版本")
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["item"], condition=~Q(state__in=["published", "abandoned"]), name="revision_one_under_way"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RevisionState]), name="revision_state"
            ),
            models.CheckConstraint(condition=Q(purpose__in=[row.value for row in Purpose]), name="revision_purpose"),
            models.CheckConstraint(condition=Q(purpose="publish") | ~Q(reason=""), name="revision_change_says_why"),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (Q(open_type="proactive") & ~Q(digest="") & Q(published_at__isnull=False)),
                name="revision_published_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(made_on__isnull=True) | Q(last_day__gte=F("made_on")),
                name="revision_lasts_after",
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="revision_under_way")]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"


class Attachment(models.Model):
    """A file that goes out with a revision; its bytes are the document's, known by their digest."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="attachments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("附件名称"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("附件")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["revision", "document"], name="attachment_once")]

    def __str__(self) -> str:
        return self.name


class OldAddress(models.Model):
    """Where an item stood on an earlier site: whoever still has that address is led on (SIT-10)."""

    path = models.CharField(_("原地址"), max_length=500, unique=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="old_addresses")

    class Meta:
        verbose_name = _("原网站地址")

    def __str__(self) -> str:
        return self.path
