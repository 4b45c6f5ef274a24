"""Of which parts an archive number (档号) of the agency is made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_units_routes_delegations"),
    ]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="archive_category",
            field=models.CharField(default="WS", max_length=20, verbose_name="档案门类代码"),
        ),
        migrations.AddField(
            model_name="agency",
            name="archive_retention",
            field=models.CharField(default="D30", max_length=10, verbose_name="保管期限代码"),
        ),
        migrations.AddField(
            model_name="agency",
            name="archive_template",
            field=models.CharField(
                default="{fonds}-{category}·{year}-{retention}-{unit}-{number:04}",
                max_length=120,
                verbose_name="档号模板",
            ),
        ),
        migrations.AddField(
            model_name="agency",
            name="archive_unit",
            field=models.CharField(default="GK", max_length=20, verbose_name="机构代码"),
        ),
        migrations.AddField(
            model_name="agency",
            name="fonds",
            field=models.CharField(blank=True, max_length=20, verbose_name="全宗号"),
        ),
    ]
