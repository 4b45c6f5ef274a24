"""The index of the inbox holds everything that says whose turn it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0003_find_alike"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="application", name="application_inbox"),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=[
                    "agency", "due_on", "id", "clock_state", "stage", "next_step", "next_role", "waits_until", "holder",
                    "unit", "received_on", "archived_on",
                ],
                condition=models.Q(("archived_on__isnull", True)),
                name="application_inbox",
            ),
        ),
    ]  # fmt: skip
