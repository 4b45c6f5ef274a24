"""The append-only history of a case: its steps, and the letters made in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Person
from gongkai.applications.models.application import ROLE_CHOICES, STEP_CHOICES, Application
from gongkai.documents.models import Document
from gongkai.law.procedure import StepKind


class Step(models.Model):
    """One step of a case: a legal act with its date, actor and facts. Never changed, never deleted (triggers)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField(_("序号"))
    kind = models.CharField(_("步骤"), max_length=30, choices=STEP_CHOICES)
    on = models.DateField(_("日期"))
    recorded_at = models.DateTimeField(_("记录时间"), auto_now_add=True)
    actor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True)
    role = models.CharField(_("身份"), max_length=20, choices=ROLE_CHOICES)
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("办理步骤")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="step_number_once"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in StepKind]), name="step_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.number} {self.kind}"


class LetterKind(models.TextChoices):
    """The letters this room makes (law.md §4.3); the label is the paper's name."""

    RECEIPT = "receipt", _("申请接收回执")
    CORRECTION = "correction", _("补正告知书")
    CONSULTATION = "consultation", _("征求意见书")
    CONSULTATION_NOTICE = "consultation_notice", _("征求意见告知书")
    REASONS = "reasons", _("说明理由告知书")
    EXTENSION = "extension", _("延期答复告知书")
    FEE = "fee", _("收费通知书")
    THIRD_PARTY_NOTICE = "third_party_notice", _("决定公开告知书")
    REPLY = "reply", _("申请答复书")


#: Letters that go to somebody else. All others go to the applicant, and so may be seen with the query code.
TO_OTHERS = (LetterKind.CONSULTATION, LetterKind.THIRD_PARTY_NOTICE)
TO_APPLICANT = tuple(kind for kind in LetterKind if kind not in TO_OTHERS)


class Letter(models.Model):
    """An official letter: made once, in the step that it belongs to; its bytes are kept under their digest."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(_("文书"), max_length=30, choices=LetterKind)
    number = models.CharField(_("文号"), max_length=60)
    on = models.DateField(_("日期"))
    document = models.ForeignKey(Document, on_delete=models.PROTECT)
    #: Which paper of law.md §4.3 (P03, D01 …) and by which version of its template; empty in letters from before.
    code = models.CharField(_("文书代码"), max_length=4, blank=True)
    template_version = models.CharField(_("模板版本"), max_length=40, blank=True)
    #: What it says, as data (see `documents.letter_data`): from it the Word and OFD forms are made. None: before.
    content = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    #: The earlier reply that this one replaces (更正, 重新答复).
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        verbose_name = _("文书")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.number
