"""Table 3 of the annual report is counted along an index that lies in the order of its cells: nothing is sorted, and
only the rows of the year are read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0006_templates_and_redactions")]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["agency", "applicant_kind", "outcome", "answered_on", "received_on"],
                name="application_table_3",
            ),
        ),
        migrations.RemoveIndex(model_name="application", name="application_report"),
    ]
