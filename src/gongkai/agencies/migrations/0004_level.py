"""At which level an agency stands: when its report is due, whether it makes 规章."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_archive_numbers"),
    ]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("state_council_department", "国务院部门"),
                    ("province", "省级人民政府"),
                    ("city_with_districts", "设区的市、自治州人民政府"),
                    ("county", "县级人民政府"),
                    ("town", "乡镇人民政府、街道办事处"),
                    ("department", "政府部门、派出机构"),
                ],
                max_length=30,
                verbose_name="机关层级",
            ),
        ),
    ]
