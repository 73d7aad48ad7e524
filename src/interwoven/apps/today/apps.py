from __future__ import annotations

from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "interwoven.apps.today"
    label = "today"
