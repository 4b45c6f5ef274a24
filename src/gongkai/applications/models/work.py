"""How people share the work on cases: who has which, what they note, whose identity they looked at, what they watch."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Person, Unit
from gongkai.applications.models.application import Application


class Assignment(models.Model):
    """分办: a case given to a unit or a person, with the office's own day for the opinion. The newest row holds."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    internal_due_on = models.DateField(_("内部办理期限"), null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    remark = models.CharField(_("说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("分办")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.unit_id} {self.holder_id}"


class Note(models.Model):
    """内部备注: for colleagues; no part of the file, never shown to the applicant."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notes")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    text = models.TextField(_("备注"))

    class Meta:
        verbose_name = _("内部备注")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.by_id}"


class IdentityView(models.Model):
    """Someone looked at the whole identity data of an applicant, and said why (个人信息保护法 51, 54)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="identity_views")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    reason = models.CharField(_("查看原因"), max_length=200)

    class Meta:
        verbose_name = _("身份信息查看记录")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.by_id}"


class SavedView(models.Model):
    """A filter of the inbox that a person keeps under a name."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(_("名称"), max_length=40)
    #: The inbox's own query string, as `selectors` wrote it.
    query = models.CharField(max_length=1000)

    class Meta:
        verbose_name = _("常用筛选")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="saved_view_name_once")]

    def __str__(self) -> str:
        return self.name


class CalendarFeed(models.Model):
    """A person's own feed of due dates (iCal): whoever has its address reads it, so only a blind index is kept."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_feed")
    token_index = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("期限日历订阅")

    def __str__(self) -> str:
        return str(self.person_id)


class Mark(models.Model):
    """A few numbers drawn from the words of what is asked: applications that share some ask for much the same."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="marks")
    agency_id = models.BigIntegerField()
    mark = models.BigIntegerField()

    class Meta:
        verbose_name = _("内容特征")
        indexes = [models.Index(fields=["agency_id", "mark", "application"], name="mark_lookup")]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.mark}"


class Rating(models.Model):
    """The applicant's own judgement of how the application was handled, once, after the reply."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="rating")
    score = models.PositiveSmallIntegerField(_("满意度"))
    text = models.TextField(_("意见"), blank=True)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("满意度评价")
        constraints = [models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="rating_one_to_five")]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.score}"
