from __future__ import annotations

from django.apps import AppConfig


class LockingConfig(AppConfig):
    name = "interwoven.apps.locking"
    label = "locking"
