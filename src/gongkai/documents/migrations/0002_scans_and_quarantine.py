"""What the privacy scan found in a file, and the files that are kept apart."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PrivacyScan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rules", models.CharField(max_length=40, verbose_name="规则版本")),
                ("worst", models.CharField(blank=True, max_length=10, verbose_name="最高级别")),
                ("findings", models.JSONField(default=list)),
                ("unread", models.CharField(blank=True, max_length=40)),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="扫描时间")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="privacy_scans",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "隐私扫描",
                "constraints": [
                    models.UniqueConstraint(fields=("document", "rules"), name="privacy_scan_once"),
                    models.CheckConstraint(
                        condition=models.Q(("worst__in", ["", "info", "warn", "block"])), name="privacy_scan_worst"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PrivacyCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等待检查"),
                            ("running", "正在检查"),
                            ("done", "已检查"),
                            ("failed", "没有检查"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="提交时间")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "隐私扫描任务",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["person", "-id"], name="privacy_check_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "running", "done", "failed"])),
                        name="privacy_check_state",
                    ),
                    models.UniqueConstraint(
                        fields=("person", "document"),
                        condition=models.Q(("state__in", ("waiting", "running"))),
                        name="privacy_check_file_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quarantined",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                ("reason", models.CharField(max_length=40, verbose_name="原因")),
                ("signature", models.CharField(blank=True, max_length=200, verbose_name="病毒名称")),
                ("came_by", models.CharField(blank=True, max_length=60, verbose_name="来源")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "state",
                    models.CharField(
                        choices=[("held", "隔离中"), ("released", "已放行"), ("destroyed", "已销毁")],
                        default="held",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="处理时间")),
                ("decision", models.CharField(blank=True, max_length=200, verbose_name="处理说明")),
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
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "隔离文件",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["state", "-id"], name="quarantine_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["held", "released", "destroyed"])), name="quarantine_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="quarantine_digest_is_sha256"
                    ),
                ],
            },
        ),
    ]
