"""Move: fill it, a few rows at a time. Killed in between, the next start goes on with the rest."""

from django.db import migrations, transaction

AT_A_TIME = 20


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    rows = apps.get_model("infra", "AuditEntry").objects.using(alias)
    while some := list(rows.filter(area=None).order_by("pk")[:AT_A_TIME]):
        with transaction.atomic(using=alias):
            for row in some:
                row.area = row.event.partition(".")[0]
                row.save(using=alias, update_fields=["area"])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("infra", "0002_expand")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
