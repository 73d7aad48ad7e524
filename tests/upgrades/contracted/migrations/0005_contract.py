"""Contract, a version later: from now on it is always filled."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("infra", "0004_move_the_rest")]
    operations = [
        migrations.AlterField("auditentry", "area", models.CharField(max_length=20)),
    ]
