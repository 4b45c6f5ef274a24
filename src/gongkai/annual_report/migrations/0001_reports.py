"""Annual reports: written, frozen, signed, published, submitted upwards, read from files."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from gongkai.ledger.append_only import AppendOnly


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0004_level"),
        ("documents", "0002_scans_and_quarantine"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("options", models.JSONField(default=dict)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("result", models.JSONField(blank=True, null=True)),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="提交时间")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("documents", models.ManyToManyField(related_name="+", to="documents.document")),
            ],
            options={
                "verbose_name": "年报检查",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "scope",
                    models.CharField(
                        choices=[("own", "本机关"), ("whole", "汇总")],
                        default="own",
                        max_length=10,
                        verbose_name="口径",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("writing", "起草"),
                            ("approval", "报批"),
                            ("signed", "已签发"),
                            ("published", "已公布"),
                        ],
                        default="writing",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("frozen", models.JSONField(blank=True, null=True, verbose_name="冻结的数据")),
                ("first_published_at", models.DateTimeField(blank=True, null=True, verbose_name="首次公布时间")),
                ("revision", models.PositiveIntegerField(default=0)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="annual_reports", to="agencies.agency"
                    ),
                ),
            ],
            options={
                "verbose_name": "年度报告",
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "year", "scope"), name="report_once"),
                    models.CheckConstraint(condition=models.Q(("scope__in", ["own", "whole"])), name="report_scope"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["writing", "approval", "signed", "published"])),
                        name="report_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 2019), ("year__lte", 2100)), name="report_year"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="版次")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="公布时间")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="变更理由")),
                ("content", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="annual_report.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "年度报告公布",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "number"), name="report_publication_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="report_publication_change_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CellCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=80, verbose_name="单元格")),
                ("number", models.PositiveIntegerField(verbose_name="版本")),
                ("counted", models.CharField(blank=True, max_length=30, verbose_name="统计数")),
                ("value", models.CharField(blank=True, max_length=30, null=True, verbose_name="更正为")),
                ("reason", models.CharField(max_length=500, verbose_name="理由")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="annual_report.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "数据更正",
                "ordering": ["address", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "address", "number"), name="report_correction_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="report_correction_has_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="序号")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("begin", "开始编制"),
                            ("freeze", "冻结数据"),
                            ("unfreeze", "重新开放数据"),
                            ("submit", "报批"),
                            ("return", "退回修改"),
                            ("sign", "签发"),
                            ("publish", "公布"),
                            ("reopen", "重新编制"),
                        ],
                        max_length=20,
                        verbose_name="步骤",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("applicant", "申请人"),
                            ("clerk", "经办人"),
                            ("drafter", "承办人"),
                            ("unit_head", "业务科室负责人"),
                            ("legal_reviewer", "法制审核人"),
                            ("approver", "审批人"),
                            ("editor", "编辑"),
                            ("supervisor", "主管部门"),
                            ("administrator", "系统管理员"),
                            ("system", "系统"),
                        ],
                        max_length=20,
                        verbose_name="身份",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                ("remark", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("facts", models.JSONField(default=dict)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="annual_report.report"
                    ),
                ),
            ],
            options={
                "verbose_name": "年度报告步骤",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "number"), name="report_step_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["begin", "freeze", "unfreeze", "submit", "return", "sign", "publish", "reopen"],
                            )
                        ),
                        name="report_step_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SectionText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("1", "1"),
                            ("1.1", "1.1"),
                            ("1.2", "1.2"),
                            ("1.3", "1.3"),
                            ("1.4", "1.4"),
                            ("1.5", "1.5"),
                            ("2", "2"),
                            ("3", "3"),
                            ("4", "4"),
                            ("5", "5"),
                            ("6", "6"),
                        ],
                        max_length=4,
                        verbose_name="部分",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="版本")),
                ("text", models.TextField(blank=True, verbose_name="内容")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="annual_report.report"
                    ),
                ),
            ],
            options={
                "verbose_name": "年度报告文字",
                "ordering": ["section", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "section", "number"), name="report_text_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("section__in", ("1", "1.1", "1.2", "1.3", "1.4", "1.5", "2", "3", "4", "5", "6"))
                        ),
                        name="report_text_section",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("child_name", models.CharField(max_length=120, verbose_name="报送机关")),
                ("number", models.PositiveIntegerField(default=1, verbose_name="第几次报送")),
                ("cells", models.JSONField()),
                ("findings", models.JSONField(default=list)),
                ("errors", models.PositiveIntegerField(default=0, verbose_name="错误")),
                (
                    "state",
                    models.CharField(
                        choices=[("received", "已收到"), ("sent_back", "已退回"), ("accepted", "已采用")],
                        default="received",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=500, verbose_name="处理意见")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="报送时间")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="处理时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submitted",
                        to="agencies.agency",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="submissions", to="agencies.agency"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="annual_report.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "报送的年度报告",
                "ordering": ["child_name", "-number"],
                "indexes": [
                    models.Index(fields=["parent", "year", "state"], name="submission_by_state"),
                    models.Index(fields=["child", "year", "parent", "-number"], name="submission_of_child"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("parent", "year", "child_name", "number"), name="submission_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["received", "sent_back", "accepted"])),
                        name="submission_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("report__isnull", False), ("document__isnull", False), _connector="OR"),
                        name="submission_has_its_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "scope",
                    models.CharField(
                        choices=[("own", "本机关"), ("whole", "汇总")],
                        default="own",
                        max_length=10,
                        verbose_name="口径",
                    ),
                ),
                ("number", models.PositiveIntegerField(default=1, verbose_name="版本")),
                ("form", models.CharField(max_length=4)),
                ("cells", models.JSONField()),
                ("texts", models.JSONField(default=dict)),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="read_reports", to="agencies.agency"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
            ],
            options={
                "verbose_name": "往年报告",
                "ordering": ["year", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "year", "scope", "number"), name="read_report_once"),
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["own", "whole"])), name="read_report_scope"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncomingFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("batch", models.UUIDField()),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等待读取"),
                            ("taken", "已接收"),
                            ("ask", "请确认机关"),
                            ("refused", "没有接收"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("agency_name", models.CharField(blank=True, max_length=120, verbose_name="标题中的机关")),
                ("candidates", models.JSONField(default=list)),
                ("why_zh", models.CharField(blank=True, max_length=500)),
                ("why_en", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="上传时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="annual_report.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "收到的年度报告文件",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["parent", "batch"], name="incoming_by_batch")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "taken", "ask", "refused"])), name="incoming_state"
                    ),
                    models.UniqueConstraint(fields=("batch", "document"), name="incoming_once_a_batch"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "taken"), _negated=True), ("submission__isnull", False), _connector="OR"
                        ),
                        name="incoming_taken_is_there",
                    ),
                ],
            },
        ),
        AppendOnly(
            model="reportstep",
        ),
        AppendOnly(
            model="sectiontext",
        ),
        AppendOnly(
            model="cellcorrection",
        ),
        AppendOnly(
            model="publication",
        ),
        AppendOnly(
            model="readreport",
        ),
    ]
