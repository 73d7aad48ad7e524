from __future__ import annotations

from django.apps import AppConfig


class GuardingConfig(AppConfig):
    name = "interwoven.apps.guarding"
    label = "guarding"

    def ready(self) -> None:
        from interwoven.apps.guarding import undated  # noqa: F401, PLC0415 - listens from now on
