import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from gongkai.ledger.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_index_numbers"),
        ("disclosure", "0003_publishing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Suspension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=20, verbose_name="岗位")),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                ("at", models.DateTimeField(verbose_name="时间")),
            ],
            options={
                "verbose_name": "紧急下线",
                "ordering": ["-id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="item",
            name="item_state",
        ),
        migrations.RemoveConstraint(
            model_name="item",
            name="item_published_is_whole",
        ),
        migrations.AddField(
            model_name="item",
            name="suspended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="下线时间"),
        ),
        migrations.AlterField(
            model_name="item",
            name="state",
            field=models.CharField(
                choices=[
                    ("unpublished", "未发布"),
                    ("published", "已发布"),
                    ("suspended", "已暂时下线"),
                    ("withdrawn", "已撤下"),
                ],
                default="unpublished",
                max_length=12,
                verbose_name="状态",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["unpublished", "published", "suspended", "withdrawn"])),
                name="item_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", True), ("state", "unpublished")),
                    models.Q(
                        ("column__isnull", False),
                        ("current__isnull", False),
                        ("index_number__isnull", False),
                        ("published_at__isnull", False),
                        ("state__in", ["published", "suspended", "withdrawn"]),
                    ),
                    _connector="OR",
                ),
                name="item_published_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "suspended"), ("suspended_at__isnull", True), _connector="XOR"),
                name="item_suspended_since",
            ),
        ),
        migrations.AddField(
            model_name="suspension",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="suspension",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="suspensions", to="disclosure.item"
            ),
        ),
        migrations.AddField(
            model_name="suspension",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosure.revision"
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="suspension_says_why"
            ),
        ),
        AppendOnly("suspension"),
    ]
