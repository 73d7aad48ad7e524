from __future__ import annotations

from django.apps import AppConfig


class LeavingConfig(AppConfig):
    name = "interwoven.apps.leaving"
    label = "leaving"

    def ready(self) -> None:
        from interwoven.apps.leaving import jobs  # noqa: PLC0415 - needs models
        from interwoven.infra import runner  # noqa: PLC0415

        runner.every_hour(jobs.go_on)
