"""Somebody may have changed their mind since: a restore must not open what they took back."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from interwoven.apps.checkins.kept import Kept
from interwoven.apps.checkins.models import CheckIn
from interwoven.infra.crypto.rows import unseal_value


def take_back() -> None:
    """Leave every week that has not opened undecided: nothing opens unless it is chosen again."""
    with transaction.atomic():
        for row in CheckIn.objects.filter(opened=False).order_by("pk"):
            kept = unseal_value(row, Kept)
            if kept.decided:
                row.revision += 1
                row.put(replace(kept, parts=frozenset(), decided=False))
                row.save()
