"""An application (政府信息公开申请), its append-only history, and the letters made in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.documents.models import Document
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role, Stage, StepKind
from gongkai.law.texts import Text
from gongkai.vault.fields import SealedField
from gongkai.vault.masking import mask_name, mask_number


class Channel(models.TextChoices):
    """How an application came in; the day it counts as received depends on it (条例 31)."""

    WEB = "web", _("网上提交")
    IN_PERSON = "in_person", _("当面提交")
    SIGNED_MAIL = "signed_mail", _("邮寄（签收）")
    ORDINARY_MAIL = "ordinary_mail", _("平常信函")
    FAX = "fax", _("传真")


class IdentityDocument(models.TextChoices):
    """Kinds of 身份证明 (条例 29(一))."""

    RESIDENT_ID = "resident_id", _("居民身份证")
    CREDIT_CODE = "credit_code", _("统一社会信用代码")
    PASSPORT = "passport", _("护照")
    PERMIT = "permit", _("港澳台居民居住证或通行证")
    OTHER = "other", _("其他有效证件")


class Form(models.TextChoices):
    """In which form the information is wanted (条例 29(三), 40)."""

    ELECTRONIC = "electronic", _("电子文件")
    PAPER = "paper", _("纸质文件")
    INSPECTION = "inspection", _("查阅、抄录")


class Way(models.TextChoices):
    """By which way it is wanted (条例 29(三))."""

    ONLINE = "online", _("网上下载（凭查询码）")
    EMAIL = "email", _("电子邮件")
    POST = "post", _("邮寄")
    PICK_UP = "pick_up", _("自行领取")


class ClockState(models.TextChoices):
    """The reply clock as stored. „Late“ is never stored: it is the due date against today."""

    WAITING = "waiting", _("待确认收到")
    RUNNING = "running", _("计时中")
    PAUSED = "paused", _("暂停计时")
    CLOSED = "closed", _("已答复")


KIND_CHOICES = [(kind.value, kind.label.zh) for kind in ApplicantKind]
OUTCOME_CHOICES = [(outcome.value, outcome.label.zh) for outcome in Outcome]
STAGE_CHOICES = [(stage.value, stage.label.zh) for stage in Stage]
STEP_CHOICES = [(kind.value, kind.label.zh) for kind in StepKind]
ROLE_CHOICES = [(role.value, role.label.zh) for role in Role]


class Application(models.Model):
    """One application. The first two blocks are what the applicant gave; the third is derived from the steps by
    `law` and can be rebuilt from them at any time (`history.rebuild`)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="applications", verbose_name=_("机关"))
    number = models.CharField(_("编号"), max_length=60)
    channel = models.CharField(_("提交方式"), max_length=20, choices=Channel)
    submitted_at = models.DateTimeField(_("提交时间"))
    #: Blind indexes: the query code and the form's one-time token are never stored themselves.
    query_code_index = models.CharField(max_length=64, unique=True)
    token_index = models.CharField(max_length=64, unique=True)
    form_digest = models.CharField(max_length=64)

    applicant_kind = models.CharField(_("申请人类型"), max_length=20, choices=KIND_CHOICES)
    applicant_name = SealedField(_("姓名或名称"))
    id_type = models.CharField(_("证件类型"), max_length=20, choices=IdentityDocument)
    id_number = SealedField(_("证件号码"))
    id_index = models.CharField(max_length=64, db_index=True)
    contact_person = SealedField(_("联系人"), blank=True)
    telephone = SealedField(_("联系电话"), blank=True)
    email = SealedField(_("电子邮箱"), blank=True)
    address = SealedField(_("通信地址"), blank=True)
    postcode = SealedField(_("邮政编码"), blank=True)
    content = models.TextField(_("所需政府信息的名称或内容描述"))
    document_number = models.CharField(_("文号"), max_length=100, blank=True)
    features = models.TextField(_("其他特征性描述"), blank=True)
    form_wanted = models.CharField(_("提供形式"), max_length=20, choices=Form)
    way_wanted = models.CharField(_("获取方式"), max_length=20, choices=Way)
    needs_help = models.BooleanField(_("需要阅读或办理帮助"), default=False)

    stage = models.CharField(_("环节"), max_length=20, choices=STAGE_CHOICES, default=Stage.REGISTER.value)
    steps_taken = models.PositiveIntegerField(default=0)
    next_step = models.CharField(_("下一步"), max_length=30, choices=STEP_CHOICES, blank=True)
    #: After this day the applicant or the party asked has let the time pass, and the drafter's turn comes.
    waits_until = models.DateField(null=True, blank=True)
    clock_state = models.CharField(_("计时"), max_length=10, choices=ClockState, default=ClockState.WAITING)
    received_on = models.DateField(_("收到日期"), null=True, blank=True)
    first_due_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(_("答复期限"), null=True, blank=True)
    due_provisional = models.BooleanField(default=False)
    outcome = models.CharField(_("办理结果"), max_length=30, choices=OUTCOME_CHOICES, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    archived_on = models.DateField(_("归档日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("政府信息公开申请")
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="application_number_once"),
            models.CheckConstraint(
                condition=Q(applicant_kind__in=[kind.value for kind in ApplicantKind]),
                name="application_kind",
            ),
            # One final outcome each, and exactly when it was answered: the report's table 3 rests on this.
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, outcome="")
                | Q(answered_on__isnull=False, outcome__in=[outcome.value for outcome in Outcome]),
                name="application_outcome_when_answered",
            ),
            models.CheckConstraint(
                # „Not null“ is said, because a comparison with NULL would let the row pass.
                condition=Q(answered_on__isnull=True) | Q(received_on__isnull=False, answered_on__gte=F("received_on")),
                name="application_answered_after_receipt",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "due_on", "id"],
                condition=Q(archived_on__isnull=True),
                name="application_inbox",
            ),
            models.Index(
                fields=["agency", "received_on", "answered_on", "applicant_kind", "outcome"],
                name="application_report",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def masked_name(self) -> str:
        """The applicant's name as lists show it."""
        return mask_name(self.applicant_name)

    @property
    def outcome_label(self) -> Text | None:
        """The final outcome in words, in both languages."""
        return Outcome(self.outcome).label if self.outcome else None

    @property
    def masked_id(self) -> str:
        return mask_number(self.id_number)


class Step(models.Model):
    """One step of a case: a legal act with its date, actor and facts. Never changed, never deleted (triggers)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField(_("序号"))
    kind = models.CharField(_("步骤"), max_length=30, choices=STEP_CHOICES)
    on = models.DateField(_("日期"))
    recorded_at = models.DateTimeField(_("记录时间"), auto_now_add=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
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
    REPLY = "reply", _("申请答复书")


#: Letters that go to the applicant, and so may be seen with the query code.
TO_APPLICANT = (LetterKind.RECEIPT, LetterKind.CORRECTION, LetterKind.CONSULTATION_NOTICE, LetterKind.REPLY)


class Letter(models.Model):
    """An official letter: made once, in the step that it belongs to; its bytes are kept under their digest."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(_("文书"), max_length=30, choices=LetterKind)
    number = models.CharField(_("文号"), max_length=60)
    on = models.DateField(_("日期"))
    document = models.ForeignKey(Document, on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("文书")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.number
