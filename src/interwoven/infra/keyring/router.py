"""Keys live in the keyring database, everything else in the other; never both in one."""

from __future__ import annotations

from typing import Any

from django.db import models


class KeyringRouter:
    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        return "keyring" if model._meta.app_label == "keyring" else "default"

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str:
        return self.db_for_read(model)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == "keyring") == (app_label == "keyring")
