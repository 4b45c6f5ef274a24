"""What was there before the columns of 0002: names and contents can be found, whose turn it is is known."""

from django.db import migrations

from gongkai.applications.found_by import name_index_of
from gongkai.applications.likeness import marks_of


def fill(apps, schema_editor):
    Application = apps.get_model("applications", "Application")
    Mark = apps.get_model("applications", "Mark")
    # Until now the approver alone signed.
    Application.objects.filter(stage="approve").update(next_role="approver")
    for application in Application.objects.filter(name_index="").iterator(chunk_size=500):
        application.name_index = name_index_of(application.applicant_name)
        application.save(update_fields=["name_index"])
        Mark.objects.bulk_create(
            Mark(application=application, agency_id=application.agency_id, mark=value)
            for value in marks_of(application.content)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_whole_procedure"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
