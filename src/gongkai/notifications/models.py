"""What people are told at the desk, how they want to be told, and what leaves the house by mail and SMS."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Person
from gongkai.law.texts import Text
from gongkai.vault.fields import SealedField


class Notification(models.Model):
    """One thing a person is told: number, duty and due date, never an applicant's identity data.

    `key` says which event it is about: the same event tells a person once, however often its job runs.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notifications")
    key = models.CharField(max_length=150)
    kind = models.SlugField(max_length=40, db_index=False)
    text_zh = models.TextField()
    text_en = models.TextField()
    #: The page it is about: a path of this site.
    link = models.CharField(max_length=300)
    #: „room-noun:id“, as the ledger's subjects: what has been dealt with can be marked as read.
    about = models.CharField(max_length=80)
    made_at = models.DateTimeField(_("时间"), default=timezone.now)
    read_at = models.DateTimeField(_("已读时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("通知")
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notification_once")]
        indexes = [
            models.Index(fields=["person", "-id"], name="notification_newest"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notification_unread"),
        ]

    def __str__(self) -> str:
        return self.text_zh

    @property
    def text(self) -> Text:
        return Text(self.text_zh, self.text_en)


class Preference(models.Model):
    """How a person wants to be told. Who has no row is told by mail, with the digest, and not by SMS."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="preference")
    by_mail = models.BooleanField(_("用邮件通知"), default=True)
    digest = models.BooleanField(_("每个工作日发送待办摘要"), default=True)
    by_sms = models.BooleanField(_("用短信通知"), default=False)
    mobile = SealedField(_("手机号码"), blank=True, default="")
    language = models.CharField(_("语言"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")

    class Meta:
        verbose_name = _("通知设置")

    def __str__(self) -> str:
        return str(self.person_id)


class Channel(models.TextChoices):
    MAIL = "mail", _("邮件")
    SMS = "sms", _("短信")


class Outgoing(models.Model):
    """One mail or SMS that leaves the house. Written with the act that causes it, sent by a job.

    Address and text are sealed, and dropped once it is sent: what stays is that it was, and when.
    """

    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=4, choices=Channel)
    address = SealedField(blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = SealedField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    queued_at = models.DateTimeField(default=timezone.now)
    #: Somebody is sending it; nobody else does before then.
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("外发消息")
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="outgoing_channel"),
        ]
        indexes = [models.Index(fields=["queued_at"], condition=Q(sent_at__isnull=True), name="outgoing_unsent")]

    def __str__(self) -> str:
        return f"{self.channel} {self.key}"
