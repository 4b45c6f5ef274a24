"""An application (政府信息公开申请): what the applicant gave, whose it is, and what is derived from its steps."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Person, Unit
from gongkai.law import receipts
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role, Stage, StepKind
from gongkai.law.texts import Text
from gongkai.vault.fields import SealedField
from gongkai.vault.masking import mask_identity, mask_name


class Channel(models.TextChoices):
    """How an application came in; the day it counts as received depends on it (条例 31)."""

    WEB = "web", _("网上提交")
    IN_PERSON = "in_person", _("当面提交")
    SIGNED_MAIL = "signed_mail", _("邮寄（签收）")
    ORDINARY_MAIL = "ordinary_mail", _("平常信函")
    FAX = "fax", _("传真")
    EMAIL = "email", _("电子邮件")
    #: 条例 29: who cannot write says it, and staff fill in the form for them.
    ORAL = "oral", _("口头提出（由工作人员代为填写）")


#: How the law counts each: an oral application is one made in person (条例 29, 31(一)).
CHANNEL_OF_LAW: Mapping[str, receipts.Channel] = {
    channel.value: receipts.Channel.IN_PERSON if channel is Channel.ORAL else receipts.Channel(channel.value)
    for channel in Channel
}


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


class Origin(models.TextChoices):
    """Whether the case was taken in here, or brought over from an earlier register (台账)."""

    HERE = "here", _("本系统受理")
    IMPORTED = "imported", _("历史台账导入")


class Application(models.Model):
    """One application. The first blocks are what the applicant gave; then whose it is at the office; the last is
    derived from the steps by `law` and can be rebuilt from them at any time (`history.rebuild`)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="applications", verbose_name=_("机关"))
    number = models.CharField(_("编号"), max_length=60)
    channel = models.CharField(_("提交方式"), max_length=20, choices=Channel)
    submitted_at = models.DateTimeField(_("提交时间"))
    #: Blind indexes: the query code and the form's one-time token are never stored themselves.
    query_code_index = models.CharField(max_length=64, unique=True)
    token_index = models.CharField(max_length=64, unique=True)
    form_digest = models.CharField(max_length=64)
    origin = models.CharField(_("来源"), max_length=10, choices=Origin, default=Origin.HERE)
    #: Of an imported case: a blind index of what tells it from others, so that a file read twice makes no doubles.
    import_key = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    #: The case that this one was split from: several matters in one form (一事一申请).
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("拆分自")
    )

    applicant_kind = models.CharField(_("申请人类型"), max_length=20, choices=KIND_CHOICES)
    applicant_name = SealedField(_("姓名或名称"))
    id_type = models.CharField(_("证件类型"), max_length=20, choices=IdentityDocument)
    id_number = SealedField(_("证件号码"))
    id_index = models.CharField(max_length=64, db_index=True)
    #: Blind index of the name, blanks left out: a search for the whole name, and the follow-up page's second proof.
    name_index = models.CharField(max_length=64, db_index=True, blank=True)
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
    #: Who applies for the applicant, with an authority paper among the papers of the case.
    agent_name = SealedField(_("代理人姓名"), blank=True)
    agent_id_number = SealedField(_("代理人证件号码"), blank=True)
    agent_telephone = SealedField(_("代理人电话"), blank=True)

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("承办科室")
    )
    holder = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("承办人员")
    )
    #: The day by which the unit gives its opinion: the office's own limit, inside that of the law.
    internal_due_on = models.DateField(_("内部办理期限"), null=True, blank=True)

    stage = models.CharField(_("环节"), max_length=20, choices=STAGE_CHOICES, default=Stage.REGISTER.value)
    steps_taken = models.PositiveIntegerField(default=0)
    next_step = models.CharField(_("下一步"), max_length=30, choices=STEP_CHOICES, blank=True)
    #: Where the next step is open to several roles in the table, but now to one of them (审核 in the approval route).
    next_role = models.CharField(max_length=20, choices=ROLE_CHOICES, blank=True)
    #: After this day the applicant or the party asked has let the time pass, and the drafter's turn comes.
    waits_until = models.DateField(null=True, blank=True)
    clock_state = models.CharField(_("计时"), max_length=10, choices=ClockState, default=ClockState.WAITING)
    received_on = models.DateField(_("收到日期"), null=True, blank=True)
    due_on = models.DateField(_("答复期限"), null=True, blank=True)
    due_provisional = models.BooleanField(default=False)
    #: A change of the calendar would bring the told date nearer, and a person has to decide.
    due_question = models.BooleanField(default=False)
    #: How often the case was worked through: 2 or more after 重新办理.
    rounds = models.PositiveSmallIntegerField(default=1)
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
            # What is at work, the most urgent first. Everything that says whose turn it is stands in it, so that the
            # views of the inbox are found and counted without reading a case.
            models.Index(
                fields=[
                    "agency",
                    "due_on",
                    "id",
                    "clock_state",
                    "stage",
                    "next_step",
                    "next_role",
                    "waits_until",
                    "holder",
                    "unit",
                    "received_on",
                    "archived_on",
                ],
                condition=Q(archived_on__isnull=True),
                name="application_inbox",
            ),
            # What somebody has, the most urgent first; and everything, the newest first.
            models.Index(
                fields=["agency", "holder", "due_on"], condition=Q(archived_on__isnull=True), name="application_holder"
            ),
            models.Index(fields=["agency", "-id"], name="application_newest"),
            # Table 3 of the annual report, in the order of its cells: see annual_report.compiling.
            models.Index(
                fields=["agency", "applicant_kind", "outcome", "answered_on", "received_on"],
                name="application_table_3",
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
        return mask_identity(self.id_number)
