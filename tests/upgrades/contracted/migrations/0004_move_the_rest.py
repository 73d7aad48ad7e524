"""Move, once more: what was written meanwhile by code that did not fill it."""

from importlib import import_module

from django.db import migrations

fill = import_module("tests.upgrades.expanded.migrations.0003_move").fill


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("infra", "0003_move")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
