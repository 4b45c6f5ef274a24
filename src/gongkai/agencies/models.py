"""行政机关 and the people who work there."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from gongkai.law.agency_levels import AgencyLevel
from gongkai.law.index_numbers import DEFAULT as INDEX_TEMPLATE
from gongkai.law.procedure import Role
from gongkai.law.remedies import AgencyKind

STAFF_ROLES = (
    Role.CLERK,
    Role.DRAFTER,
    Role.UNIT_HEAD,
    Role.LEGAL_REVIEWER,
    Role.APPROVER,
    Role.EDITOR,
    Role.SUPERVISOR,
    Role.ADMINISTRATOR,
)
ROLE_CHOICES = [(role.value, role.label.zh) for role in STAFF_ROLES]
KIND_CHOICES = [(kind.value, kind.label.zh) for kind in AgencyKind]


class ReceiptRule(models.TextChoices):
    """When an application sent through the internet counts as received (条例 31(三); law.md §1.6)."""

    SYSTEM = "system", _("系统提示提交成功之日")  # 指导案例26号 [M]: unless the site says otherwise
    BOTH_CONFIRM = "both_confirm", _("双方确认之日")  # the article's own words [C]


class Agency(MP_Node):  # type: ignore[misc]  # treebeard is untyped
    """An organ with its own duty to disclose (条例 4, 10, 27), in the tree of the government it belongs to."""

    name = models.CharField(_("机关全称"), max_length=120, unique=True)
    short_name = models.CharField(_("简称"), max_length=40)
    slug = models.SlugField(_("网址标识"), max_length=40, unique=True)
    kind = models.CharField(_("机关类别"), max_length=40, choices=KIND_CHOICES)
    office_name = models.CharField(_("政府信息公开工作机构"), max_length=120)
    address = models.CharField(_("办公地址"), max_length=200, blank=True)
    postcode = models.CharField(_("邮政编码"), max_length=6, blank=True, validators=[RegexValidator(r"^\d{6}$")])
    telephone = models.CharField(_("联系电话"), max_length=40, blank=True)
    fax = models.CharField(_("传真"), max_length=40, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    office_hours = models.CharField(_("办公时间"), max_length=120, blank=True)
    #: Named in every reply (行政复议法 24): set by a person, because the tree alone does not tell it.
    review_organ = models.CharField(_("行政复议机关"), max_length=120)
    court = models.CharField(_("有管辖权的人民法院"), max_length=120, blank=True)
    document_prefix = models.CharField(_("机关代字"), max_length=30, help_text=_("例如：郑经开公开"))
    receipt_rule = models.CharField(
        _("网上申请的收到之日"), max_length=20, choices=ReceiptRule, default=ReceiptRule.SYSTEM
    )
    #: Decides when its annual report is due and whether it can make 规章; empty: not known.
    level = models.CharField(
        _("机关层级"), max_length=30, choices=[(level.value, level.label.zh) for level in AgencyLevel], blank=True
    )
    accepts_applications = models.BooleanField(_("受理依申请公开"), default=True)
    #: The office's own order of work, no law: after how many working days unclaimed work shows at the head's desk, and
    #: how many a unit has for its opinion.
    rises_after_days = models.PositiveSmallIntegerField(_("无人认领几个工作日后提醒负责人"), default=2)
    drafting_days = models.PositiveSmallIntegerField(_("科室提出办理意见的工作日数"), default=10)
    #: Of the archive (DA/T 22-2015 [M]): placeholders {fonds} {category} {year} {retention} {unit} {number}.
    fonds = models.CharField(_("全宗号"), max_length=20, blank=True)
    archive_category = models.CharField(_("档案门类代码"), max_length=20, default="WS")
    archive_unit = models.CharField(_("机构代码"), max_length=20, default="GK")
    #: 永久 / 30年 / 10年 are the usual ones; which of them such cases need is not confirmed [U]: the office decides.
    archive_retention = models.CharField(_("保管期限代码"), max_length=10, default="D30")
    archive_template = models.CharField(
        _("档号模板"), max_length=120, default="{fonds}-{category}·{year}-{retention}-{unit}-{number:04}"
    )
    #: Of the 索引号 (`law.index_numbers`): characters 9 to 17 of the code are the prefix of the usual scheme.
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    index_template = models.CharField(_("索引号模板"), max_length=120, default=INDEX_TEMPLATE)
    site_code = models.CharField(_("政府网站标识码"), max_length=10, blank=True)
    icp_number = models.CharField(_("ICP备案编号"), max_length=40, blank=True)

    node_order_by = ["slug"]

    class Meta:
        verbose_name = _("行政机关")

    def __str__(self) -> str:
        return self.name


class Person(AbstractUser):
    """Someone who signs in at the desk."""

    display_name = models.CharField(_("姓名"), max_length=40)

    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("人员")

    def __str__(self) -> str:
        return self.display_name or self.username


class Unit(models.Model):
    """内设机构: the part of an agency that holds the information and drafts the opinion."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(_("科室名称"), max_length=60)
    active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = _("内设机构")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="unit_name_once")]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A person's role at an agency, from a day on and, when it is over, up to and including a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("岗位"), max_length=20, choices=ROLE_CHOICES)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments", verbose_name=_("科室")
    )
    since = models.DateField(_("起始日"))
    until = models.DateField(_("截止日"), null=True, blank=True)

    class Meta:
        verbose_name = _("岗位")
        constraints = [
            models.UniqueConstraint(fields=["person", "agency", "role", "since"], name="appointment_once"),
            models.UniqueConstraint(
                fields=["person", "agency", "role"], condition=Q(until__isnull=True), name="appointment_open_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="appointment_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in STAFF_ROLES]), name="appointment_role"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.role}@{self.agency}"


