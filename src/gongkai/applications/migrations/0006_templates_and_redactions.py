"""Templates of letters by version, redaction, and numbers of the archive."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from gongkai.applications.same_case import SameCaseAgain
from gongkai.ledger.append_only import AppendOnly, Writable


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_archive_numbers"),
        ("applications", "0005_import_runs"),
        ("documents", "0002_scans_and_quarantine"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Writable(
            model="letter",
        ),
        Writable(
            model="paper",
        ),
        Writable(
            model="casefile",
        ),
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=4, verbose_name="文书代码")),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("since", models.DateField(verbose_name="启用日期")),
                ("retired", models.BooleanField(default=False, verbose_name="停用本机关模板")),
                (
                    "form",
                    models.CharField(
                        choices=[("letter", "信函格式"), ("document", "文件格式")],
                        default="letter",
                        max_length=10,
                        verbose_name="版式",
                    ),
                ),
                ("closing", models.TextField(blank=True, verbose_name="结尾段落")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="附注")),
                ("copies", models.TextField(blank=True, verbose_name="抄送")),
                ("defaults", models.JSONField(default=dict, verbose_name="空位默认内容")),
                ("owner", models.CharField(max_length=60, verbose_name="归口科室")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="制定时间")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter_templates",
                        to="agencies.agency",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "word",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "文书模板",
                "ordering": ["agency", "code", "version"],
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "code", "version"), name="letter_template_version_once"),
                    models.CheckConstraint(condition=models.Q(("version__gt", 0)), name="letter_template_version"),
                    models.CheckConstraint(
                        condition=models.Q(("form__in", ["letter", "document"])), name="letter_template_form"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Redaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pages", models.PositiveIntegerField(verbose_name="页数")),
                ("begun_at", models.DateTimeField(auto_now_add=True, verbose_name="开始时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "正在框选"),
                            ("waiting", "等待生成"),
                            ("running", "正在生成"),
                            ("done", "已生成遮盖件"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("changes", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("proposed_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("failure", models.JSONField(default=dict)),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="完成时间")),
                ("checked", models.JSONField(default=dict)),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "copy",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="made_by_redaction",
                        to="applications.paper",
                    ),
                ),
                (
                    "finished_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="redactions", to="applications.paper"
                    ),
                ),
            ],
            options={
                "verbose_name": "遮盖",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("copy", None)), fields=("paper",), name="one_redaction_under_way"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("copy", None), ("finished_at", None), ("finished_by", None)),
                            models.Q(
                                ("copy__isnull", False), ("finished_at__isnull", False), ("finished_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="redaction_finished_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("copy", None), models.Q(("state", "done"), _negated=True)),
                            models.Q(("copy__isnull", False), ("state", "done")),
                            _connector="OR",
                        ),
                        name="redaction_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RedactionBox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.PositiveIntegerField(verbose_name="页")),
                ("left", models.FloatField()),
                ("top", models.FloatField()),
                ("right", models.FloatField()),
                ("bottom", models.FloatField()),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("state_secret", "国家秘密"),
                            ("prohibited_by_law", "法律、行政法规禁止公开"),
                            ("endangers_security", "危及安全、稳定"),
                            ("third_party_rights", "商业秘密、个人隐私等第三方合法权益"),
                            ("internal_affairs", "内部事务信息"),
                            ("process_information", "过程性信息"),
                            ("enforcement_file", "行政执法案卷信息"),
                            ("not_government_information", "不属于政府信息"),
                        ],
                        max_length=40,
                        verbose_name="不予公开的依据",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("hand", "手工框选"), ("scan", "扫描建议")],
                        default="hand",
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                ("taken", models.BooleanField(default=True, verbose_name="采用")),
                ("rule", models.CharField(blank=True, max_length=10)),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="说明")),
                ("sample", models.CharField(blank=True, max_length=100)),
                (
                    "redaction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="boxes", to="applications.redaction"
                    ),
                ),
            ],
            options={
                "verbose_name": "遮盖框",
                "ordering": ["page", "top", "left", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bottom__lte", 1),
                            ("left__gte", 0),
                            ("right__lte", 1),
                            ("top__gte", 0),
                            ("left__lt", models.F("right")),
                            ("top__lt", models.F("bottom")),
                        ),
                        name="redaction_box_on_the_page",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ground__in",
                                [
                                    "state_secret",
                                    "prohibited_by_law",
                                    "endangers_security",
                                    "third_party_rights",
                                    "internal_affairs",
                                    "process_information",
                                    "enforcement_file",
                                    "not_government_information",
                                ],
                            )
                        ),
                        name="redaction_ground",
                    ),
                    models.CheckConstraint(condition=models.Q(("page__gt", 0)), name="redaction_page"),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="paper",
            name="paper_kind",
        ),
        migrations.AddField(
            model_name="casefile",
            name="archive_number",
            field=models.CharField(blank=True, max_length=80, null=True, unique=True, verbose_name="档号"),
        ),
        migrations.AddField(
            model_name="casefile",
            name="retention",
            field=models.CharField(blank=True, max_length=10, verbose_name="保管期限"),
        ),
        migrations.AddField(
            model_name="casefile",
            name="year",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="归档年度"),
        ),
        migrations.AddField(
            model_name="casefile",
            name="item",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="件号"),
        ),
        migrations.AddField(
            model_name="casefile",
            name="pages",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="页数"),
        ),
        migrations.AddField(
            model_name="casefile",
            name="checked",
            field=models.JSONField(default=dict, verbose_name="四性检测"),
        ),
        migrations.AddField(
            model_name="letter",
            name="code",
            field=models.CharField(blank=True, max_length=4, verbose_name="文书代码"),
        ),
        migrations.AddField(
            model_name="letter",
            name="content",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.document",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="template_version",
            field=models.CharField(blank=True, max_length=40, verbose_name="模板版本"),
        ),
        migrations.AddField(
            model_name="paper",
            name="redacted_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="redacted_copies",
                to="applications.paper",
            ),
        ),
        migrations.AlterField(
            model_name="paper",
            name="kind",
            field=models.CharField(
                choices=[
                    ("form", "申请表或来信"),
                    ("authority", "授权委托书及身份证明"),
                    ("attachment", "申请附件"),
                    ("correction", "补正材料"),
                    ("reasons", "说明理由的材料"),
                    ("opinion", "被征求意见方的回复"),
                    ("fee", "缴费凭证"),
                    ("material", "办理材料"),
                    ("original", "拟提供信息的原件"),
                    ("enclosure", "随答复提供的文件"),
                    ("proof", "送达回证"),
                    ("review", "复议、诉讼材料"),
                ],
                max_length=20,
                verbose_name="材料类别",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "form",
                            "authority",
                            "attachment",
                            "correction",
                            "reasons",
                            "opinion",
                            "fee",
                            "material",
                            "original",
                            "enclosure",
                            "proof",
                            "review",
                        ],
                    )
                ),
                name="paper_kind",
            ),
        ),
        AppendOnly(
            model="letter",
        ),
        AppendOnly(
            model="paper",
        ),
        AppendOnly(
            model="casefile",
        ),
        AppendOnly(
            model="lettertemplate",
        ),
        SameCaseAgain(
            model="letter",
        ),
        SameCaseAgain(
            model="paper",
        ),
    ]
