from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class CheckinsConfig(AppConfig):
    name = "interwoven.apps.checkins"
    label = "checkins"

    def ready(self) -> None:
        from interwoven.apps.checkins import jobs  # noqa: PLC0415 - needs models
        from interwoven.infra import runner  # noqa: PLC0415

        import_module("interwoven.apps.checkins.leaving")  # listens from now on
        runner.every_few_seconds(jobs.open_due_evenings)
        runner.every_hour(jobs.empty_rooms)
