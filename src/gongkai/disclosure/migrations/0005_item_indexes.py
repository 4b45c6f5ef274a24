from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0004_suspensions")]

    operations = [
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["state", "column", "published_at", "changed_at"], name="item_column_standing"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["state", "review_due", "id"], name="item_review_due"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["agency", "column", "state", "subject", "published_at"], name="item_choices"),
        ),
    ]
