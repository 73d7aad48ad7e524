"""Expand: a new column, which code that does not know it leaves empty."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("infra", "0001_initial")]
    operations = [
        migrations.AddField("auditentry", "area", models.CharField(max_length=20, null=True)),
        migrations.AddIndex("auditentry", models.Index(fields=["area"], name="audit_by_area")),
    ]
