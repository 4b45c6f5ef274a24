from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0004_level")]

    operations = [
        migrations.AddField(
            "agency", "credit_code", models.CharField(blank=True, max_length=18, verbose_name="统一社会信用代码")
        ),
        migrations.AddField(
            "agency",
            "index_template",
            models.CharField(default="{org9}/{year}-{seq:05}", max_length=120, verbose_name="索引号模板"),
        ),
    ]
