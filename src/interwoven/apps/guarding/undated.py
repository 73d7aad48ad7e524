"""What guards signing in is kept by the day it was made, and never with when it was used.

The library notes both to the microsecond. A table that tells at what hour somebody signed in is
one that this copy does not keep.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models.signals import pre_save
from django.dispatch import receiver


@receiver(pre_save, sender=Authenticator, dispatch_uid="guarding.undated")
def keep_no_hour(instance: Authenticator, **_: Any) -> None:
    instance.created_at = instance.created_at.replace(hour=0, minute=0, second=0, microsecond=0)
    instance.last_used_at = None