class Delegation(models.Model):
    """委托代办: a person who is away has a role taken by another, from a day to a day. What the other does bears the
    other's own name; nobody gains by it what would let them sign their own draft."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="delegations")
    role = models.CharField(_("岗位"), max_length=20, choices=ROLE_CHOICES)
    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_given")
    taker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_taken")
    since = models.DateField(_("起始日"))
    until = models.DateField(_("截止日"))
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("委托代办")
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="delegation_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="delegation_to_another"),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in STAFF_ROLES]), name="delegation_role"),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id}→{self.taker_id} {self.role}"


class ApprovalRoute(models.Model):
    """报批路线: the roles that look at a decision one after the other, the last of which signs it. One per agency and
    kind of outcome; the row without a kind serves all others. The office's own order, no law."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="approval_routes")
    #: An outcome of `law.outcomes`, or empty for every other.
    outcome = models.CharField(_("办理结果"), max_length=30, blank=True)
    roles = models.JSONField(_("依次审核的岗位"), default=list)

    class Meta:
        verbose_name = _("报批路线")
        constraints = [models.UniqueConstraint(fields=["agency", "outcome"], name="approval_route_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.outcome}: {self.roles}"


class CalendarDay(models.Model):
    """A day that a notice made a working day or a day off, laid over the seeded national calendar.

    The newest row of a day holds; older ones stay, so that what was known when can be told.
    """

    day = models.DateField(_("日期"))
    working = models.BooleanField(_("是否工作日"))
    source = models.CharField(_("依据"), max_length=200, help_text=_("通知的文号或名称"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        verbose_name = _("日历调整")
        indexes = [models.Index(fields=["day", "-id"], name="calendar_day_newest")]

    def __str__(self) -> str:
        return f"{self.day}: {'工作日' if self.working else '休息日'}"


class PublishedYear(models.Model):
    """A year whose schedule is out: due dates that fall in it are no longer provisional."""

    year = models.PositiveSmallIntegerField(_("年份"), primary_key=True)
    source = models.CharField(_("依据"), max_length=200)

    class Meta:
        verbose_name = _("已公布安排的年份")

    def __str__(self) -> str:
        return str(self.year)


class NumberSeries(models.Model):
    """The last number given out in a series: per agency, kind of paper and year. Gapless, because the number is
    taken in the transaction of the paper that bears it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("编号序列")
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "year"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.kind} {self.year}: {self.last}"
