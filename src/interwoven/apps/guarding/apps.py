from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class GuardingConfig(AppConfig):
    name = "interwoven.apps.guarding"
    label = "guarding"

    def ready(self) -> None:
        for listener in ("undated", "mailed"):
            import_module(f"interwoven.apps.guarding.{listener}")
