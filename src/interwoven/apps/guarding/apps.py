from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class GuardingConfig(AppConfig):
    name = "interwoven.apps.guarding"
    label = "guarding"

    def ready(self) -> None:
        import_module("interwoven.apps.guarding.undated")  # listens from now on
