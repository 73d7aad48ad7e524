from __future__ import annotations

from django.apps import AppConfig


class LeavingConfig(AppConfig):
    name = "interwoven.apps.leaving"
    label = "leaving"
